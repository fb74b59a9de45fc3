//! The editor's JavaScript, loaded when the picture stands: `web/editor/src/editor.ts` has its API.
//!
//! The editor calls back while it is being called, so nothing is borrowed across a call.

use wasm_bindgen::prelude::*;

use super::Document;
use crate::browser::load;
use crate::utf16::Utf16Index;

#[wasm_bindgen]
extern "C" {
    type EditorModule;

    #[wasm_bindgen(method, catch, js_name = createEditor)]
    fn create_editor(
        this: &EditorModule,
        host: &web_sys::Element,
        options: &JsValue,
    ) -> Result<EditorHandle, JsValue>;

    /// A running editor.
    #[derive(Clone)]
    pub(crate) type EditorHandle;

    #[wasm_bindgen(method, js_name = openDocument)]
    pub(crate) fn open_document(this: &EditorHandle, document: u32, text: &str);

    #[wasm_bindgen(method, js_name = applyEdits)]
    fn apply_edits(this: &EditorHandle, edits: &js_sys::Array);

    #[wasm_bindgen(method, js_name = setDiagnostics)]
    pub(crate) fn set_diagnostics(this: &EditorHandle, list: &js_sys::Array);

    #[wasm_bindgen(method)]
    pub(crate) fn select(this: &EditorHandle, from: u32, to: u32);

    #[wasm_bindgen(method)]
    pub(crate) fn show(this: &EditorHandle, from: u32, to: u32);

    #[wasm_bindgen(method)]
    pub(crate) fn highlight(this: &EditorHandle, from: u32, to: u32);

    #[wasm_bindgen(method)]
    pub(crate) fn undo(this: &EditorHandle);

    #[wasm_bindgen(method)]
    pub(crate) fn redo(this: &EditorHandle);

    #[wasm_bindgen(method)]
    fn destroy(this: &EditorHandle);
}

/// Who changed the text in the editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChangedBy {
    /// By edits of its own.
    Page,
    /// By keys, by undoing and the like.
    User,
    /// By pasting in the place of all there was.
    PastingAll,
}

/// An editor in the page; it goes when this is dropped.
pub(crate) struct RunningEditor {
    pub(crate) handle: EditorHandle,
    _on_change: Closure<dyn Fn(String, bool, bool)>,
    _on_selection: Closure<dyn Fn(u32)>,
    _on_refused_paste: Closure<dyn Fn(u32)>,
    _complete: Closure<dyn Fn(u32) -> JsValue>,
    _hover: Closure<dyn Fn(u32) -> JsValue>,
}

/// Callbacks of the editor; offsets are its own.
pub(crate) struct Callbacks {
    /// Another text, and who made it so.
    pub(crate) on_change: Box<dyn Fn(String, ChangedBy)>,
    /// The cursor is somewhere else.
    pub(crate) on_selection: Box<dyn Fn(u32)>,
    /// A text of so many characters was not pasted, since it is too large.
    pub(crate) on_refused_paste: Box<dyn Fn(u32)>,
    /// Completions at an offset ([`super::help::completions`]), or a promise of them.
    pub(crate) complete: Box<dyn Fn(u32) -> JsValue>,
    /// A note about the text at an offset ([`super::help::note`]), or a promise of it.
    pub(crate) hover: Box<dyn Fn(u32) -> JsValue>,
}

impl Drop for RunningEditor {
    fn drop(&mut self) {
        self.handle.destroy();
    }
}

/// Loads the bundle and puts an editor into `host`, with the text and document there are by then.
///
/// # Errors
/// Where the bundle can't be loaded, with what the browser says.
pub(crate) async fn create(
    host: &web_sys::Element,
    document: impl FnOnce() -> Document,
    callbacks: Callbacks,
) -> Result<RunningEditor, String> {
    let describe = |error: JsValue| format!("{error:?}");
    let module: EditorModule = load("editor").await.map_err(describe)?.unchecked_into();
    let on_change: Closure<dyn Fn(String, bool, bool)> =
        Closure::new(move |text, is_user: bool, pastes_all: bool| {
            let by = match (is_user, pastes_all) {
                (false, _) => ChangedBy::Page,
                (true, false) => ChangedBy::User,
                (true, true) => ChangedBy::PastingAll,
            };
            (callbacks.on_change)(text, by);
        });
    let on_selection = Closure::wrap(callbacks.on_selection);
    let on_refused_paste = Closure::wrap(callbacks.on_refused_paste);
    let complete = Closure::wrap(callbacks.complete);
    let hover = Closure::wrap(callbacks.hover);
    let Document { text, number } = document();
    let options = object(&[
        ("text", (&*text).into()),
        ("document", number.into()),
        ("label", "Pipeline YAML".into()),
        ("onChange", on_change.as_ref().clone()),
        ("onSelection", on_selection.as_ref().clone()),
        ("onRefusedPaste", on_refused_paste.as_ref().clone()),
        ("complete", complete.as_ref().clone()),
        ("hover", hover.as_ref().clone()),
    ]);
    let handle = module.create_editor(host, &options).map_err(describe)?;
    Ok(RunningEditor {
        handle,
        _on_change: on_change,
        _on_selection: on_selection,
        _on_refused_paste: on_refused_paste,
        _complete: complete,
        _hover: hover,
    })
}

impl EditorHandle {
    /// Changes what differs between two texts, as one step to undo.
    pub(crate) fn change(&self, from: &str, to: &str) {
        let (start, old_end, new_end) = difference(from, to);
        let index = Utf16Index::new(from);
        let edit = object(&[
            ("from", index.offset(from, start).into()),
            ("to", index.offset(from, old_end).into()),
            ("insert", to[start..new_end].into()),
        ]);
        self.apply_edits(&js_sys::Array::of1(&edit));
    }
}

pub(super) fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (key, value) in fields {
        // Setting a field of a new object does not fail.
        let _ = js_sys::Reflect::set(&object, &(*key).into(), value);
    }
    object.into()
}

/// Difference of two texts: start, end in `from`, end in `to`, in bytes.
fn difference(from: &str, to: &str) -> (usize, usize, usize) {
    let same = |(a, b): &((usize, char), (usize, char))| a.1 == b.1;
    let prefix = from.char_indices().zip(to.char_indices()).take_while(same);
    let start = prefix.last().map_or(0, |((at, c), _)| at + c.len_utf8());
    let tails = from[start..].chars().rev().zip(to[start..].chars().rev());
    let suffix: usize = tails.take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    (start, from.len() - suffix, to.len() - suffix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_one_place_that_differs() {
        for (from, to, expected) in [
            ("p: true\n", "p: false\n", ("tru", "fals")),
            ("a\nb\n", "a\nx\nb\n", ("", "x\n")),
            ("aaa", "aa", ("a", "")),
            ("é🚀", "é→🚀", ("", "→")),
            ("", "x", ("", "x")),
            ("same", "same", ("", "")),
        ] {
            let (start, old_end, new_end) = difference(from, to);
            assert_eq!((&from[start..old_end], &to[start..new_end]), expected);
        }
    }
}

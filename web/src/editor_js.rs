//! The editor's JavaScript, loaded when the picture stands: `web/editor/src/editor.ts` has its API.
//!
//! The editor calls back while it is being called, so nothing is borrowed across a call.

mod help;

use deployline_yaml::Fix;
use wasm_bindgen::prelude::*;

use crate::browser::load;
use crate::derived::Derived;
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
    fn set_diagnostics(this: &EditorHandle, list: &js_sys::Array);

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
pub(crate) struct Editor {
    pub(crate) handle: EditorHandle,
    _on_change: Closure<dyn Fn(String, bool, bool)>,
    _on_selection: Closure<dyn Fn(u32)>,
    _complete: Closure<dyn Fn(u32) -> JsValue>,
    _hover: Closure<dyn Fn(u32) -> JsValue>,
}

/// What the editor asks and tells; offsets are its own.
pub(crate) struct Callbacks {
    /// Another text, and who made it so.
    pub(crate) on_change: Box<dyn Fn(String, ChangedBy)>,
    /// The cursor is somewhere else.
    pub(crate) on_selection: Box<dyn Fn(u32)>,
    /// What could stand at an offset: [`completions`] of it.
    pub(crate) complete: Box<dyn Fn(u32) -> JsValue>,
    /// What stands at an offset: a [`note`] about it.
    pub(crate) hover: Box<dyn Fn(u32) -> JsValue>,
}

pub(crate) use help::{completions, note};

impl Drop for Editor {
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
    start: impl FnOnce() -> (String, u32),
    callbacks: Callbacks,
) -> Result<Editor, String> {
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
    let complete = Closure::wrap(callbacks.complete);
    let hover = Closure::wrap(callbacks.hover);
    let (text, document) = start();
    let options = object(&[
        ("text", text.into()),
        ("document", document.into()),
        ("label", "Pipeline YAML".into()),
        ("onChange", on_change.as_ref().clone()),
        ("onSelection", on_selection.as_ref().clone()),
        ("complete", complete.as_ref().clone()),
        ("hover", hover.as_ref().clone()),
    ]);
    let handle = module.create_editor(host, &options).map_err(describe)?;
    Ok(Editor {
        handle,
        _on_change: on_change,
        _on_selection: on_selection,
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

    /// Shows what was found in the text.
    pub(crate) fn show_diagnostics(&self, derived: &Derived) {
        let list = derived.analysis.diagnostics.iter().enumerate().map(|(number, diagnostic)| {
            let (from, to) = derived.utf16_range(diagnostic.span);
            object(&[
                ("from", from.into()),
                ("to", to.into()),
                ("severity", diagnostic.severity.as_str().into()),
                ("message", diagnostic.message.as_str().into()),
                ("code", diagnostic.code.into()),
                ("fixes", fixes_in_js(&derived.text, &derived.utf16, derived.fixes(number))),
            ])
        });
        self.set_diagnostics(&list.collect());
    }
}

/// Fixes with the editor's offsets.
fn fixes_in_js(text: &str, utf16: &Utf16Index, fixes: &[Fix]) -> JsValue {
    let offset = |at: u32| utf16.offset(text, at as usize).into();
    let list = fixes.iter().map(|fix| {
        let edits = fix.edits.iter().map(|edit| {
            object(&[
                ("from", offset(edit.span.start)),
                ("to", offset(edit.span.end)),
                ("insert", edit.insert.as_str().into()),
            ])
        });
        let edits = edits.collect::<js_sys::Array>().into();
        object(&[("title", fix.title.as_str().into()), ("edits", edits)])
    });
    list.collect::<js_sys::Array>().into()
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (key, value) in fields {
        // Setting a field of a new object does not fail.
        let _ = js_sys::Reflect::set(&object, &(*key).into(), value);
    }
    object.into()
}

/// What differs: start, end in `from`, end in `to`, in bytes.
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

//! The editor's JavaScript, loaded when the picture stands: `web/editor/src/editor.ts` has its API.
//!
//! The editor calls back while it is being called, so nothing is borrowed across a call.

use wasm_bindgen::prelude::*;

use crate::derived::Derived;
use crate::utf16::Utf16Index;

/// Where the page has the bundle.
const BUNDLE: &str = "editor.js";

#[wasm_bindgen(
    inline_js = "export const load = (path) => import(new URL(path, document.baseURI));"
)]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn load(path: &str) -> Result<JsValue, JsValue>;
}

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

    #[wasm_bindgen(method, js_name = setText)]
    pub(crate) fn set_text(this: &EditorHandle, text: &str);

    #[wasm_bindgen(method, js_name = applyEdits)]
    fn apply_edits(this: &EditorHandle, edits: &js_sys::Array);

    #[wasm_bindgen(method, js_name = setDiagnostics)]
    fn set_diagnostics(this: &EditorHandle, list: &js_sys::Array);

    #[wasm_bindgen(method)]
    pub(crate) fn select(this: &EditorHandle, from: u32, to: u32);

    #[wasm_bindgen(method)]
    pub(crate) fn highlight(this: &EditorHandle, from: u32, to: u32);

    #[wasm_bindgen(method)]
    fn destroy(this: &EditorHandle);
}

/// An editor in the page; it goes when this is dropped.
pub(crate) struct Editor {
    pub(crate) handle: EditorHandle,
    _on_change: Closure<dyn Fn(String, bool)>,
    _on_selection: Closure<dyn Fn(u32)>,
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.handle.destroy();
    }
}

/// Loads the bundle and puts an editor into `host`.
///
/// # Errors
/// Where the bundle can't be loaded, with what the browser says.
pub(crate) async fn create(
    host: &web_sys::Element,
    text: impl FnOnce() -> String,
    on_change: impl Fn(String, bool) + 'static,
) -> Result<Editor, String> {
    let describe = |error: JsValue| format!("{error:?}");
    let module: EditorModule = load(BUNDLE).await.map_err(describe)?.unchecked_into();
    let on_change: Closure<dyn Fn(String, bool)> = Closure::new(on_change);
    let on_selection: Closure<dyn Fn(u32)> = Closure::new(|_offset: u32| {});
    let options = object(&[
        ("text", text().into()),
        ("label", "Pipeline YAML".into()),
        ("onChange", on_change.as_ref().clone()),
        ("onSelection", on_selection.as_ref().clone()),
    ]);
    let handle = module.create_editor(host, &options).map_err(describe)?;
    Ok(Editor { handle, _on_change: on_change, _on_selection: on_selection })
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
        let list = derived.analysis.diagnostics.iter().map(|diagnostic| {
            let (from, to) = derived.utf16_range(diagnostic.span);
            object(&[
                ("from", from.into()),
                ("to", to.into()),
                ("severity", diagnostic.severity.as_str().into()),
                ("message", diagnostic.message.as_str().into()),
                ("code", diagnostic.code.into()),
            ])
        });
        self.set_diagnostics(&list.collect());
    }
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

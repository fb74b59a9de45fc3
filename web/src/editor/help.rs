//! Help with the text, as the editor takes it: completions, notes, diagnostics with their fixes.

use deployline_assist::{complete, hover};
use deployline_planner::Analysis;
use deployline_yaml::{Fix, first_line};
use js_sys::Array;
use wasm_bindgen::JsValue;

use super::js::object;
use crate::derived::Derived;
use crate::utf16::{Utf16Index, byte_offset};

/// Completions at an offset of `text`: `Completions` of the editor's API, or null.
pub(crate) fn completions(text: &str, offset: u32) -> JsValue {
    let Some(found) = complete(text, byte_offset(text, offset)) else { return JsValue::NULL };
    let utf16 = Utf16Index::new(text);
    let items = found.items.iter().map(|item| {
        object(&[
            ("label", item.label.as_str().into()),
            ("detail", (&*item.detail).into()),
            ("insert", item.insert.as_str().into()),
            ("kind", item.kind.as_str().into()),
            ("doc", (&*item.doc).into()),
        ])
    });
    object(&[
        ("from", utf16.offset(text, found.from).into()),
        ("to", utf16.offset(text, found.to).into()),
        ("isComplete", found.is_complete.into()),
        ("items", items.collect::<js_sys::Array>().into()),
    ])
}

/// A note about the text at an offset: a `Note` of the editor's API, or null.
pub(crate) fn note(text: &str, offset: u32, analysis: &Analysis) -> JsValue {
    let Some(note) = hover(text, byte_offset(text, offset), analysis) else {
        return JsValue::NULL;
    };
    let utf16 = Utf16Index::new(text);
    let place = |at: u32| utf16.offset(text, at as usize).into();
    let lines = note.text.iter().map(|line| JsValue::from(line.as_str()));
    object(&[
        ("from", place(note.span.start)),
        ("to", place(note.span.end)),
        ("title", note.title.as_str().into()),
        ("text", lines.collect::<js_sys::Array>().into()),
        ("actions", fixes_in_js(text, &utf16, &note.actions)),
    ])
}

/// Diagnostics of a plan: `Diagnostic[]` of the editor's API.
pub(crate) fn diagnostics(derived: &Derived) -> Array {
    let list = derived.diagnostics().iter().enumerate().map(|(number, diagnostic)| {
        let (from, to) = derived.utf16_range(first_line(&derived.text, diagnostic.span));
        object(&[
            ("from", from.into()),
            ("to", to.into()),
            ("severity", diagnostic.severity.as_str().into()),
            ("message", diagnostic.message.as_str().into()),
            ("code", diagnostic.code.into()),
            ("fixes", fixes_in_js(&derived.text, &derived.utf16, derived.fixes(number))),
        ])
    });
    list.collect()
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
        let edits = edits.collect::<Array>().into();
        object(&[("title", fix.title.as_str().into()), ("edits", edits)])
    });
    list.collect::<Array>().into()
}

//! Help while typing, as the editor wants it.

use deployline_assist::{complete, hover};
use deployline_planner::Analysis;
use wasm_bindgen::JsValue;

use super::{fixes_in_js, object};
use crate::utf16::{Utf16Index, byte_offset};

/// What could stand at an offset of `text`: `Completions` of the editor's API, or null.
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

/// What stands at an offset of `text`: a `Note` of the editor's API, or null.
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

//! Answers to what the editor asks while someone works in it, from a chunk that is loaded later.

use std::future::Future;

use deployline_planner::Analysis;
use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

use super::{Editor, help};
use crate::chunk::{NotLoaded, chunk, poll_once};
use crate::derived::Derived;

chunk!(tools: load_completions -> fn(&str, u32) -> JsValue = help::completions);
chunk!(tools: load_note -> fn(&str, u32, &Analysis) -> JsValue = help::note);
chunk!(tools: load_diagnostics -> fn(&Derived) -> Array = help::diagnostics);

/// Loads the chunk before it is needed.
pub(crate) async fn load_ahead() {
    // Where that fails, the next one who needs it loads it again.
    let _ = load_completions().await;
}

/// Completions at an offset of the editor's text, or a promise of them.
pub(crate) fn complete(editor: &Editor, offset: u32) -> JsValue {
    let text = editor.text();
    now_or_later(load_completions(), move |completions| completions(&text, offset))
}

/// A note about an offset of the editor's text, or a promise of it. The plan of another text has
/// nothing to say about it.
pub(crate) fn hover(editor: &Editor, offset: u32) -> JsValue {
    let text = editor.text();
    let plan = editor.plan().filter(|plan| plan.text == text);
    now_or_later(load_note(), move |note| match plan {
        Some(plan) => note(&text, offset, &plan.analysis),
        None => note(&text, offset, &Analysis::default()),
    })
}

/// Marks the diagnostics of the latest plan in the text.
pub(crate) async fn mark_diagnostics(editor: Editor) {
    let Some(plan) = editor.plan() else { return };
    // Without it there are none: those of an older text would be wrong.
    let list = load_diagnostics().await;
    let list = list.map_or_else(|_| Array::new(), |diagnostics| diagnostics(&plan));
    // A later plan marks its own.
    if let (true, Some(handle)) = (editor.plan().as_ref() == Some(&plan), editor.handle()) {
        handle.set_diagnostics(&list);
    }
}

/// The answer of a loaded chunk, or a promise of it; null where it can't be loaded.
fn now_or_later<T, F>(loading: F, answer: impl FnOnce(T) -> JsValue + 'static) -> JsValue
where
    T: 'static,
    F: Future<Output = Result<T, NotLoaded>> + 'static,
{
    let mut loading = Box::pin(loading);
    match poll_once(loading.as_mut()) {
        Some(loaded) => loaded.map_or(JsValue::NULL, answer),
        None => future_to_promise(async { Ok(loading.await.map_or(JsValue::NULL, answer)) }).into(),
    }
}

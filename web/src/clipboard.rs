//! Text for other programs.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::Callback;

/// Copies a text, and then says whether it could.
pub(crate) fn copy(text: &str, on_done: Callback<bool>) {
    let promise = gloo::utils::window().navigator().clipboard().write_text(text);
    spawn_local(async move { on_done.emit(JsFuture::from(promise).await.is_ok()) });
}

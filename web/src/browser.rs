//! The browser's window, where there is one: the first picture is also drawn without (`prerender`).

use wasm_bindgen::prelude::*;

// The page's own script element has the names, which carry a hash.
#[wasm_bindgen(inline_js = r#"
export const load = (name) => {
  const { dataset } = document.querySelector("script[data-js]");
  return import(new URL(dataset[name], document.baseURI).href);
};
"#)]
extern "C" {
    /// Loads a part of the page that is not needed at once: `editor`, `share`.
    #[wasm_bindgen(catch)]
    pub(crate) async fn load(name: &str) -> Result<JsValue, JsValue>;
}

/// The window the page is in.
pub(crate) fn window() -> Option<web_sys::Window> {
    if cfg!(target_arch = "wasm32") { web_sys::window() } else { None }
}

/// Where it keeps things for the next visit; some browsers have none, or forbid it.
pub(crate) fn storage() -> Option<web_sys::Storage> {
    window()?.local_storage().ok().flatten()
}

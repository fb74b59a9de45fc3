//! The browser's window, where there is one: the first picture is also drawn without (`prerender`).

use wasm_bindgen::prelude::*;

// The page's own script element has the names, which carry a hash.
#[wasm_bindgen(inline_js = r#"
const failures = {};
export const load = async (name) => {
  const { dataset } = document.querySelector("script[data-js]");
  const address = new URL(dataset[name], document.baseURI);
  // Browsers remember that an address failed, and with another fragment it is another one.
  if (failures[name]) address.hash = failures[name];
  try {
    return await import(address.href);
  } catch (error) {
    failures[name] = (failures[name] ?? 0) + 1;
    throw error;
  }
};
"#)]
extern "C" {
    /// Loads JavaScript of the page that is not needed at once: `editor`, `share`. After a failure it is
    /// fetched again.
    #[wasm_bindgen(catch)]
    pub(crate) async fn load(name: &str) -> Result<JsValue, JsValue>;
}

/// The window the page is in.
pub(crate) fn window() -> Option<web_sys::Window> {
    if cfg!(target_arch = "wasm32") { web_sys::window() } else { None }
}

/// Storage of the browser for the next visit; some browsers have none, or forbid it.
pub(crate) fn storage() -> Option<web_sys::Storage> {
    window()?.local_storage().ok().flatten()
}

//! The browser's window, where there is one: the first picture is also drawn without (`prerender`).

/// The window the page is in.
pub(crate) fn window() -> Option<web_sys::Window> {
    if cfg!(target_arch = "wasm32") { web_sys::window() } else { None }
}

//! The browser's window, where there is one: the first picture is also drawn without (`prerender`).

/// The window the page is in.
pub(crate) fn window() -> Option<web_sys::Window> {
    if cfg!(target_arch = "wasm32") { web_sys::window() } else { None }
}

/// Where it keeps things for the next visit; some browsers have none, or forbid it.
pub(crate) fn storage() -> Option<web_sys::Storage> {
    window()?.local_storage().ok().flatten()
}

//! Deployline's page: the only place that knows the browser.
//!
//! State flows one way:
//! 1. [`state`] holds what the user gave (text, choices, selection) and one pure reducer;
//! 2. [`derived`] is all that follows from it, computed by the planner and memoised ([`plan`]);
//! 3. [`components`] draw it and dispatch actions, by the [`context`] that all of them share.

mod answers;
mod browser;
mod chunk;
mod clipboard;
mod comparison;
mod components;
mod context;
mod cursor;
mod debounce;
mod dependents;
mod derived;
mod editor;
mod examples;
mod files;
mod flags;
mod last_visit;
mod paint;
mod plan;
mod reading;
mod share;
mod source;
mod state;
mod theme;
mod utf16;
mod zoom;

use wasm_bindgen::JsCast;

/// The page as it opens, as HTML.
#[cfg(feature = "prerender")]
pub async fn prerender() -> String {
    yew::LocalServerRenderer::<components::App>::new().hydratable(false).render().await
}

/// Starts the page in each element that carries `data-deployline`.
pub fn start() {
    let places = gloo::utils::document().query_selector_all("[data-deployline]");
    let Ok(places) = places else { return };
    wasm_bindgen_futures::spawn_local(async move {
        // What a link carries is there before the first draw, which would show something else.
        let mut link = share::state_from_address().await;
        for (index, place) in (0..places.length()).filter_map(|i| Some((i, places.get(i)?))) {
            if let Ok(element) = place.dyn_into::<web_sys::Element>() {
                element.set_inner_html("");
                // There is one address: it belongs to the first one.
                let props = components::AppProps { link: link.take(), is_first: index == 0 };
                yew::Renderer::<components::App>::with_root_and_props(element, props).render();
            }
        }
    });
}

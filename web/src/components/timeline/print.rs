//! On paper everything is drawn, not only what was seen.

use gloo::events::EventListener;
use yew::prelude::*;

/// Returns true while the page is being printed.
#[hook]
pub(crate) fn use_is_printed() -> bool {
    let is_printed = use_state_eq(|| false);
    let set = is_printed.clone();
    use_effect_with((), move |()| {
        let query = gloo::utils::window().match_media("print").ok().flatten();
        let listener = query.map(|query| {
            let watched = query.clone();
            EventListener::new(&query, "change", move |_| set.set(watched.matches()))
        });
        move || drop(listener)
    });
    *is_printed
}

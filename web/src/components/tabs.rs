//! Behaviour of every row of tabs: one of them takes the focus, and keys lead to the others.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Tab that a key leads to from tab `from` of `count`; `None` where it is no key of tabs.
pub(super) fn after_key(key: &str, from: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowRight" => Some(if from >= last { 0 } else { from + 1 }),
        "ArrowLeft" => Some(from.checked_sub(1).unwrap_or(last)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

/// Focuses the tab with a number, of those in `list`.
pub(super) fn focus(list: &NodeRef, number: usize) {
    let Some(list) = list.cast::<web_sys::Element>() else { return };
    let Ok(tabs) = list.query_selector_all("[role=tab]") else { return };
    let tab = u32::try_from(number).ok().and_then(|number| tabs.item(number));
    if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
        // It is there, so it can be focused.
        let _ = tab.focus();
    }
}

/// Only the chosen tab is a stop of the Tab key.
pub(super) fn tabindex(is_chosen: bool) -> &'static str {
    if is_chosen { "0" } else { "-1" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_around_the_tabs() {
        for (key, from, expected) in [
            ("ArrowRight", 0, Some(1)),
            ("ArrowRight", 2, Some(0)),
            ("ArrowLeft", 0, Some(2)),
            ("ArrowLeft", 2, Some(1)),
            ("Home", 2, Some(0)),
            ("End", 0, Some(2)),
            ("Enter", 1, None),
        ] {
            assert_eq!(after_key(key, from, 3), expected, "{key} from {from}");
        }
        assert_eq!(after_key("End", 0, 0), None);
    }
}

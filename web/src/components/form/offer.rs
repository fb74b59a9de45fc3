//! The names that a field offers below itself, and the keys that lead among them.

use deployline_engine::format::lower_case;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Number of names that are offered at once.
const OFFERED: usize = 8;

/// Moves the focus among the field and what it offers.
pub(super) fn step(place: &NodeRef, by: i32) -> bool {
    let Some(place) = place.cast::<Element>() else { return false };
    let Ok(stops) = place.query_selector_all("input, .dl-offer button") else { return false };
    let focused = gloo::utils::document().active_element();
    let now = (0..stops.length())
        .find(|at| stops.item(*at).and_then(|it| it.dyn_into::<Element>().ok()) == focused);
    let to = now.and_then(|now| now.checked_add_signed(by)).and_then(|to| stops.item(to));
    let Some(to) = to.and_then(|to| to.dyn_into::<HtmlElement>().ok()) else { return false };
    to.focus().is_ok()
}

/// Checks whether one of the names has the focus.
pub(super) fn is_in_offer(place: &NodeRef) -> bool {
    let focused = gloo::utils::document().active_element();
    let Some(place) = place.cast::<Element>() else { return false };
    focused.is_some_and(|it| it.tag_name() == "BUTTON" && place.contains(Some(&it)))
}

/// Names that go on as `draft` does come first, those that hold it second.
pub(super) fn offered(known: &[String], draft: &str, value: &str) -> Vec<String> {
    let draft = lower_case(draft.trim());
    let rank = |name: &&String| match lower_case(name).find(&draft) {
        Some(0) => Some(0),
        Some(_) => Some(1),
        None => None,
    };
    let fits = |name: &&String| **name != value && lower_case(name) != draft;
    let mut found: Vec<_> =
        known.iter().filter(fits).filter_map(|name| Some((rank(&name)?, name))).collect();
    deployline_map::sort_by(&mut found, |a, b| a.0.cmp(&b.0));
    found.into_iter().take(OFFERED).map(|(_, name)| name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_begin_alike_come_first() {
        let known = ["cart", "old-api", "api", "api-gateway"].map(str::to_owned);
        assert_eq!(offered(&known, "AP", ""), ["api", "api-gateway", "old-api"]);
        assert_eq!(offered(&known, "", "cart"), ["old-api", "api", "api-gateway"]);
        assert!(offered(&known, "cart", "").is_empty());
    }
}

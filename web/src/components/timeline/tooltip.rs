//! The note beside the pointer.

use deployline_engine::DeploymentId;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::components::details::details;
use crate::derived::{Derived, Shared};

/// A bar under the pointer, and where it was entered, in pixels of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Hover {
    pub(super) at: DeploymentId,
    pub(super) x: i32,
    pub(super) y: i32,
}

#[derive(Properties, PartialEq)]
pub(super) struct TooltipProps {
    pub(super) derived: Shared<Derived>,
    pub(super) hover: Hover,
}

#[function_component(Tooltip)]
pub(super) fn tooltip(TooltipProps { derived, hover }: &TooltipProps) -> Html {
    let place = use_node_ref();
    {
        let place = place.clone();
        use_effect_with(*hover, move |hover| {
            if let Some(element) = place.cast::<HtmlElement>() {
                put_beside(&element, *hover);
            }
        });
    }
    html! {
        <div class="dl-tooltip" role="tooltip" ref={place}>{details(derived, hover.at)}</div>
    }
}

/// Below and right of the pointer, or on the other side where the window ends.
fn put_beside(element: &HtmlElement, hover: Hover) {
    const GAP: i32 = 14;
    let window = gloo::utils::window();
    let size = |value: Result<wasm_bindgen::JsValue, _>| {
        value.ok().and_then(|value| value.as_f64()).unwrap_or(f64::MAX) as i32
    };
    let fit = |at: i32, length: i32, most: i32| {
        if at + GAP + length <= most { at + GAP } else { (at - GAP - length).max(0) }
    };
    let left = fit(hover.x, element.offset_width(), size(window.inner_width()));
    let top = fit(hover.y, element.offset_height(), size(window.inner_height()));
    let style = element.style();
    // Two lengths are always valid.
    let _ = style.set_property("left", &format!("{left}px"));
    let _ = style.set_property("top", &format!("{top}px"));
}

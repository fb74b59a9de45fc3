//! A few choices side by side, one of them pressed.

use deployline_form::Lock;
use yew::prelude::*;

use super::wire::lock_title;

/// One of the choices.
pub(super) struct Segment {
    pub(super) caption: &'static str,
    pub(super) is_chosen: bool,
    pub(super) onclick: Callback<MouseEvent>,
}

/// The choices; none can be made where they are locked.
pub(super) fn segments(label: &'static str, all: Vec<Segment>, lock: Option<&Lock>) -> Html {
    let buttons = all.into_iter().map(|Segment { caption, is_chosen, onclick }| {
        let onclick = if is_chosen { Callback::noop() } else { onclick };
        html! {
            <button type="button" class="dl-segment" aria-pressed={is_chosen.to_string()}
                disabled={lock.is_some()} title={lock_title(lock)} {onclick}>
                {caption}
            </button>
        }
    });
    html! { <div class="dl-segments" role="group" aria-label={label}>{ for buttons }</div> }
}

//! Signs on buttons: drawn, because not every font has them.

use yew::prelude::*;

/// An outline in a square of 14 pixels; the button's label says what it means.
pub(super) fn icon(path: &'static str) -> Html {
    html! {
        <svg class="dl-sign" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <path d={path} />
        </svg>
    }
}

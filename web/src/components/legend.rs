//! Which colour is which service.

use deployline_timeline::Color;
use yew::prelude::*;

use crate::derived::{Derived, Shared};

/// How many services are named.
const MOST: usize = 24;

#[derive(Properties, PartialEq)]
pub(crate) struct LegendProps {
    pub(crate) derived: Shared<Derived>,
}

#[function_component(Legend)]
pub(crate) fn legend(LegendProps { derived }: &LegendProps) -> Html {
    let entries = derived.picture.colors.legend();
    let more = entries.len().saturating_sub(MOST);
    let items = entries.into_iter().take(MOST).map(|entry| {
        let color = match entry.color {
            Color::Nth(color) => format!("c{color}"),
            Color::Neutral => "neutral".to_owned(),
        };
        html! {
            <li>
                <svg width="12" height="12" aria-hidden="true">
                    <rect class={color} width="12" height="12" rx="3" />
                </svg>
                {entry.name}
            </li>
        }
    });
    html! {
        <ul class="dl-legend" aria-label="Services">
            {for items}
            if more > 0 { <li class="dl-muted">{format!("and {more} more")}</li> }
        </ul>
    }
}

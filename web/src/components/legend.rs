//! Legend: a name for each colour.

use deployline_timeline::{ColorBy, Colors};
use yew::prelude::*;

use crate::derived::{Derived, Shared};

/// Number of names that are shown.
const MAX_ITEMS: usize = 24;

#[derive(Properties, PartialEq)]
pub(crate) struct LegendProps {
    pub(crate) derived: Shared<Derived>,
    pub(crate) color_by: ColorBy,
}

#[function_component(Legend)]
pub(crate) fn legend(LegendProps { derived, color_by }: &LegendProps) -> Html {
    let entries = Colors::new(&derived.analysis.plan.pipeline, *color_by).legend();
    let more = entries.len().saturating_sub(MAX_ITEMS);
    let items = entries.into_iter().take(MAX_ITEMS).map(|entry| {
        html! {
            <li>
                <svg width="12" height="12" aria-hidden="true">
                    <rect class={entry.color.class()} width="12" height="12" rx="3" />
                </svg>
                {entry.name}
            </li>
        }
    });
    let label = match color_by {
        ColorBy::Service => "Services",
        ColorBy::Environment => "Environments",
        ColorBy::Status => "How each ends",
    };
    html! {
        <ul class="dl-legend" aria-label={label}>
            {for items}
            if more > 0 { <li class="dl-muted">{format!("and {more} more")}</li> }
        </ul>
    }
}

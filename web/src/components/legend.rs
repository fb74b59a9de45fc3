//! Legend: a name for each colour, and for each mark that some bars have.

use deployline_timeline::{ColorBy, Colors, Geometry, KeyMark, swatch};
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
    let marks = KeyMark::of(&derived.analysis.schedule);
    html! {
        <>
            <ul class="dl-legend" aria-label={label}>
                {for items}
                if more > 0 { <li class="dl-muted">{format!("and {more} more")}</li> }
            </ul>
            if !marks.is_empty() {
                <ul class="dl-legend" aria-label="Marks">
                    { for marks.into_iter().map(|mark| html! {
                        <li>
                            {drawn(mark)}
                            {mark.name()}
                        </li>
                    }) }
                </ul>
            }
        </>
    }
}

/// A mark as the bars have it: what lies on a small one is a path.
fn drawn(mark: KeyMark) -> Html {
    let swatch = swatch(mark, 3.0, 3.0);
    let paths = swatch.children().iter().filter_map(|shape| match &shape.geometry {
        Geometry::Path { d } => Some(html! { <path class={shape.part.class()} d={d.clone()} /> }),
        _ => None,
    });
    html! {
        <svg class={swatch.part.class()} width="26" height="18" aria-hidden="true">
            <rect class="dl-shape" x="3" y="3" width="20" height="12" rx="3" />
            {for paths}
        </svg>
    }
}

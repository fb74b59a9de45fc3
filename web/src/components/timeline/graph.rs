//! The graph under the bars: how many run and wait, with the limit as a line.

use deployline_engine::Ms;
use deployline_engine::insight::Level;
use deployline_timeline::{GRAPH_HEIGHT, Semantics, TimeScale, graph, graph_shapes};
use yew::prelude::*;

use super::px;
use super::retained::use_shapes;
use crate::derived::Shared;

#[derive(Properties, PartialEq)]
pub(super) struct GraphProps {
    pub(super) levels: Shared<Vec<Level>>,
    pub(super) scale: TimeScale,
    pub(super) width: f64,
    pub(super) playhead: Option<Ms>,
}

#[function_component(Graph)]
pub(super) fn graph_below(props: &GraphProps) -> Html {
    let GraphProps { levels, scale, width, playhead } = props;
    let plot = use_memo((levels.clone(), *scale), |(levels, scale)| graph(levels, scale));
    let shapes = graph_shapes(&plot, levels, scale, *width, *playhead);
    let shapes = use_shapes(shapes, Semantics::Image);
    html! {
        <svg class="dl-graph" aria-hidden="true" width={px(*width)} height={px(GRAPH_HEIGHT)}>
            {shapes}
        </svg>
    }
}

/// The graph in words.
pub(super) fn summary(levels: &[Level]) -> String {
    let most = |of: fn(&Level) -> u32| levels.iter().map(of).max().unwrap_or(0);
    format!(
        "At the most {} run at once and {} wait; the limit is {}.",
        most(|level| level.running),
        most(|level| level.waiting),
        most(|level| level.limit)
    )
}

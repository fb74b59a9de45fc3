//! How many run and how many wait, under the bars, with the limit as a line.

use deployline_engine::insight::Level;
use deployline_engine::{Ms, format};
use deployline_timeline::{TimeScale, area_path, concurrency, step_path};
use yew::prelude::*;

use super::px;
use crate::derived::Shared;

pub(super) const HEIGHT: f64 = 92.0;
/// Room above the highest step, for the legend, and below zero.
const TOP: f64 = 28.0;
const BOTTOM: f64 = 8.0;

/// Where the legend's entries begin, each with room for a count of six digits.
const ENTRIES: [f64; 3] = [0.0, 112.0, 270.0];
/// In a picture narrower than this, they say less, and begin at its edge.
const SHORT_BELOW: f64 = 440.0;
const SHORT_ENTRIES: [f64; 3] = [16.0, 112.0, 232.0];

#[derive(Properties, PartialEq)]
pub(super) struct GraphProps {
    pub(super) levels: Shared<Vec<Level>>,
    pub(super) scale: TimeScale,
    pub(super) width: f64,
    pub(super) playhead: Option<Ms>,
}

#[function_component(Graph)]
pub(super) fn graph(props: &GraphProps) -> Html {
    let GraphProps { levels, scale, width, playhead } = props;
    let plot = use_memo((levels.clone(), *scale), |(levels, scale)| {
        concurrency(levels, scale, HEIGHT - TOP - BOTTOM)
    });
    let marks = plot.marks.iter().map(|mark| {
        html! {
            <>
                <path class="dl-grid" d={format!("M{} {}H{}", px(scale.left), px(mark.y), px(scale.right))} />
                <text class="dl-tick dl-count" x={px(scale.left - 6.0)} y={px(mark.y + 4.0)}>{format::number(mark.count as usize)}</text>
            </>
        }
    });
    let now = playhead.and_then(|time| level_at(levels, time));
    html! {
        <svg class="dl-graph" aria-hidden="true" width={px(*width)} height={px(HEIGHT)}>
            <g transform={format!("translate(0 {})", px(TOP))}>
                {for marks}
                <path class="dl-level-waiting" d={area_path(&plot.waiting, plot.base_y)} />
                <path class="dl-level-running" d={area_path(&plot.running, plot.base_y)} />
                <path class="dl-level-limit" d={step_path(&plot.limit)} />
            </g>
            {legend(*width, scale.left, now)}
            if let Some(time) = playhead.filter(|time| (scale.window.from..=scale.window.to).contains(time)) {
                <path class="dl-playhead" d={format!("M{} 0V{}", px(scale.x(time)), px(HEIGHT))} />
            }
        </svg>
    }
}

/// What is what, in a line above it; with the counts of the instant that is looked at.
fn legend(width: f64, plot_left: f64, now: Option<Level>) -> Html {
    let (places, waiting) = if width < SHORT_BELOW {
        (SHORT_ENTRIES, "Waiting")
    } else {
        (ENTRIES.map(|place| plot_left + place), "Waiting for a slot")
    };
    let entry = |x: f64, class: &'static str, name: &str, count: Option<u32>| {
        let count = count.map(|count| format!(" {}", format::number(count as usize)));
        html! {
            <>
                <rect {class} x={px(x)} y="8" width="10" height="10" rx="2" />
                <text class="dl-count-name" x={px(x + 16.0)} y="17">
                    {format!("{name}{}", count.unwrap_or_default())}
                </text>
            </>
        }
    };
    html! {
        <>
            {entry(places[0], "dl-level-running", "Running", now.map(|now| now.running))}
            {entry(places[1], "dl-level-waiting", waiting, now.map(|now| now.waiting))}
            {entry(places[2], "dl-level-limit-key", "Limit", now.map(|now| now.limit))}
        </>
    }
}

fn level_at(levels: &[Level], time: Ms) -> Option<Level> {
    levels[..levels.partition_point(|level| level.from <= time)].last().copied()
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

//! The graph below the rows: how many run and wait over time, with a legend.

use deployline_engine::insight::Level;
use deployline_engine::{Ms, format};

use super::measures::{BASELINE, layer, playhead};
use crate::concurrency::{area_path, step_path};
use crate::shape::Anchor;
use crate::{Concurrency, LevelKind, Part, Px, Rect, Shape, TimeScale, concurrency};

/// Height of the graph, in pixels.
pub const GRAPH_HEIGHT: f64 = 92.0;
/// Positions of the highest step and of zero: below the legend, and above the edge.
const PLOT_Y: (f64, f64) = (28.0, 84.0);

/// Left ends of the legend's entries from the plot's left edge, each with room for a count of six
/// digits.
const ENTRIES: [f64; 3] = [0.0, 112.0, 270.0];
/// In a picture narrower than this, they say less, and begin at its edge.
const SHORT_BELOW: f64 = 440.0;
const SHORT_ENTRIES: [f64; 3] = [16.0, 112.0, 232.0];

/// The levels of a run that a graph of [`GRAPH_HEIGHT`] shows.
pub fn graph(levels: &[Level], scale: &TimeScale) -> Concurrency {
    concurrency(levels, scale, PLOT_Y)
}

/// The graph of these levels, in a picture of this width; `time` is where the run is looked at.
pub fn graph_shapes(
    graph: &Concurrency,
    levels: &[Level],
    scale: &TimeScale,
    width: f64,
    time: Option<Ms>,
) -> Vec<Shape> {
    let level = |kind: LevelKind, d: String| Shape::path(Part::Level(kind), d);
    let marks = graph.marks.iter().flat_map(|mark| {
        let line = format!("M{} {}H{}", Px(scale.left), Px(mark.y), Px(scale.right));
        let count = format::number(mark.count as usize);
        let count = Shape::text(Part::Tick, scale.left - 6.0, mark.y + BASELINE, &count);
        [Shape::path(Part::GridLine, line), count.anchored(Anchor::End).sized(11.0)]
    });
    let levels_now = time.and_then(|time| level_at(levels, time));
    vec![
        layer(marks),
        level(LevelKind::Waiting, area_path(&graph.waiting, graph.base_y)),
        level(LevelKind::Running, area_path(&graph.running, graph.base_y)),
        level(LevelKind::Limit, step_path(&graph.limit)),
        layer(legend(width, scale.left, levels_now)),
        layer(playhead(scale, time, GRAPH_HEIGHT)),
    ]
}

/// The legend, in a line above the graph; with the counts of the instant that is looked at.
fn legend(width: f64, plot_left: f64, now: Option<Level>) -> Vec<Shape> {
    let (left, waiting) = if width < SHORT_BELOW {
        (SHORT_ENTRIES, "Waiting")
    } else {
        (ENTRIES.map(|left| plot_left + left), "Waiting for a slot")
    };
    let entry = |x: f64, kind: LevelKind, name: &str, count: Option<u32>| {
        let count = count.map(|count| format!(" {}", format::number(count as usize)));
        let key = Rect { x, y: 8.0, width: 10.0, height: 10.0 };
        let text = format!("{name}{}", count.unwrap_or_default());
        [
            Shape::rect(Part::LevelKey(kind), key, 2.0),
            Shape::text(Part::LevelName, x + 16.0, 17.0, &text),
        ]
    };
    [
        entry(left[0], LevelKind::Running, "Running", now.map(|now| now.running)),
        entry(left[1], LevelKind::Waiting, waiting, now.map(|now| now.waiting)),
        entry(left[2], LevelKind::Limit, "Limit", now.map(|now| now.limit)),
    ]
    .concat()
}

fn level_at(levels: &[Level], time: Ms) -> Option<Level> {
    levels[..levels.partition_point(|level| level.from <= time)].last().copied()
}

//! Numbers of deployments that run and wait, over time, with the limit as a line.

use std::fmt::Write;

use deployline_engine::insight::Level;

use crate::px::between;
use crate::{Px, TimeScale};

/// The graph's shapes, in pixels from its upper left corner; `x` as in the picture above it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Concurrency {
    /// The corners of the upper edge of what runs, from the left. Each value holds until the next.
    pub running: Vec<(f64, f64)>,
    /// The same for those that wait, on top of those that run.
    pub waiting: Vec<(f64, f64)>,
    /// The same for the limit.
    pub limit: Vec<(f64, f64)>,
    /// Marks at the left.
    pub marks: Vec<CountMark>,
    /// Number of deployments at the upper edge of the graph.
    pub most: u32,
    /// Position of zero.
    pub base_y: f64,
}

/// A mark for a number of deployments.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CountMark {
    /// Its position.
    pub y: f64,
    /// Number of deployments.
    pub count: u32,
}

/// The least room between two marks, in pixels.
const MARK_ROOM: f64 = 18.0;

/// Draws levels in ascending order of time between two heights: the highest of what is visible, and
/// zero.
///
/// Of several levels in one column of pixels the highest and the lowest are kept, so that there are
/// no more corners than two for each column, and one at either end.
pub fn concurrency(levels: &[Level], scale: &TimeScale, (top, base_y): (f64, f64)) -> Concurrency {
    let first = levels.partition_point(|level| level.from <= scale.window.from).saturating_sub(1);
    let last = levels.partition_point(|level| level.from <= scale.window.to).max(first);
    let visible = &levels[first..last];
    let total = |level: &Level| level.running.saturating_add(level.waiting);
    let highest = visible.iter().map(|level| total(level).max(level.limit)).max();
    let most = highest.unwrap_or(0).max(1);
    let height = base_y - top;
    let y = |count: u32| base_y - f64::from(count) / f64::from(most) * height;
    let line = |count: &dyn Fn(&Level) -> u32| {
        let corners = corners(visible, scale, count);
        corners.into_iter().map(|(x, count)| (x, y(count))).collect()
    };
    Concurrency {
        running: line(&|level| level.running),
        waiting: line(&total),
        limit: line(&|level| level.limit),
        marks: marks(most, height).map(|count| CountMark { y: y(count), count }).collect(),
        most,
        base_y,
    }
}

/// Corners where the value changes, at most twice in each column of pixels.
fn corners(levels: &[Level], scale: &TimeScale, count: &dyn Fn(&Level) -> u32) -> Vec<(f64, u32)> {
    let x = |level: &Level| scale.clamped_x(level.from);
    let mut out: Vec<(f64, u32)> = Vec::new();
    let column = |level: &Level| (x(level) - scale.left).floor();
    for levels in levels.chunk_by(|a, b| column(a) == column(b)) {
        let Some(last) = levels.last() else { continue };
        let counts = || levels.iter().map(count);
        let (low, high) = (counts().min().unwrap_or(0), counts().max().unwrap_or(0));
        // What holds after the column comes last in it.
        let other = if count(last) == high { low } else { high };
        out.push((x(&levels[0]), other));
        out.push((x(last), count(last)));
    }
    out.dedup_by_key(|(_, count)| *count);
    if let Some(&(_, count)) = out.last() {
        out.push((scale.right, count));
    }
    out
}

/// Round counts from 0 up, with room between them.
fn marks(most: u32, height: f64) -> impl Iterator<Item = u32> {
    let room = between((height / MARK_ROOM).floor(), 1.0, 1_000.0) as u32;
    let decades = (0..9).map(|exponent| 10_u32.pow(exponent));
    let mut steps = decades.flat_map(|ten| [ten, ten * 2, ten.saturating_mul(5)]);
    let step = steps.find(|step| most / step <= room).unwrap_or(most);
    (0..=most / step).map(move |i| i * step)
}

/// A line that keeps each value until the next, as an SVG path.
pub(crate) fn step_path(corners: &[(f64, f64)]) -> String {
    let mut out = String::new();
    for (i, (x, y)) in corners.iter().enumerate() {
        let (x, y) = (Px(*x), Px(*y));
        // Writing to a string does not fail.
        let _ = if i == 0 { write!(out, "M{x} {y}") } else { write!(out, "H{x}V{y}") };
    }
    out
}

/// The area between such a line and `base_y`, as an SVG path.
pub(crate) fn area_path(corners: &[(f64, f64)], base_y: f64) -> String {
    let (Some(first), Some(last)) = (corners.first(), corners.last()) else {
        return String::new();
    };
    let line = step_path(corners);
    let (base, left, right) = (Px(base_y), Px(first.0), Px(last.0));
    format!("{line}H{right}V{base}H{left}Z")
}

#[cfg(test)]
mod tests {
    use deployline_engine::Ms;

    use super::*;

    fn level(from_s: u64, running: u32, waiting: u32) -> Level {
        Level { from: Ms(from_s * 1_000), running, waiting, limit: 4 }
    }

    fn scale(end_s: u64) -> TimeScale {
        TimeScale::new(0.0, 100.0, Ms(end_s * 1_000), None)
    }

    #[test]
    fn lines_are_steps_on_top_of_each_other() {
        let levels = [level(0, 2, 6), level(50, 4, 0), level(100, 0, 0)];
        let graph = concurrency(&levels, &scale(100), (0.0, 80.0));
        assert_eq!(step_path(&graph.running), "M0 60H50V40H100V80H100V80");
        assert_eq!(area_path(&graph.waiting, graph.base_y), "M0 0H50V40H100V80H100V80H100V80H0Z");
        assert_eq!(step_path(&graph.limit), "M0 40H100V40");
        let marks: Vec<u32> = graph.marks.iter().map(|mark| mark.count).collect();
        assert_eq!((graph.most, marks), (8, vec![0, 2, 4, 6, 8]));
    }

    #[test]
    fn many_levels_keep_each_columns_extremes() {
        let levels: Vec<Level> =
            (0..100_000).map(|i| level(i, if i == 54_321 { 9 } else { i as u32 % 3 }, 0)).collect();
        let graph = concurrency(&levels, &scale(100_000), (0.0, 90.0));
        assert!(graph.running.len() <= 201, "{}", graph.running.len());
        assert!(graph.running.iter().any(|(_, y)| *y == 0.0), "the peak is kept");
        let window = crate::TimeWindow { from: Ms(10_000), to: Ms(20_000) };
        let scale = TimeScale::new(0.0, 100.0, Ms(100_000_000), Some(window));
        let graph = concurrency(&levels, &scale, (0.0, 90.0));
        assert!(graph.running.iter().all(|(x, _)| (0.0..=100.0).contains(x)), "{graph:?}");
        assert_eq!(graph.most, 4);
        assert_eq!(concurrency(&[], &scale, (0.0, 90.0)).running, []);
    }
}

//! The bars of one row: those too near each other to be told apart become one.

use std::ops::Range;

use deployline_engine::{Ms, Run};

use crate::axis::TimeScale;
use crate::row_list::ByStart;

/// The least distance from one shape to the next, in pixels.
const MIN_DISTANCE: f64 = 6.0;

/// One bar, or several drawn as one: the positions of its deployments in [`ByStart`].
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MergedBars {
    /// The positions between which its deployments are; only those visible count.
    pub(crate) range: Range<usize>,
    /// The first one.
    pub(crate) first: u32,
    /// Number of those that are visible.
    pub(crate) count: usize,
    /// Start of the first one.
    pub(crate) from: Ms,
    /// End of the last one, those that started before it included.
    pub(crate) to: Ms,
}

/// Merges the bars of a row, in the order of time: at most one for each few pixels.
pub(crate) fn merged_bars(
    deployments: &ByStart,
    runs: &[Run],
    scale: &TimeScale,
) -> Vec<MergedBars> {
    let start = |position: usize| runs[deployments.indexes[position] as usize].start;
    let count_from = |position: usize, is_before: &dyn Fn(Ms) -> bool| {
        let rest = &deployments.indexes[position..];
        position + rest.partition_point(|&index| is_before(runs[index as usize].start))
    };
    let first = deployments.latest_end.partition_point(|&end| scale.is_before(end));
    let last = count_from(0, &|start| !scale.is_after(start)).max(first);
    let began_before = count_from(first, &|start| start < scale.window.from).min(last);
    let mut merged: Vec<MergedBars> =
        early(deployments, runs, scale, first..began_before).into_iter().collect();
    let mut position = began_before;
    while position < last {
        let limit = scale.x(start(position)) + MIN_DISTANCE;
        let next = count_from(position + 1, &|start| scale.x(start) < limit).min(last);
        merged.push(MergedBars {
            range: position..next,
            first: deployments.indexes[position],
            count: next - position,
            from: start(position),
            to: deployments.latest_end[next - 1],
        });
        position = next;
    }
    merged
}

/// Merges what started before the window and runs in it: one bar, since it starts at one position.
fn early(
    deployments: &ByStart,
    runs: &[Run],
    scale: &TimeScale,
    range: Range<usize>,
) -> Option<MergedBars> {
    let run = |position: &usize| runs[deployments.indexes[*position] as usize];
    let mut visible = range.filter(|position| !scale.is_before(run(position).end));
    let first = visible.next()?;
    let mut bars = MergedBars {
        range: first..first + 1,
        first: deployments.indexes[first],
        count: 1,
        from: run(&first).start,
        to: run(&first).end,
    };
    for position in visible {
        bars.range.end = position + 1;
        bars.count += 1;
        bars.to = bars.to.max(run(&position).end);
    }
    Some(bars)
}

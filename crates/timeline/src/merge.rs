//! The bars of one line: those too near each other to be told apart become one shape.

use std::ops::Range;

use deployline_engine::{Ms, Run};

use crate::axis::TimeScale;
use crate::lines::Items;

/// The least distance from one shape to the next, in pixels.
const LEAST_DISTANCE: f64 = 6.0;

/// One shape of a line: the positions of its deployments in [`Items`].
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    /// The positions between which its deployments are; only those visible count.
    pub(crate) range: Range<usize>,
    /// The first one.
    pub(crate) first: u32,
    /// How many are visible.
    pub(crate) count: usize,
    /// When the first one starts.
    pub(crate) from: Ms,
    /// When the last one has ended, those that started before it included.
    pub(crate) to: Ms,
}

/// The shapes of a line, in the order of time: at most one for each few pixels.
pub(crate) fn pieces(items: &Items, runs: &[Run], scale: &TimeScale) -> Vec<Piece> {
    let start = |position: usize| runs[items.by_start[position] as usize].start;
    let count_from = |position: usize, is_before: &dyn Fn(Ms) -> bool| {
        let rest = &items.by_start[position..];
        position + rest.partition_point(|&index| is_before(runs[index as usize].start))
    };
    let first = items.latest_end.partition_point(|&end| scale.is_before(end));
    let last = count_from(0, &|start| !scale.is_after(start)).max(first);
    let began_before = count_from(first, &|start| start < scale.window.from).min(last);
    let mut pieces: Vec<Piece> =
        early(items, runs, scale, first..began_before).into_iter().collect();
    let mut position = began_before;
    while position < last {
        let limit = scale.x(start(position)) + LEAST_DISTANCE;
        let next = count_from(position + 1, &|start| scale.x(start) < limit).min(last);
        pieces.push(Piece {
            range: position..next,
            first: items.by_start[position],
            count: next - position,
            from: start(position),
            to: items.latest_end[next - 1],
        });
        position = next;
    }
    pieces
}

/// What started before the window and runs in it: one shape, since it starts at one place.
fn early(items: &Items, runs: &[Run], scale: &TimeScale, range: Range<usize>) -> Option<Piece> {
    let run = |position: &usize| runs[items.by_start[*position] as usize];
    let mut visible = range.filter(|position| !scale.is_before(run(position).end));
    let first = visible.next()?;
    let mut piece = Piece {
        range: first..first + 1,
        first: items.by_start[first],
        count: 1,
        from: run(&first).start,
        to: run(&first).end,
    };
    for position in visible {
        piece.range.end = position + 1;
        piece.count += 1;
        piece.to = piece.to.max(run(&position).end);
    }
    Some(piece)
}

//! The whole run in a small strip: how many run when, by stage.

use deployline_planner::{Ms, Run, StageRun};

use crate::{Planned, TimeWindow};

/// The whole run in a strip. It is made once; what is visible of the run is a rectangle in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// Width in pixels: all of the run.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// When the run ends.
    pub end: Ms,
    /// The most that run at once in one column.
    pub most: u32,
    /// One per stage, in order; together they lie on each other and never reach beyond the strip.
    pub stages: Vec<StageShape>,
}

/// When a stage runs, and how much of it.
#[derive(Clone, Debug, PartialEq)]
pub struct StageShape {
    /// Index of the stage.
    pub stage: usize,
    /// An SVG path, filled; empty for a stage in which nothing ran.
    pub path: String,
}

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Width of a column, in pixels.
const COLUMN: f64 = 2.0;

/// Counts how many run, per column of a strip; takes as long as there are deployments and columns.
pub fn overview(planned: Planned<'_>, width: f64, height: f64) -> Overview {
    let end = planned.schedule.end;
    let columns = (width / COLUMN).floor().clamp(1.0, 10_000.0) as usize;
    let counts = planned.schedule.stages.iter().map(|stage| running(stage, end, columns));
    let counts: Vec<Vec<u32>> = counts.collect();
    let in_column = |column: usize| counts.iter().map(|counts| counts[column]).sum::<u32>();
    let most = (0..columns).map(in_column).max().unwrap_or(0);
    let scale = height / f64::from(most.max(1));
    let mut below = vec![0; columns];
    let stages = counts.iter().enumerate().map(|(stage, counts)| {
        let path = path(counts, &below, width / columns as f64, height, scale);
        below.iter_mut().zip(counts).for_each(|(below, count)| *below += count);
        StageShape { stage, path }
    });
    let stages = stages.collect();
    Overview { width, height, end, most, stages }
}

/// How many run in the middle of each column; a stage that is over too soon for that has one.
fn running(stage: &StageRun, end: Ms, columns: usize) -> Vec<u32> {
    let place = |time: Ms| time.0 as f64 / end.0.max(1) as f64 * columns as f64;
    // The first column whose middle is not before a time.
    let column_from = |time: Ms| ((place(time) - 0.5).ceil().max(0.0) as usize).min(columns);
    // Changes at the start and the end of each, summed up from the left.
    let mut changes = vec![0_i64; columns + 1];
    for Run { start, end, .. } in &stage.runs {
        changes[column_from(*start)] += 1;
        changes[column_from(*end)] -= 1;
    }
    let mut now = 0;
    let counts = changes[..columns].iter().map(|change| {
        now += change;
        u32::try_from(now).unwrap_or(0)
    });
    let mut counts: Vec<u32> = counts.collect();
    if counts.iter().all(|count| *count == 0) && stage.start < stage.end {
        counts[(place(stage.start) as usize).min(columns - 1)] = 1;
    }
    counts
}

/// The outline of each piece without a gap, from its upper left corner round.
fn path(counts: &[u32], below: &[u32], column: f64, height: f64, scale: f64) -> String {
    let y = |count: u32| round(height - f64::from(count) * scale);
    let mut out = String::new();
    let mut first = 0;
    for piece in counts.chunk_by(|a, b| (*a == 0) == (*b == 0)) {
        let range = first..first + piece.len();
        first = range.end;
        if piece[0] == 0 {
            continue;
        }
        let x = |i: usize| round(i as f64 * column);
        let bottom = y(below[range.start]);
        out.push_str(&format!("M{} {bottom}", x(range.start)));
        for i in range.clone() {
            out.push_str(&format!("V{}H{}", y(below[i] + counts[i]), x(i + 1)));
        }
        for i in range.rev() {
            out.push_str(&format!("V{}H{}", y(below[i]), x(i)));
        }
        out.push('Z');
    }
    out
}

impl Overview {
    /// Where a window is in the strip. Of `rows`, the visible part of the picture, as shares of
    /// its height from 0 to 1; `(0.0, 1.0)` for all of it.
    pub fn area_of(&self, window: TimeWindow, rows: (f64, f64)) -> Area {
        let x = |time: Ms| time.0 as f64 / self.end.0.max(1) as f64 * self.width;
        let (top, bottom) = (rows.0.clamp(0.0, 1.0), rows.1.clamp(0.0, 1.0));
        Area {
            x: x(window.from),
            y: top * self.height,
            width: x(window.to) - x(window.from),
            height: (bottom - top).max(0.0) * self.height,
        }
    }

    /// The window and the visible rows that an area of the strip stands for.
    pub fn window_of(&self, area: Area) -> (TimeWindow, (f64, f64)) {
        let share = |y: f64| (y / self.height.max(1.0)).clamp(0.0, 1.0);
        let window = TimeWindow { from: self.time(area.x), to: self.time(area.x + area.width) };
        (window.within(self.end), (share(area.y), share(area.y + area.height)))
    }

    /// The time at a place of the strip.
    pub fn time(&self, x: f64) -> Ms {
        let share = (x / self.width.max(1.0)).clamp(0.0, 1.0);
        Ms((share * self.end.0 as f64).round() as u64)
    }
}

fn round(px: f64) -> f64 {
    (px * 100.0).round() / 100.0
}

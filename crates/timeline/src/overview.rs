//! The whole picture in a small strip: every row, squeezed.

use deployline_engine::{Ms, Run};

use crate::px::between;
use crate::stage_extent::{self, StageExtent};
use crate::{LayoutOptions, Picture, Planned, Rect, TimeWindow};

/// The whole picture in a strip. It is made once; what is visible of it is a rectangle in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// Width in pixels: all of the run.
    pub width: f64,
    /// Height in pixels: all rows.
    pub height: f64,
    /// End of the run.
    pub end: Ms,
    /// One per stage, in order.
    pub stages: Vec<StageShape>,
}

/// Bars of a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StageShape {
    /// Index of the stage.
    pub stage: usize,
    /// An SVG path, filled; empty for a stage in which nothing ran.
    pub path: String,
}

/// Width and height of a cell, in pixels.
const CELL: usize = 2;

impl Picture {
    /// Marks the cells of a strip in which a bar is; takes as long as there are deployments and
    /// cells.
    pub fn overview(
        &self,
        planned: Planned<'_>,
        options: &LayoutOptions,
        width: f64,
        height: f64,
    ) -> Overview {
        let end = planned.schedule.end;
        let extents = self.stage_extents(options);
        let grid = Grid {
            columns: cells(width),
            lines: cells(height),
            end,
            rows_height: stage_extent::height(&extents, options),
        };
        let stages = extents.iter().zip(&planned.schedule.stages).map(|(extent, run)| {
            let y = |index: usize| self.middle(extent, index, options);
            StageShape { stage: extent.stage, path: grid.path(extent, &run.runs, &y) }
        });
        Overview { width, height, end, stages: stages.collect() }
    }

    /// The middle of a deployment's row.
    fn middle(&self, extent: &StageExtent, index: usize, options: &LayoutOptions) -> Option<f64> {
        let (y, height) = self.bar_y(extent, index, options)?;
        Some(y + height / 2.0)
    }
}

fn cells(px: f64) -> usize {
    between((px / CELL as f64).floor(), 1.0, 10_000.0) as usize
}

/// The cells of a strip.
struct Grid {
    columns: usize,
    lines: usize,
    end: Ms,
    rows_height: f64,
}

impl Grid {
    /// One rectangle for cells beside each other.
    fn path(
        &self,
        extent: &StageExtent,
        runs: &[Run],
        middle: &dyn Fn(usize) -> Option<f64>,
    ) -> String {
        let first = self.line(extent.y);
        let lines = self.line(extent.y + extent.height) - first + 1;
        // Changes at the start and the end of each bar, summed up from the left.
        let mut changes = vec![0_i32; lines * (self.columns + 1)];
        for (index, run) in runs.iter().enumerate().filter(|(_, run)| run.start < run.end) {
            let Some(y) = middle(index) else { continue };
            let (from, to) = self.span(run);
            let line = (self.line(y) - first).min(lines - 1) * (self.columns + 1);
            changes[line + from] += 1;
            changes[line + to] -= 1;
        }
        let mut path = String::new();
        for (line, changes) in changes.chunks(self.columns + 1).enumerate() {
            let y = (first + line) * CELL;
            for (from, to) in covered(changes) {
                let (left, right) = (from * CELL, to * CELL);
                path.push_str(&format!("M{left} {y}H{right}v{CELL}H{left}Z"));
            }
        }
        path
    }

    fn line(&self, y: f64) -> usize {
        let share = y / self.rows_height.max(1.0);
        ((share * self.lines as f64) as usize).min(self.lines - 1)
    }

    /// The columns a bar covers: at least one, however short it is.
    fn span(&self, run: &Run) -> (usize, usize) {
        let place = |time: Ms| time.0 as f64 / self.end.0.max(1) as f64 * self.columns as f64;
        let from = (place(run.start).round() as usize).min(self.columns - 1);
        (from, (place(run.end).round() as usize).clamp(from + 1, self.columns))
    }
}

/// From where to where the sum of the changes so far is not zero.
fn covered(changes: &[i32]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let (mut now, mut from) = (0, 0);
    for (column, change) in changes.iter().enumerate() {
        let before = now;
        now += change;
        match (before, now) {
            (0, 1..) => from = column,
            (1.., 0) => out.push((from, column)),
            _ => {}
        }
    }
    out
}

impl Overview {
    /// Position of a window in the strip. `rows` is the visible part of the picture, as shares of
    /// its height from 0 to 1; `(0.0, 1.0)` for all of it.
    pub fn area_of(&self, window: TimeWindow, rows: (f64, f64)) -> Rect {
        let x = |time: Ms| time.0 as f64 / self.end.0.max(1) as f64 * self.width;
        let (top, bottom) = (between(rows.0, 0.0, 1.0), between(rows.1, 0.0, 1.0));
        Rect {
            x: x(window.from),
            y: top * self.height,
            width: x(window.to) - x(window.from),
            height: (bottom - top).max(0.0) * self.height,
        }
    }

    /// The time at a place of the strip.
    pub fn time(&self, x: f64) -> Ms {
        let share = between(x / self.width.max(1.0), 0.0, 1.0);
        Ms((share * self.end.0 as f64).round() as u64)
    }
}

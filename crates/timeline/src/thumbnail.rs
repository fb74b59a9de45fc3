//! One stage in a small picture, to be compared with others of the same scale.

use deployline_engine::{Ms, Plan, Run, Schedule};

use crate::merged_bars::merged_bars;
use crate::row_list::ByStart;
use crate::{Color, ColorBy, Colors, Rect, TimeScale, TimeWindow};

/// A bar, or several in one, of a small picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ThumbnailBar {
    /// Its position and size.
    pub rect: Rect,
    /// By service; neutral for several services in one.
    pub color: Color,
    /// Number of deployments that it stands for.
    pub count: usize,
}

/// The most rows of a small picture; more slots share them.
const MAX_ROWS: usize = 24;
/// The most columns of a small picture.
const MAX_WIDTH: f64 = 120.0;

/// Number of deployments in one bar that are looked at for its colour.
const COLOR_SAMPLES: usize = 8;

/// The bars of a stage by slot, from its own start on a scale that ends at `end`, in a picture of
/// this width and height. A few hundred rectangles at most, however many deployments there are;
/// none where there is no such stage.
pub fn thumbnail(
    (plan, schedule): (&Plan, &Schedule),
    stage: usize,
    width: f64,
    height: f64,
    end: Ms,
) -> Vec<ThumbnailBar> {
    let (Some(stage_plan), Some(run)) = (plan.stages.get(stage), schedule.stages.get(stage)) else {
        return Vec::new();
    };
    let colors = Colors::new(&plan.pipeline, ColorBy::Service);
    let color = |index: u32| {
        let i = index as usize;
        colors.of(&plan.pipeline.stages[stage], stage_plan.deployments[i], run.runs[i].status)
    };
    // Merged on a coarse scale, drawn on the real one.
    let window = TimeWindow { from: run.start, to: run.start + end };
    let coarse = TimeScale::new(0.0, width.min(MAX_WIDTH), window.to, None);
    let coarse = TimeScale { window, ..coarse };
    let scale = TimeScale { right: width.max(1.0), ..coarse };
    let rows = rows(&run.runs);
    let row_height = height / rows.len() as f64;
    let bars = rows.into_iter().enumerate().map(|(row, members)| {
        let deployments = ByStart::new(members, &run.runs);
        row_bars(
            &deployments,
            &run.runs,
            (&coarse, &scale),
            &color,
            row as f64 * row_height,
            row_height,
        )
    });
    bars.flatten().collect()
}

/// Deployments by slot, several slots in a row where there are many.
fn rows(runs: &[Run]) -> Vec<Vec<u32>> {
    let lanes = runs.iter().map(|run| run.lane as usize + 1).max().unwrap_or(0);
    let count = lanes.clamp(1, MAX_ROWS);
    let mut rows = vec![Vec::new(); count];
    for (index, run) in (0..).zip(runs) {
        rows[run.lane as usize * count / lanes.max(1)].push(index);
    }
    rows
}

fn row_bars(
    deployments: &ByStart,
    runs: &[Run],
    (coarse, scale): (&TimeScale, &TimeScale),
    color: &dyn Fn(u32) -> Color,
    y: f64,
    row_height: f64,
) -> Vec<ThumbnailBar> {
    let gap = if row_height >= 3.0 { 1.0 } else { 0.0 };
    let merged = merged_bars(deployments, runs, coarse);
    let bars = merged.iter().enumerate().map(|(i, bars)| {
        let (x, next) = (scale.clamped_x(bars.from), merged.get(i + 1));
        let right = scale.clamped_x(next.map_or(bars.to, |next| next.from.min(bars.to)));
        let (width, height) = ((right - x - gap).max(0.5), row_height - gap);
        let members = &deployments.indexes[bars.range.clone()];
        let first = color(bars.first);
        let is_one = members.iter().take(COLOR_SAMPLES).all(|&index| color(index) == first);
        ThumbnailBar {
            rect: Rect { x, y, width, height },
            color: if is_one { first } else { Color::Neutral },
            count: bars.count,
        }
    });
    bars.collect()
}

//! One stage in a small picture, to be compared with others of the same scale.

use deployline_engine::Ms;

use crate::merged_bars::merged_bars;
use crate::row_list::ByStart;

use crate::{Color, ColorBy, Colors, Planned, Rect, TimeScale};

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

/// The most lines of a small picture; more slots share them.
const MOST_LINES: usize = 24;
/// The most columns of a small picture.
const MOST_WIDTH: f64 = 120.0;

/// The bars of a stage by slot, from its own start on a scale that ends at `end`, in a picture of
/// this width and height. A few hundred rectangles at most, however many deployments there are;
/// none where there is no such stage.
pub fn thumbnail(
    planned: Planned<'_>,
    stage: usize,
    width: f64,
    height: f64,
    end: Ms,
) -> Vec<ThumbnailBar> {
    let Planned { plan, schedule } = planned;
    let (Some(stage_plan), Some(run)) = (plan.stages.get(stage), schedule.stages.get(stage)) else {
        return Vec::new();
    };
    let colors = Colors::new(&plan.pipeline, ColorBy::Service);
    let color = |index: u32| {
        let i = index as usize;
        colors.of(&plan.pipeline.stages[stage], stage_plan.deployments[i], run.runs[i].status)
    };
    let lanes = run.runs.iter().map(|run| run.lane as usize + 1).max().unwrap_or(0);
    let count = lanes.clamp(1, MOST_LINES);
    let mut lines = vec![Vec::new(); count];
    for (index, run) in (0..).zip(&run.runs) {
        lines[run.lane as usize * count / lanes.max(1)].push(index);
    }
    // Merged on a coarse scale, drawn on the real one.
    let end = run.start + end;
    let coarse = TimeScale::new(0.0, width.min(MOST_WIDTH), end, None);
    let window = crate::TimeWindow { from: run.start, to: end };
    let coarse = TimeScale { window, ..coarse };
    let scale = TimeScale { right: width.max(1.0), ..coarse };
    let line_height = height / count as f64;
    let gap = if line_height >= 3.0 { 1.0 } else { 0.0 };
    let line = |(line, members): (usize, Vec<u32>)| {
        let deployments = ByStart::new(members, &run.runs);
        let merged = merged_bars(&deployments, &run.runs, &coarse);
        let bar = |i: usize| {
            let bars = &merged[i];
            let (x, next) = (scale.clamped_x(bars.from), merged.get(i + 1));
            let right = scale.clamped_x(next.map_or(bars.to, |next| next.from.min(bars.to)));
            let members = &deployments.indexes[bars.range.clone()];
            let first = color(bars.first);
            let is_one = members.iter().take(8).all(|&index| color(index) == first);
            ThumbnailBar {
                rect: Rect {
                    x,
                    y: line as f64 * line_height,
                    width: (right - x - gap).max(0.5),
                    height: line_height - gap,
                },
                color: if is_one { first } else { Color::Neutral },
                count: bars.count,
            }
        };
        (0..merged.len()).map(bar).collect::<Vec<_>>()
    };
    lines.into_iter().enumerate().flat_map(line).collect()
}

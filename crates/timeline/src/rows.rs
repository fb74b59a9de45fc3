//! Which row is where: a header per stage, a row per deployment.

use deployline_planner::Plan;

use crate::{LayoutOptions, Viewport};

/// The place of a stage and its rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct StageRows {
    pub(crate) stage: usize,
    pub(crate) y: f64,
    pub(crate) rows_y: f64,
    pub(crate) height: f64,
}

/// All stages from the top down.
pub(crate) fn stage_rows(plan: &Plan, options: &LayoutOptions) -> Vec<StageRows> {
    let mut y = options.band_gap / 2.0;
    let stages = plan.stages.iter().enumerate().map(|(stage, stage_plan)| {
        let rows_y = y + options.band_header_height;
        let rows_height = stage_plan.deployments.len() as f64 * options.row_height;
        // The same space below the rows as between them and the header's text.
        let height = options.band_header_height + rows_height + options.band_gap / 2.0;
        let rows = StageRows { stage, y, rows_y, height };
        y += height + options.band_gap;
        rows
    });
    stages.collect()
}

/// The height of the whole picture.
pub fn content_height(plan: &Plan, options: &LayoutOptions) -> f64 {
    stage_rows(plan, options)
        .last()
        .map_or(0.0, |last| last.y + last.height + options.band_gap / 2.0)
}

/// The rows of a stage that the viewport shows, at least in part.
pub(crate) fn visible_rows(
    rows: &StageRows,
    count: usize,
    viewport: &Viewport,
    row_height: f64,
) -> std::ops::Range<usize> {
    let clamp = |row: f64| row.clamp(0.0, count as f64) as usize;
    let first = clamp(((viewport.top - rows.rows_y) / row_height).floor());
    let last = clamp(((viewport.top + viewport.height - rows.rows_y) / row_height).ceil());
    first..last.max(first)
}

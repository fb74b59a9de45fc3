//! Extents of stages and of their rows: a header per stage, and rows of one height below it.

use crate::px::between;
use crate::row_list::RowList;
use crate::{LayoutOptions, Viewport};

/// Extent of a stage and of its rows, from the top, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct StageExtent {
    pub(crate) stage: usize,
    pub(crate) y: f64,
    pub(crate) rows_y: f64,
    pub(crate) height: f64,
}

/// All stages, from the top down.
pub(crate) fn stage_extents<'a>(
    stages: impl Iterator<Item = &'a RowList>,
    options: &LayoutOptions,
) -> Vec<StageExtent> {
    let mut y = options.band_gap / 2.0;
    let stages = stages.enumerate().map(|(stage, rows)| {
        let rows_y = y + options.band_header_height;
        let rows_height = rows.len() as f64 * options.row_height;
        // The same space below the rows as between them and the header's text.
        let height = options.band_header_height + rows_height + options.band_gap / 2.0;
        let extent = StageExtent { stage, y, rows_y, height };
        y += height + options.band_gap;
        extent
    });
    stages.collect()
}

/// Height of the whole picture.
pub(crate) fn height(stages: &[StageExtent], options: &LayoutOptions) -> f64 {
    stages.last().map_or(0.0, |last| last.y + last.height + options.band_gap / 2.0)
}

/// The rows of a stage that the viewport shows, at least in part.
pub(crate) fn visible_rows(
    extent: &StageExtent,
    count: usize,
    viewport: &Viewport,
    row_height: f64,
) -> std::ops::Range<usize> {
    let clamp = |row: f64| between(row, 0.0, count as f64) as usize;
    let first = clamp(((viewport.top - extent.rows_y) / row_height).floor());
    let last = clamp(((viewport.top + viewport.height - extent.rows_y) / row_height).ceil());
    first..last.max(first)
}

/// Upper edge and height of the bars in a row.
pub(crate) fn bar_y(extent: &StageExtent, row: usize, options: &LayoutOptions) -> (f64, f64) {
    let inset = (options.row_height * 0.12).round();
    let y = extent.rows_y + row as f64 * options.row_height + inset;
    (y, options.row_height - 2.0 * inset)
}

/// The same for the thin bars of a collapsed group: beside its name or, without a column for it, below.
pub(crate) fn thin_bar_y(extent: &StageExtent, row: usize, options: &LayoutOptions) -> (f64, f64) {
    if options.label_width <= 0.0 {
        let height = (options.row_height / 6.0).round().max(2.0);
        return (extent.rows_y + (row + 1) as f64 * options.row_height - height - 1.0, height);
    }
    let height = (options.row_height * 0.25).round().max(2.0);
    let y = extent.rows_y + (row as f64 + 0.5) * options.row_height - height / 2.0;
    (y.round(), height)
}

/// The same for the thin bars of a collapsed stage, at the foot of its header.
pub(crate) fn header_bar_y(extent: &StageExtent, options: &LayoutOptions) -> (f64, f64) {
    let height = (options.row_height * 0.25).round().max(2.0);
    (extent.rows_y - height, height)
}

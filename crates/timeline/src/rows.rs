//! Which line is where: a header per stage, and lines of one height below it.

use crate::lines::Lines;
use crate::px::between;
use crate::{LayoutOptions, Viewport};

/// The place of a stage and its lines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct StageRows {
    pub(crate) stage: usize,
    pub(crate) y: f64,
    pub(crate) rows_y: f64,
    pub(crate) height: f64,
}

/// All stages from the top down.
pub(crate) fn stage_rows<'a>(
    lines: impl Iterator<Item = &'a Lines>,
    options: &LayoutOptions,
) -> Vec<StageRows> {
    let mut y = options.band_gap / 2.0;
    let stages = lines.enumerate().map(|(stage, lines)| {
        let rows_y = y + options.band_header_height;
        let rows_height = lines.len() as f64 * options.row_height;
        // The same space below the rows as between them and the header's text.
        let height = options.band_header_height + rows_height + options.band_gap / 2.0;
        let rows = StageRows { stage, y, rows_y, height };
        y += height + options.band_gap;
        rows
    });
    stages.collect()
}

/// The height of the whole picture.
pub(crate) fn height(rows: &[StageRows], options: &LayoutOptions) -> f64 {
    rows.last().map_or(0.0, |last| last.y + last.height + options.band_gap / 2.0)
}

/// The lines of a stage that the viewport shows, at least in part.
pub(crate) fn visible_rows(
    rows: &StageRows,
    count: usize,
    viewport: &Viewport,
    row_height: f64,
) -> std::ops::Range<usize> {
    let clamp = |row: f64| between(row, 0.0, count as f64) as usize;
    let first = clamp(((viewport.top - rows.rows_y) / row_height).floor());
    let last = clamp(((viewport.top + viewport.height - rows.rows_y) / row_height).ceil());
    first..last.max(first)
}

/// The upper edge and the height of the bars in a line.
pub(crate) fn bar_y(rows: &StageRows, line: usize, options: &LayoutOptions) -> (f64, f64) {
    let inset = (options.row_height * 0.12).round();
    let y = rows.rows_y + line as f64 * options.row_height + inset;
    (y, options.row_height - 2.0 * inset)
}

/// The same for the thin bars of a collapsed group: beside its name or, without a column for it, below.
pub(crate) fn thin_bar_y(rows: &StageRows, line: usize, options: &LayoutOptions) -> (f64, f64) {
    if options.label_width <= 0.0 {
        let height = (options.row_height / 6.0).round().max(2.0);
        return (rows.rows_y + (line + 1) as f64 * options.row_height - height - 1.0, height);
    }
    let height = (options.row_height * 0.25).round().max(2.0);
    let y = rows.rows_y + (line as f64 + 0.5) * options.row_height - height / 2.0;
    (y.round(), height)
}

/// The same for the thin bars of a collapsed stage, at the foot of its header.
pub(crate) fn header_bar_y(rows: &StageRows, options: &LayoutOptions) -> (f64, f64) {
    let height = (options.row_height * 0.25).round().max(2.0);
    (rows.rows_y - height, height)
}

//! Extents of stages and of their rows: a header per stage, and rows of one height below it. The stages of a
//! pipeline that a deployment runs stand below the row of that one.
//!
//! ```text
//! Regions                 header
//! north  |▇▇▇▇▇▇▇|        row 0
//!   Sail                    header of a stage inside
//!   deck |▇▇▇▇▇▇▇|          its row 0
//! south          |▇▇▇▇▇|  row 1
//! ```

use crate::picture::{ChildRows, Picture};
use crate::px::between;
use crate::{LayoutOptions, Viewport};

/// Extent of a stage and of its rows, from the top, in pixels.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct StageExtent {
    pub(crate) stage: usize,
    pub(crate) y: f64,
    pub(crate) rows_y: f64,
    pub(crate) height: f64,
    /// Number of stages that it is in.
    pub(crate) depth: u8,
    /// `true` where the stage that it is in is folded.
    pub(crate) is_hidden: bool,
    /// By row in ascending order: the height of all that stands between the rows up to it.
    inserted: Vec<(usize, f64)>,
}

impl StageExtent {
    /// Upper edge of a row; of the one behind the last, their end.
    pub(crate) fn row_y(&self, row: usize, row_height: f64) -> f64 {
        let before = self.inserted.partition_point(|(at, _)| *at <= row);
        let inserted = before.checked_sub(1).map_or(0.0, |last| self.inserted[last].1);
        self.rows_y + row as f64 * row_height + inserted
    }
}

/// All stages, by index.
pub(crate) fn stage_extents(picture: &Picture, options: &LayoutOptions) -> Vec<StageExtent> {
    let mut extents = vec![StageExtent::default(); picture.stages.len()];
    let mut children = picture.children.as_slice();
    let mut y = options.band_gap / 2.0;
    for (stage, index) in picture.stages.iter().enumerate().filter(|(_, it)| !it.is_inside) {
        let count = children.iter().take_while(|child| child.stage == stage).count();
        let (inside, others) = children.split_at(count);
        children = others;
        let rows_y = y + options.band_header_height;
        let mut extent = StageExtent { stage, y, rows_y, ..StageExtent::default() };
        let inserted = insert(inside, picture, &mut extent, &mut extents, options);
        let rows_height = index.rows.len() as f64 * options.row_height + inserted;
        // The same space below the rows as between them and the header's text.
        extent.height = options.band_header_height + rows_height + options.band_gap / 2.0;
        y += extent.height + options.band_gap;
        extents[stage] = extent;
    }
    extents
}

/// Places the stages of the pipelines that a stage runs, and returns the height of all of them.
fn insert(
    inside: &[ChildRows],
    picture: &Picture,
    around: &mut StageExtent,
    extents: &mut [StageExtent],
    options: &LayoutOptions,
) -> f64 {
    let mut all = 0.0;
    for child in inside {
        let start = all;
        for stage in child.stages.clone() {
            let y = around.rows_y + child.row as f64 * options.row_height + all;
            let rows_y = y + options.band_header_height;
            let index = &picture.stages[stage];
            let mut extent = StageExtent { stage, y, rows_y, depth: 1, ..StageExtent::default() };
            if index.is_hidden {
                extent.is_hidden = true;
                extent.rows_y = y;
            } else {
                let rows_height = index.rows.len() as f64 * options.row_height;
                extent.height = options.band_header_height + rows_height + options.band_gap / 4.0;
                all += extent.height + options.band_gap / 4.0;
            }
            extents[stage] = extent;
        }
        if all > start {
            around.inserted.push((child.row, all));
        }
    }
    all
}

/// Height of the whole picture.
pub(crate) fn height(stages: &[StageExtent], options: &LayoutOptions) -> f64 {
    let bottoms = stages.iter().map(|stage| stage.y + stage.height);
    bottoms
        .fold(None, |most: Option<f64>, it| Some(most.map_or(it, |most| most.max(it))))
        .map_or(0.0, |bottom| bottom + options.band_gap / 2.0)
}

/// The rows of a stage that the viewport shows, at least in part.
pub(crate) fn visible_rows(
    extent: &StageExtent,
    count: usize,
    viewport: &Viewport,
    row_height: f64,
) -> std::ops::Range<usize> {
    if !extent.inserted.is_empty() {
        let (top, bottom) = (viewport.top, viewport.top + viewport.height);
        let first = first_row(count, |row| extent.row_y(row, row_height) + row_height > top);
        let last = first_row(count, |row| extent.row_y(row, row_height) >= bottom);
        return first..last.max(first);
    }
    let clamp = |row: f64| between(row, 0.0, count as f64) as usize;
    let first = clamp(((viewport.top - extent.rows_y) / row_height).floor());
    let last = clamp(((viewport.top + viewport.height - extent.rows_y) / row_height).ceil());
    first..last.max(first)
}

/// The first row for which something holds that holds for all below it; `count` where there is none.
fn first_row(count: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

/// Upper edge and height of the bars in a row.
pub(crate) fn bar_y(extent: &StageExtent, row: usize, options: &LayoutOptions) -> (f64, f64) {
    let inset = (options.row_height * 0.12).round();
    let y = extent.row_y(row, options.row_height) + inset;
    (y, options.row_height - 2.0 * inset)
}

/// The same for the thin bars of a collapsed group: beside its name or, without a column for it, below.
pub(crate) fn thin_bar_y(extent: &StageExtent, row: usize, options: &LayoutOptions) -> (f64, f64) {
    if options.label_width <= 0.0 {
        let height = (options.row_height / 6.0).round().max(2.0);
        let end = extent.row_y(row, options.row_height) + options.row_height;
        return (end - height - 1.0, height);
    }
    let height = (options.row_height * 0.25).round().max(2.0);
    let middle = extent.row_y(row, options.row_height) + options.row_height / 2.0;
    let y = middle - height / 2.0;
    (y.round(), height)
}

/// The same for the thin bars of a collapsed stage, at the foot of its header.
pub(crate) fn header_bar_y(extent: &StageExtent, options: &LayoutOptions) -> (f64, f64) {
    let height = (options.row_height * 0.25).round().max(2.0);
    (extent.rows_y - height, height)
}

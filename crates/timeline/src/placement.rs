//! Positions of rows and bars, visible or not.

use crate::columns::Columns;
use crate::row_list::{RowContent, RowList};
use crate::stage_extent::{self, StageExtent, bar_y, header_bar_y, stage_extents, thin_bar_y};
use crate::{LayoutOptions, Picture, Planned, Rect, TimeScale, Viewport};

/// The columns and the stages of a picture: computed once each time it is laid out.
pub(crate) struct Placement {
    pub(crate) columns: Columns,
    pub(crate) stages: Vec<StageExtent>,
}

impl Picture {
    /// Height of the whole picture, in pixels.
    pub fn height(&self, options: &LayoutOptions) -> f64 {
        self.height_of(&self.stage_extents(options), options)
    }

    /// The same, of these stages.
    pub(crate) fn height_of(&self, stages: &[StageExtent], options: &LayoutOptions) -> f64 {
        stage_extent::height(stages, options) + self.key_height(options)
    }

    /// The time axis, for positions of pointers and of what is drawn over the picture.
    pub fn scale(
        &self,
        planned: Planned<'_>,
        viewport: &Viewport,
        options: &LayoutOptions,
    ) -> TimeScale {
        Columns::new(self, planned, viewport, options).scale
    }

    /// The bar of a deployment, in pixels of the whole picture and not cut to the visible time;
    /// `None` where there is no such deployment or the filter leaves it out.
    pub fn bar_rect(
        &self,
        planned: Planned<'_>,
        viewport: &Viewport,
        options: &LayoutOptions,
        at: (usize, usize),
    ) -> Option<Rect> {
        self.placed_bar(planned, &self.placement(planned, viewport, options), options, at)
    }

    pub(crate) fn placement(
        &self,
        planned: Planned<'_>,
        viewport: &Viewport,
        options: &LayoutOptions,
    ) -> Placement {
        Placement {
            columns: Columns::new(self, planned, viewport, options),
            stages: self.stage_extents(options),
        }
    }

    pub(crate) fn stage_extents(&self, options: &LayoutOptions) -> Vec<StageExtent> {
        stage_extents(self, options)
    }

    pub(crate) fn placed_bar(
        &self,
        planned: Planned<'_>,
        placement: &Placement,
        options: &LayoutOptions,
        (stage, index): (usize, usize),
    ) -> Option<Rect> {
        let run = planned.schedule.stages.get(stage)?.runs.get(index)?;
        let (x, width) = placement.columns.scale.bar(run.start, run.end);
        let (extent, rows) = (placement.stages.get(stage)?, &self.stages.get(stage)?.rows);
        if extent.is_hidden {
            return None;
        }
        if let RowList::Collapsed(deployments) = rows {
            let runs = &planned.schedule.stages[stage].runs;
            deployments.position(u32::try_from(index).ok()?, runs)?;
        }
        let (y, height) = self.bar_y(extent, index, options)?;
        Some(Rect { x, y, width, height })
    }

    /// Upper edge and height of a deployment's bar; in a collapsed stage, of all its bars.
    pub(crate) fn bar_y(
        &self,
        extent: &StageExtent,
        index: usize,
        options: &LayoutOptions,
    ) -> Option<(f64, f64)> {
        let rows = &self.stages.get(extent.stage)?.rows;
        if extent.is_hidden {
            return None;
        }
        if let RowList::Collapsed(_) = rows {
            return Some(header_bar_y(extent, options));
        }
        let row = rows.row_of(index)?;
        Some(match rows.content(row)? {
            RowContent::Header(header) if header.group.is_some() => {
                thin_bar_y(extent, row, options)
            }
            RowContent::One(_) | RowContent::Header(_) => bar_y(extent, row, options),
        })
    }
}

//! The lines that name a stage, a group and a slot.

use deployline_engine::words::shown::isolated;
use deployline_engine::{format, words};

use super::stage::StageLayout;
use crate::row_list::{HeaderRow, RowList};
use crate::stage_extent::{bar_y, thin_bar_y};
use crate::{Band, GroupHeader, Scene, text};

/// Width of what folds a group, before its name, and of what keeps its number from the bars.
const BESIDE_NAME: f64 = 28.0;
/// Distance from one level of groups to the next, in pixels.
const INDENT: f64 = 12.0;

impl StageLayout<'_> {
    pub(super) fn band(&self) -> Band {
        let font_px = self.options.font_px;
        let times = match words::left_out(self.stage, self.run) {
            Some(left_out) => left_out.to_owned(),
            None => format!("{} – {}", self.run.start, self.run.end),
        };
        // The three texts of the header share its line; the times are the last to go.
        let taken =
            self.options.margin + self.options.controls_width() + text::width(&times, font_px);
        let room = self.scale.right - taken - 16.0;
        let room = room - f64::from(self.extent.depth) * INDENT;
        let title = text::fit(&isolated(&self.stage.name), room, font_px + 1.0);
        let detail_room = room - text::width(&title, font_px + 1.0) * 1.08 - 16.0;
        Band {
            stage: self.extent.stage,
            y: self.extent.y,
            height: self.extent.height,
            rows_y: self.extent.rows_y,
            depth: self.extent.depth,
            span_x: (self.scale.clamped_x(self.run.start), self.scale.clamped_x(self.run.end)),
            detail: text::fit(&self.detail(), detail_room, font_px),
            title,
            times,
            is_parallel: self.before.is_some_and(|before| before.entry == self.stage.entry),
            is_left_out: self.stage.absence.is_some(),
            is_collapsed: matches!(self.index.rows, RowList::Collapsed(_)),
            found: self.index.found,
            total: self.plan.deployments.len(),
        }
    }

    fn detail(&self) -> String {
        let (found, total) = (self.index.found, self.plan.deployments.len());
        if found == total {
            return words::product(self.stage, self.plan, self.run.max_concurrency);
        }
        let limit = format::limit(self.run.max_concurrency, total);
        format!("{found} of {}, {limit}", format::count(total, "deployment"))
    }

    /// A slot or a group's header, with the bars in its row.
    pub(super) fn header_row(&self, header: &HeaderRow, row: usize, scene: &mut Scene) {
        scene.headers.push(self.group_header(header, row));
        let (extent, options) = (self.extent, self.options);
        if header.group.is_some() {
            self.bars_of_row(&header.deployments, thin_bar_y(extent, row, options), true, scene);
        } else {
            self.bars_of_row(&header.deployments, bar_y(extent, row, options), false, scene);
        }
    }

    fn group_header(&self, header: &HeaderRow, row: usize) -> GroupHeader {
        let font_px = self.options.font_px;
        let x = self.options.margin + f64::from(header.depth) * INDENT;
        let has_column = self.options.label_width > 0.0;
        let detail = match (&header.group, header.found == header.total) {
            (None, true) => String::new(),
            (Some(_), true) => header.total.to_string(),
            // The row is the slot's bars'.
            (None, false) if !has_column => String::new(),
            (_, false) => format!("{} of {}", header.found, header.total),
        };
        let beside = BESIDE_NAME + text::width(&detail, font_px);
        let room = if has_column { self.scale.left } else { self.scale.right } - x - beside;
        let name = text::fit(&isolated(&header.name), room, font_px);
        let name_right = x + text::width(&name, font_px) + beside;
        let left = self.scale.clamped_x(header.from).max(name_right);
        GroupHeader {
            stage: self.extent.stage,
            group: header.group.clone(),
            x,
            y: self.extent.row_y(row, self.options.row_height),
            height: self.options.row_height,
            depth: header.depth,
            name,
            detail,
            times: format!("{} – {}", header.from, header.to),
            span_x: (left, self.scale.clamped_x(header.to).max(left)),
            found: header.found,
            total: header.total,
            is_collapsed: header.is_collapsed,
        }
    }
}

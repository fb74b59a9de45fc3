//! A stage's shapes: its band, the headers of its groups, its bars.
//!
//! ```text
//!            0s        1m        2m      ticks
//! Deploy to dev   4 deployments, 2 at a time
//! 1 cart → a |▇▇▇▇▇▇▇▇▇|
//! 2 web → a  |▇▇▇▇▇▇▇▇▇|
//! 3 cart → b           |▇▇▇▇▇▇▇▇▇|
//! ^number, name        ^bar
//! ```

use deployline_engine::words::shown::isolated;
use deployline_engine::{Stage, StagePlan, StageRun, format, words};

use crate::axis::TimeScale;
use crate::bar::LEAST_BAR;
use crate::lines::{Content, Head, Items, Lines};
use crate::merge::{Piece, pieces};
use crate::picture::{Frame, Ghosts, Picture, Planned, StageIndex, widest_service};
use crate::rows::{self, StageRows, visible_rows};
use crate::{
    Band, Bar, Cluster, Color, Colors, GroupHead, Idle, LayoutOptions, Scene, Viewport, text,
};

/// The narrowest gap that is drawn as one.
const LEAST_IDLE: f64 = 2.0;
/// How many of a cluster's deployments are looked at for their colour.
const COLOR_SAMPLES: usize = 8;

/// A stage with all that its shapes are made from.
pub(crate) struct StageView<'a> {
    pub(crate) stage: &'a Stage,
    pub(crate) plan: &'a StagePlan,
    pub(crate) run: &'a StageRun,
    pub(crate) index: &'a StageIndex,
    pub(crate) rows: &'a StageRows,
    pub(crate) scale: &'a TimeScale,
    pub(crate) options: &'a LayoutOptions,
    pub(crate) colors: &'a Colors,
    pub(crate) name_left: f64,
    /// The longest text that a bar of this stage could have in it, in pixels.
    pub(crate) widest_service: f64,
    before: Option<&'a Stage>,
    pub(crate) ghosts: Ghosts<'a>,
}

impl<'a> StageView<'a> {
    pub(crate) fn new(
        picture: &'a Picture,
        planned: Planned<'a>,
        frame: &'a Frame,
        rows: &'a StageRows,
        options: &'a LayoutOptions,
        ghosts: Ghosts<'a>,
    ) -> Self {
        let stages = &planned.plan.pipeline.stages;
        let stage = &stages[rows.stage];
        Self {
            stage,
            plan: &planned.plan.stages[rows.stage],
            run: &planned.schedule.stages[rows.stage],
            index: &picture.stages[rows.stage],
            rows,
            scale: &frame.scale,
            options,
            colors: &picture.colors,
            name_left: frame.name_left,
            widest_service: widest_service(stage, options.font_px),
            before: rows.stage.checked_sub(1).map(|before| &stages[before]),
            ghosts,
        }
    }

    pub(crate) fn draw(&self, viewport: &Viewport, scene: &mut Scene) {
        scene.bands.push(self.band());
        let lines = &self.index.lines;
        if let Lines::Collapsed(items) = lines {
            self.items(items, rows::header_bar_y(self.rows, self.options), true, scene);
            return;
        }
        for line in visible_rows(self.rows, lines.len(), viewport, self.options.row_height) {
            match lines.content(line) {
                Some(Content::One(index)) => {
                    let y = rows::bar_y(self.rows, line, self.options);
                    let bar = Bar { is_alone: true, ..self.bar(index, y) };
                    scene.bars.push(self.named(bar));
                }
                Some(Content::Head(head)) => self.head(head, line, scene),
                None => {}
            }
        }
    }

    fn band(&self) -> Band {
        let font_px = self.options.font_px;
        let times = format!("{} – {}", self.run.start, self.run.end);
        // The three texts of the header share its line; the times are the last to go.
        let taken = self.options.margin + self.options.header_room + text::width(&times, font_px);
        let room = self.scale.right - taken - 16.0;
        let title = text::fit(&isolated(&self.stage.name), room, font_px + 1.0);
        let detail_room = room - text::width(&title, font_px + 1.0) * 1.08 - 16.0;
        Band {
            stage: self.rows.stage,
            y: self.rows.y,
            height: self.rows.height,
            rows_y: self.rows.rows_y,
            span_x: (self.scale.clamped_x(self.run.start), self.scale.clamped_x(self.run.end)),
            detail: text::fit(&self.detail(), detail_room, font_px),
            title,
            times,
            is_parallel: self.before.is_some_and(|before| before.entry == self.stage.entry),
            is_collapsed: matches!(self.index.lines, Lines::Collapsed(_)),
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

    /// A lane or a group's header, with the bars in its line.
    fn head(&self, head: &Head, line: usize, scene: &mut Scene) {
        let y = self.rows.rows_y + line as f64 * self.options.row_height;
        let x = self.options.margin + f64::from(head.depth) * 12.0;
        let has_column = self.options.label_width > 0.0;
        let detail = match (&head.group, head.found == head.total) {
            (None, true) => String::new(),
            (Some(_), true) => head.total.to_string(),
            // The line is the slot's bars'.
            (None, false) if !has_column => String::new(),
            (_, false) => format!("{} of {}", head.found, head.total),
        };
        // A viewer folds a group by what stands before its name; the number stands behind it.
        let beside = 28.0 + text::width(&detail, self.options.font_px);
        let room = if has_column { self.scale.left } else { self.scale.right } - x - beside;
        let name = text::fit(&isolated(&head.name), room, self.options.font_px);
        let name_right = x + text::width(&name, self.options.font_px) + beside;
        let left = self.scale.clamped_x(head.from).max(name_right);
        scene.heads.push(GroupHead {
            stage: self.rows.stage,
            group: head.group.clone(),
            x,
            y,
            height: self.options.row_height,
            depth: head.depth,
            name,
            detail,
            times: format!("{} – {}", head.from, head.to),
            span_x: (left, self.scale.clamped_x(head.to).max(left)),
            found: head.found,
            total: head.total,
            is_collapsed: head.is_collapsed,
        });
        if head.group.is_some() {
            self.items(&head.items, rows::thin_bar_y(self.rows, line, self.options), true, scene);
        } else {
            self.items(&head.items, rows::bar_y(self.rows, line, self.options), false, scene);
        }
    }

    /// The bars of one line: thin ones in the header of a collapsed group, or those of a slot.
    fn items(&self, items: &Items, y: (f64, f64), is_thin: bool, scene: &mut Scene) {
        let pieces = pieces(items, &self.run.runs, self.scale);
        for (i, piece) in pieces.iter().enumerate() {
            if piece.count > 1 {
                let next_x = pieces.get(i + 1).map(|next| self.scale.x(next.from));
                scene.clusters.push(self.cluster(items, piece, next_x, y));
                continue;
            }
            let mut bar = self.bar(piece.first as usize, y);
            bar.is_thin = is_thin;
            scene.bars.push(if is_thin { bar } else { self.labelled(bar) });
        }
        if !is_thin {
            self.idle(&pieces, y, scene);
        }
    }

    fn cluster(&self, items: &Items, piece: &Piece, next_x: Option<f64>, y: (f64, f64)) -> Cluster {
        let x = self.scale.clamped_x(piece.from);
        let right = self.scale.clamped_x(piece.to).min(next_x.unwrap_or(f64::INFINITY)) - 1.0;
        let members = &items.by_start[piece.range.clone()];
        let step = members.len().div_ceil(COLOR_SAMPLES).max(1);
        let mut colors = members.iter().step_by(step).map(|&index| self.color(index as usize));
        let first = colors.next().unwrap_or(Color::Neutral);
        Cluster {
            stage: self.rows.stage,
            first: piece.first as usize,
            count: piece.count,
            from: piece.from,
            to: piece.to,
            x,
            y: y.0,
            width: (right - x).max(LEAST_BAR),
            height: y.1,
            color: if colors.all(|color| color == first) { first } else { Color::Neutral },
        }
    }

    /// The time in which a slot has nothing to do though its stage runs.
    fn idle(&self, pieces: &[Piece], y: (f64, f64), scene: &mut Scene) {
        let mut free_from = self.run.start;
        let end = (self.run.end, self.run.end);
        for (from, to) in pieces.iter().map(|piece| (piece.from, piece.to)).chain([end]) {
            let x = self.scale.clamped_x(free_from);
            let width = self.scale.clamped_x(from) - x;
            if width >= LEAST_IDLE {
                let stage = self.rows.stage;
                scene.idle.push(Idle { stage, x, y: y.0, width, height: y.1 });
            }
            free_from = free_from.max(to);
        }
    }
}

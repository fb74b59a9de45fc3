//! Plan and schedule to shapes: what is visible, and nothing else.
//!
//! ```text
//!            0s        1m        2m      ticks
//! Deploy to dev   4 deployments, 2 at a time
//! 1 cart → a |▇▇▇▇▇▇▇▇▇|
//! 2 web → a  |▇▇▇▇▇▇▇▇▇|
//! 3 cart → b           |▇▇▇▇▇▇▇▇▇|
//! ^number, name        ^bar
//! ```

use deployline_planner::{Plan, Schedule, Stage, StagePlan, StageRun, Work, words};

use crate::axis::TimeScale;
use crate::rows::{StageRows, content_height, stage_rows, visible_rows};
use crate::{Band, Bar, Color, LayoutOptions, Scene, ServiceColors, Viewport, text};

/// The narrowest bar, so that what takes no time is seen too.
const LEAST_BAR: f64 = 3.0;
/// Between a bar's edge and its text.
const PADDING: f64 = 6.0;

/// Lays out what `viewport` shows.
pub fn layout(
    plan: &Plan,
    schedule: &Schedule,
    colors: &ServiceColors,
    viewport: &Viewport,
    options: &LayoutOptions,
) -> Scene {
    let number_right = options.margin + number_width(plan, options);
    let name_left = number_right + 8.0;
    let left = plot_left(plan, name_left, options);
    // The last mark is centred on the right end and needs room of its own.
    let right = viewport.width - options.margin - 12.0;
    let scale = TimeScale::new(left, right, schedule.end);
    let mut scene = Scene {
        width: viewport.width,
        number_right,
        name_left,
        height: content_height(plan, options),
        plot_left: scale.left,
        plot_right: scale.right,
        ticks: scale.ticks(),
        bands: Vec::new(),
        bars: Vec::new(),
    };
    for rows in stage_rows(plan, options).iter().filter(|rows| is_visible(rows, viewport)) {
        let view = StageView {
            stage: &plan.pipeline.stages[rows.stage],
            plan: &plan.stages[rows.stage],
            run: &schedule.stages[rows.stage],
            rows,
            scale: &scale,
            options,
            colors,
            name_left,
            widest_service: widest_service(&plan.pipeline.stages[rows.stage], options.font_px),
        };
        let before = rows.stage.checked_sub(1).map(|before| &plan.pipeline.stages[before]);
        scene.bands.push(view.band(before));
        let visible = visible_rows(rows, view.plan.deployments.len(), viewport, options.row_height);
        scene.bars.extend(visible.map(|index| view.bar(index)));
    }
    scene
}

/// Where time starts: behind the longest name, as far as the column of names may reach.
fn plot_left(plan: &Plan, name_left: f64, options: &LayoutOptions) -> f64 {
    if options.label_width <= 0.0 {
        return options.margin;
    }
    let of_stage = |stage: &Stage| match &stage.work {
        Work::Deploy(deploy) => {
            let targets = deploy.targets.items.iter().map(words::place_label);
            widest_service(stage, options.font_px)
                + widest(targets, options.font_px)
                + text::width(" → ", options.font_px)
        }
        Work::Other | Work::Unknown => widest_service(stage, options.font_px),
    };
    let names = plan.pipeline.stages.iter().map(of_stage).fold(0.0, f64::max);
    (name_left + names + 2.0 * PADDING)
        .clamp(options.margin + options.label_width * 0.5, options.margin + options.label_width)
}

fn widest<'a>(names: impl Iterator<Item = &'a str>, font_px: f64) -> f64 {
    names.map(|name| text::width(name, font_px)).fold(0.0, f64::max)
}

/// The longest name of a service; of a stage that deploys nothing, its own.
fn widest_service(stage: &Stage, font_px: f64) -> f64 {
    match &stage.work {
        Work::Deploy(deploy) => {
            widest(deploy.services.items.iter().map(|item| item.name.text.as_str()), font_px)
        }
        Work::Other | Work::Unknown => text::width(&stage.name, font_px),
    }
}

/// Room for the largest number of all rows.
fn number_width(plan: &Plan, options: &LayoutOptions) -> f64 {
    let most = plan.stages.iter().map(|stage| stage.deployments.len()).max().unwrap_or(0);
    text::width(&most.to_string(), options.font_px).max(10.0)
}

fn is_visible(rows: &StageRows, viewport: &Viewport) -> bool {
    rows.y + rows.height >= viewport.top && rows.y <= viewport.top + viewport.height
}

/// A stage with all that its shapes are made from.
struct StageView<'a> {
    stage: &'a Stage,
    plan: &'a StagePlan,
    run: &'a StageRun,
    rows: &'a StageRows,
    scale: &'a TimeScale,
    options: &'a LayoutOptions,
    colors: &'a ServiceColors,
    name_left: f64,
    /// The longest text that a bar of this stage could have in it.
    widest_service: f64,
}

impl StageView<'_> {
    fn band(&self, before: Option<&Stage>) -> Band {
        let font_px = self.options.font_px;
        let times = format!("{} – {}", self.run.start, self.run.end);
        // The three texts of the header share its line; the times are the last to go.
        let room = self.scale.right - self.options.margin - text::width(&times, font_px) - 16.0;
        let title = text::fit(&self.stage.name, room, font_px + 1.0);
        let detail_room = room - text::width(&title, font_px + 1.0) * 1.08 - 16.0;
        Band {
            stage: self.rows.stage,
            y: self.rows.y,
            height: self.rows.height,
            rows_y: self.rows.rows_y,
            span_x: (self.scale.x(self.run.start), self.scale.x(self.run.end)),
            detail: text::fit(&self.detail(), detail_room, font_px),
            title,
            times,
            is_parallel: before.is_some_and(|before| before.entry == self.stage.entry),
        }
    }

    fn detail(&self) -> String {
        words::product(self.stage, self.plan, self.run.max_concurrency)
    }

    fn bar(&self, index: usize) -> Bar {
        let run = &self.run.runs[index];
        let deployment = self.plan.deployments[index];
        let x = self.scale.x(run.start);
        let width = (self.scale.x(run.end) - x - 1.0).max(LEAST_BAR);
        let inset = (self.options.row_height * 0.12).round();
        let mut bar = Bar {
            stage: self.rows.stage,
            index,
            x,
            y: self.rows.rows_y + index as f64 * self.options.row_height + inset,
            width,
            height: self.options.row_height - 2.0 * inset,
            color: self.color(deployment.service),
            number: match self.stage.work {
                Work::Deploy(_) => (index + 1).to_string(),
                Work::Other | Work::Unknown => String::new(),
            },
            row_label: String::new(),
            bar_label: String::new(),
            bar_label_x: x + PADDING,
            is_label_outside: false,
            status: run.status,
            is_placeholder: deployment.is_placeholder,
        };
        self.name(&mut bar);
        bar
    }

    fn color(&self, service: Option<u32>) -> Color {
        match (&self.stage.work, service) {
            (Work::Deploy(deploy), Some(service)) => {
                self.colors.of(words::service_label(deploy, service))
            }
            _ => Color::Neutral,
        }
    }

    /// Names a bar: in its row's label column, or, without one, in or beside the bar.
    fn name(&self, bar: &mut Bar) {
        let font_px = self.options.font_px;
        let (service, target) = self.names(bar.index);
        let full =
            if target.is_empty() { service.clone() } else { format!("{service} → {target}") };
        let inside = bar.width - 2.0 * PADDING;
        if self.options.label_width > 0.0 {
            let room = self.scale.left - self.name_left - PADDING;
            bar.row_label = text::fit(&full, room, font_px);
            // The row has the whole name. In the bars, all of a stage have theirs or none.
            if self.widest_service <= inside {
                bar.bar_label = service;
            }
            return;
        }
        let numbered = format!("{} {full}", bar.number).trim_start().to_owned();
        bar.bar_label = text::fit(&numbered, inside, font_px);
        let (right_room, left_room) =
            (self.scale.right - bar.x - bar.width, bar.x - self.options.margin);
        if bar.bar_label == numbered || right_room.max(left_room) <= inside {
            return;
        }
        bar.is_label_outside = true;
        let room = right_room.max(left_room) - 2.0 * PADDING;
        bar.bar_label = text::fit(&numbered, room, font_px);
        bar.bar_label_x = if right_room >= left_room {
            bar.x + bar.width + PADDING
        } else {
            bar.x - PADDING - text::width(&bar.bar_label, font_px)
        };
    }

    fn names(&self, index: usize) -> (String, String) {
        let deployment = self.plan.deployments[index];
        match (&self.stage.work, deployment.service, deployment.target) {
            (Work::Deploy(deploy), Some(service), Some(target)) => (
                words::service_label(deploy, service).to_owned(),
                words::target_label(deploy, target),
            ),
            _ => (words::label(self.stage, self.plan, index), String::new()),
        }
    }
}

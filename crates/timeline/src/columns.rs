//! The columns of a picture, from the left: numbers, names, time.

use deployline_engine::{Plan, Stage, Target, Work};

use crate::axis::TimeScale;
use crate::picture::{Picture, Planned, StageIndex};
use crate::px::between;
use crate::{LayoutOptions, Rows, Viewport, text};

/// Between a bar's edge and its text, in pixels.
pub(crate) const PADDING: f64 = 6.0;

/// Right end of numbers, left end of names, and time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Columns {
    pub(crate) number_right: f64,
    pub(crate) name_left: f64,
    pub(crate) scale: TimeScale,
}

impl Columns {
    pub(crate) fn new(
        picture: &Picture,
        Planned { plan, schedule, .. }: Planned<'_>,
        viewport: &Viewport,
        options: &LayoutOptions,
    ) -> Self {
        let number_right = options.margin + number_width(plan, options);
        let name_left = number_right + 8.0;
        let left = if options.label_width > 0.0 {
            plot_left(plan, name_left, options)
        } else {
            options.margin + widest_slot(picture, options)
        };
        // The last mark is centred on the right end and needs room of its own.
        let right = viewport.width - options.margin - 12.0;
        let scale = TimeScale::new(left, right, schedule.end, viewport.window);
        Self { number_right, name_left, scale }
    }
}

/// Room for the names of slots, which no bar can carry; none where there are no slots.
fn widest_slot(picture: &Picture, options: &LayoutOptions) -> f64 {
    if picture.rows != Rows::Lanes {
        return 0.0;
    }
    let last = |stage: &StageIndex| {
        stage.rows.headers().last().map(|last| text::width(&last.name, options.font_px))
    };
    picture.stages.iter().filter_map(last).map(|name| name + 2.0 * PADDING).fold(0.0, f64::max)
}

/// Left end of the time: behind the longest name, as far as the column of names may reach.
fn plot_left(plan: &Plan, name_left: f64, options: &LayoutOptions) -> f64 {
    let of_stage = |stage: &Stage| match &stage.work {
        Work::Deploy(deploy) => {
            let targets = deploy.targets.items.iter().map(Target::short_name);
            widest_service(stage, options.font_px)
                + widest(targets, options.font_px)
                + text::width(" → ", options.font_px)
        }
        Work::Other | Work::Unknown => widest_service(stage, options.font_px),
    };
    let names = plan.pipeline.stages.iter().map(of_stage).fold(0.0, f64::max);
    let (least, most) = (options.label_width * 0.5, options.label_width);
    between(name_left + names + 2.0 * PADDING, options.margin + least, options.margin + most)
}

fn widest<'a>(names: impl Iterator<Item = &'a str>, font_px: f64) -> f64 {
    names.map(|name| text::width(name, font_px)).fold(0.0, f64::max)
}

/// Width of the longest name of a service; in a stage that deploys nothing, of the stage's own.
pub(crate) fn widest_service(stage: &Stage, font_px: f64) -> f64 {
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

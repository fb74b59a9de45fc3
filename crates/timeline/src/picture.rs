//! What a viewer arranged, prepared: what costs time once, so that moving about costs little.

use deployline_engine::words::shown::{FIRST_STRONG_ISOLATE, POP_ISOLATE};
use deployline_engine::{Ms, Plan, Schedule, Stage, Work, words};
use deployline_planner::lower_case;

use crate::axis::TimeScale;
use crate::filter::Matches;
use crate::lines::Lines;
use crate::px::between;
use crate::rows::{self, StageRows, stage_rows};
use crate::stage_view::StageView;
use crate::{Arrangement, Colors, LayoutOptions, Rows, Scene, TimeWindow, Viewport, text};

/// Between a bar's edge and its text, in pixels.
pub(crate) const PADDING: f64 = 6.0;

/// What is drawn: a plan and when it runs. The two belong to each other.
#[derive(Clone, Copy, Debug)]
pub struct Planned<'a> {
    /// What is deployed.
    pub plan: &'a Plan,
    /// When.
    pub schedule: &'a Schedule,
}

/// When a deployment ran in another plan: by stage and index, start and end.
pub type Ghosts<'a> = &'a dyn Fn(usize, usize) -> Option<(Ms, Ms)>;

/// An arrangement of a plan: which deployment is in which row, and what colour it has.
///
/// It is asked with the same [`Planned`] that it was made from. In list order, without a filter, it
/// holds nothing per deployment.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// What has which colour, for a legend.
    pub colors: Colors,
    pub(crate) rows: Rows,
    pub(crate) stages: Vec<StageIndex>,
}

/// A stage's part of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StageIndex {
    pub(crate) matches: Matches,
    pub(crate) lines: Lines,
    /// How many deployments the filter finds.
    pub(crate) found: usize,
}

/// What decides where shapes are: computed once for each picture that is drawn.
pub(crate) struct Frame {
    pub(crate) number_right: f64,
    pub(crate) name_left: f64,
    pub(crate) scale: TimeScale,
    pub(crate) stages: Vec<StageRows>,
}

impl Picture {
    /// Arranges a plan.
    pub fn new(planned: Planned<'_>, arrangement: &Arrangement) -> Self {
        let Planned { plan, schedule } = planned;
        // Copied out of a picture, a name has what sets it apart around it.
        let needle = arrangement.filter.replace([FIRST_STRONG_ISOLATE, POP_ISOLATE], "");
        let needle = lower_case(needle.trim());
        let stages = plan.pipeline.stages.iter().zip(&plan.stages).zip(&schedule.stages);
        let stages = stages.map(|((stage, plan), run)| {
            let matches = Matches::new(stage, &needle);
            let lines = Lines::new(stage, plan, run, arrangement, &matches);
            let found = match &matches {
                Matches::All => plan.deployments.len(),
                some @ Matches::Some { .. } => {
                    plan.deployments.iter().filter(|deployment| some.has(**deployment)).count()
                }
            };
            StageIndex { matches, lines, found }
        });
        Self {
            colors: Colors::new(&plan.pipeline, arrangement.color_by),
            rows: arrangement.rows,
            stages: stages.collect(),
        }
    }

    /// How many deployments the filter finds.
    pub fn found(&self) -> usize {
        self.stages.iter().map(|stage| stage.found).sum()
    }

    /// The height of the whole picture, in pixels.
    pub fn height(&self, options: &LayoutOptions) -> f64 {
        rows::height(&self.stage_rows(options), options)
    }

    /// The time axis, for the places of pointers and of what is drawn over the picture.
    pub fn scale(
        &self,
        planned: Planned<'_>,
        viewport: &Viewport,
        options: &LayoutOptions,
    ) -> TimeScale {
        self.columns(planned, viewport.width, viewport.window, options).2
    }

    /// Lays out what `viewport` shows.
    pub fn layout(
        &self,
        planned: Planned<'_>,
        viewport: &Viewport,
        options: &LayoutOptions,
    ) -> Scene {
        self.layout_with_ghosts(planned, viewport, options, &|_, _| None)
    }

    /// The same; bars also show where `ghosts` has them.
    pub fn layout_with_ghosts(
        &self,
        planned: Planned<'_>,
        viewport: &Viewport,
        options: &LayoutOptions,
        ghosts: Ghosts<'_>,
    ) -> Scene {
        let frame = self.frame(planned, viewport, options);
        let mut scene = Scene {
            width: viewport.width,
            number_right: frame.number_right,
            name_left: frame.name_left,
            height: rows::height(&frame.stages, options),
            plot_left: frame.scale.left,
            plot_right: frame.scale.right,
            scale: frame.scale,
            ticks: frame.scale.ticks(),
            ..Scene::default()
        };
        for rows in frame.stages.iter().filter(|rows| is_visible(rows, viewport)) {
            StageView::new(self, planned, &frame, rows, options, ghosts).draw(viewport, &mut scene);
        }
        scene
    }

    pub(crate) fn frame(
        &self,
        planned: Planned<'_>,
        viewport: &Viewport,
        options: &LayoutOptions,
    ) -> Frame {
        let (number_right, name_left, scale) =
            self.columns(planned, viewport.width, viewport.window, options);
        Frame { number_right, name_left, scale, stages: self.stage_rows(options) }
    }

    pub(crate) fn stage_rows(&self, options: &LayoutOptions) -> Vec<StageRows> {
        stage_rows(self.stages.iter().map(|stage| &stage.lines), options)
    }

    /// The columns from the left: where numbers end, where names start, and time.
    fn columns(
        &self,
        Planned { plan, schedule }: Planned<'_>,
        width: f64,
        window: Option<TimeWindow>,
        options: &LayoutOptions,
    ) -> (f64, f64, TimeScale) {
        let number_right = options.margin + number_width(plan, options);
        let name_left = number_right + 8.0;
        let left = if options.label_width > 0.0 {
            plot_left(plan, name_left, options)
        } else {
            options.margin + self.widest_slot(options)
        };
        // The last mark is centred on the right end and needs room of its own.
        let right = width - options.margin - 12.0;
        (number_right, name_left, TimeScale::new(left, right, schedule.end, window))
    }

    /// Room for the names of slots, which no bar can carry; none where there are no slots.
    fn widest_slot(&self, options: &LayoutOptions) -> f64 {
        if self.rows != Rows::Lanes {
            return 0.0;
        }
        let last = |stage: &StageIndex| {
            stage.lines.heads().last().map(|last| text::width(&last.name, options.font_px))
        };
        self.stages.iter().filter_map(last).map(|name| name + 2.0 * PADDING).fold(0.0, f64::max)
    }
}

/// Where time starts: behind the longest name, as far as the column of names may reach.
fn plot_left(plan: &Plan, name_left: f64, options: &LayoutOptions) -> f64 {
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
    let (least, most) = (options.label_width * 0.5, options.label_width);
    between(name_left + names + 2.0 * PADDING, options.margin + least, options.margin + most)
}

fn widest<'a>(names: impl Iterator<Item = &'a str>, font_px: f64) -> f64 {
    names.map(|name| text::width(name, font_px)).fold(0.0, f64::max)
}

/// The longest name of a service; of a stage that deploys nothing, its own.
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

fn is_visible(rows: &StageRows, viewport: &Viewport) -> bool {
    rows.y + rows.height >= viewport.top && rows.y <= viewport.top + viewport.height
}

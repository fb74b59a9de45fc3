//! A stage with all that its shapes are made from.

use deployline_engine::{Plan, Schedule, Stage, StagePlan, StageRun, StepTimes};

use crate::axis::TimeScale;
use crate::columns::{Columns, widest_service};
use crate::picture::{Ghosts, Picture, Planned, StageIndex};
use crate::stage_extent::StageExtent;
use crate::{Colors, LayoutOptions};

pub(crate) struct StageLayout<'a> {
    pub(crate) stage: &'a Stage,
    pub(crate) plan: &'a StagePlan,
    pub(crate) run: &'a StageRun,
    pub(crate) schedule: &'a Schedule,
    pub(crate) index: &'a StageIndex,
    pub(crate) extent: &'a StageExtent,
    pub(crate) scale: &'a TimeScale,
    pub(crate) options: &'a LayoutOptions,
    pub(crate) colors: &'a Colors,
    pub(crate) name_left: f64,
    /// Width of the longest text that a bar of this stage could have in it, in pixels.
    pub(crate) widest_service: f64,
    /// The stage before it in the pipeline.
    pub(crate) before: Option<&'a Stage>,
    pub(crate) ghosts: Ghosts<'a>,
    /// Times of its steps, where bars show them.
    pub(crate) steps: Option<StepTimes<'a>>,
}

impl<'a> StageLayout<'a> {
    pub(crate) fn new(
        picture: &'a Picture,
        planned: Planned<'a>,
        columns: &'a Columns,
        extent: &'a StageExtent,
        options: &'a LayoutOptions,
        ghosts: Ghosts<'a>,
    ) -> Self {
        let stages = &planned.plan.pipeline.stages;
        let stage = &stages[extent.stage];
        Self {
            stage,
            plan: &planned.plan.stages[extent.stage],
            run: &planned.schedule.stages[extent.stage],
            schedule: planned.schedule,
            index: &picture.stages[extent.stage],
            extent,
            scale: &columns.scale,
            options,
            colors: &picture.colors,
            name_left: columns.name_left,
            widest_service: widest_service(stage, options.font_px),
            before: before(planned.plan, extent.stage),
            ghosts,
            steps: picture.shows_steps.then(|| steps(planned, extent.stage)).flatten(),
        }
    }
}

fn steps(planned: Planned<'_>, stage: usize) -> Option<StepTimes<'_>> {
    StepTimes::new(planned.plan, planned.schedule, planned.assumptions, stage)
}

/// The stage before one in the same pipeline.
fn before(plan: &Plan, stage: usize) -> Option<&Stage> {
    let first = plan.child_of(stage).map_or(0, |child| child.stages.start as usize);
    let is_of_text = first > 0 || stage < plan.own_stage_count();
    (is_of_text && stage > first).then(|| &plan.pipeline.stages[stage - 1])
}

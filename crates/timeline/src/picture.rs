//! An arrangement of a plan: made once, so that moving about in it costs little.

use deployline_engine::format::lower_case;
use deployline_engine::words::shown::{FIRST_STRONG_ISOLATE, POP_ISOLATE};
use deployline_engine::{Assumptions, Ms, Plan, Schedule};

use crate::filter::Matches;
use crate::row_list::RowList;
use crate::{Arrangement, Colors, KeyMark, Rows};

/// A plan and its schedule, which belong to each other.
#[derive(Clone, Copy, Debug)]
pub struct Planned<'a> {
    /// Stages and their deployments.
    pub plan: &'a Plan,
    /// Their times.
    pub schedule: &'a Schedule,
    /// Assumptions that the times follow from.
    pub assumptions: &'a Assumptions,
}

/// Start and end of a deployment in the plan that this one is compared with, by stage and index;
/// `None` where it has none there, or the same.
pub type Ghosts<'a> = &'a dyn Fn(usize, usize) -> Option<(Ms, Ms)>;

/// An arrangement of a plan: which deployment is in which row, and what colour it has.
///
/// It is asked with the same [`Planned`] that it was made from. In list order, without a filter, it
/// holds nothing per deployment.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Names and their colours, for a legend.
    pub colors: Colors,
    /// Marks that some bars have beside their colours, for a legend.
    pub key: Vec<KeyMark>,
    pub(crate) rows: Rows,
    pub(crate) shows_steps: bool,
    pub(crate) stages: Vec<StageIndex>,
}

/// The rows of a stage, and what of it the filter finds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StageIndex {
    pub(crate) matches: Matches,
    pub(crate) rows: RowList,
    /// Number of deployments that the filter finds.
    pub(crate) found: usize,
}

impl Picture {
    /// Arranges a plan.
    pub fn new(planned: Planned<'_>, arrangement: &Arrangement) -> Self {
        let Planned { plan, schedule, .. } = planned;
        // Copied out of a picture, a name has what sets it apart around it.
        let needle = arrangement.filter.replace([FIRST_STRONG_ISOLATE, POP_ISOLATE], "");
        let needle = lower_case(needle.trim());
        let stages = plan.pipeline.stages.iter().zip(&plan.stages).zip(&schedule.stages);
        let stages = stages.map(|((stage, plan), run)| {
            let matches = Matches::new(stage, &needle);
            let rows = RowList::new(stage, plan, run, arrangement, &matches);
            let found = match &matches {
                Matches::All => plan.deployments.len(),
                some @ Matches::Some { .. } => {
                    plan.deployments.iter().filter(|deployment| some.has(**deployment)).count()
                }
            };
            StageIndex { matches, rows, found }
        });
        Self {
            colors: Colors::new(&plan.pipeline, arrangement.color_by),
            key: KeyMark::of(schedule),
            rows: arrangement.rows,
            shows_steps: arrangement.shows_steps,
            stages: stages.collect(),
        }
    }

    /// Number of deployments that the filter finds.
    pub fn found(&self) -> usize {
        self.stages.iter().map(|stage| stage.found).sum()
    }
}

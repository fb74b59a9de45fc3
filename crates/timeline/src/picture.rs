//! An arrangement of a plan: made once, so that moving about in it costs little.

use std::ops::Range;

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
    /// By index, as in the plan.
    pub(crate) stages: Vec<StageIndex>,
    /// Pipelines that deployments run, from the top down.
    pub(crate) children: Vec<ChildRows>,
    /// Rows in the order in which they are drawn.
    pub(crate) runs_of_rows: Vec<RowRun>,
}

/// Place of a pipeline that a deployment runs: below the rows before `row` of its stage.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ChildRows {
    /// The stage of the deployment.
    pub(crate) stage: usize,
    pub(crate) row: usize,
    pub(crate) stages: Range<usize>,
}

/// Rows of a stage with nothing of another stage between them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RowRun {
    pub(crate) stage: usize,
    pub(crate) rows: Range<usize>,
}

/// The rows of a stage, and what of it the filter finds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StageIndex {
    pub(crate) matches: Matches,
    pub(crate) rows: RowList,
    /// Number of deployments that the filter finds.
    pub(crate) found: usize,
    /// `true` for a stage of a pipeline that a deployment runs.
    pub(crate) is_inside: bool,
    /// `true` where the stage of that deployment is folded.
    pub(crate) is_hidden: bool,
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
            StageIndex { matches, rows, found, is_inside: false, is_hidden: false }
        });
        let mut stages: Vec<StageIndex> = stages.collect();
        let children = children(plan, &mut stages);
        Self {
            colors: Colors::new(&plan.pipeline, arrangement.color_by),
            key: KeyMark::of(schedule),
            rows: arrangement.rows,
            shows_steps: arrangement.shows_steps,
            runs_of_rows: runs_of_rows(&stages, &children),
            stages,
            children,
        }
    }

    /// Number of deployments that the filter finds.
    pub fn found(&self) -> usize {
        self.stages.iter().map(|stage| stage.found).sum()
    }
}

/// Places of the pipelines that deployments run; marks their stages.
fn children(plan: &Plan, stages: &mut [StageIndex]) -> Vec<ChildRows> {
    let mut children: Vec<ChildRows> = Vec::with_capacity(plan.children.len());
    for child in &plan.children {
        let (stage, index) = (child.of.stage as usize, child.of.index as usize);
        let rows = &stages[stage].rows;
        let is_hidden = matches!(rows, RowList::Collapsed(_));
        let row = rows.row_of(index).map_or(rows.len(), |row| row + 1);
        let of_child = child.stages.start as usize..child.stages.end as usize;
        for inside in &mut stages[of_child.clone()] {
            (inside.is_inside, inside.is_hidden) = (true, is_hidden);
        }
        children.push(ChildRows { stage, row, stages: of_child });
    }
    deployline_map::sort_by(&mut children, |a, b| (a.stage, a.row).cmp(&(b.stage, b.row)));
    children
}

fn runs_of_rows(stages: &[StageIndex], children: &[ChildRows]) -> Vec<RowRun> {
    let mut runs = Vec::with_capacity(stages.len());
    let mut children = children.iter().peekable();
    for (stage, index) in stages.iter().enumerate().filter(|(_, it)| !it.is_inside) {
        let mut first = 0;
        while let Some(child) = children.next_if(|child| child.stage == stage) {
            if child.row > first {
                runs.push(RowRun { stage, rows: first..child.row });
                first = child.row;
            }
            let inside = child.stages.clone().filter(|inside| !stages[*inside].is_hidden);
            runs.extend(inside.map(|stage| RowRun { stage, rows: 0..stages[stage].row_count() }));
        }
        runs.push(RowRun { stage, rows: first..index.row_count().max(first) });
    }
    runs
}

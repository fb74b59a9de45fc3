//! What a run shows, in words.

use super::{count, label, limit};
use crate::insight::EarlyStarts;
use crate::{AxisName, Plan, Schedule};

/// Which deployments of a stage start early and why, in two sentences.
pub fn early_starts(
    plan: &Plan,
    schedule: &Schedule,
    stage_idx: usize,
    early: &EarlyStarts,
) -> String {
    let (stage, stage_plan) = (&plan.pipeline.stages[stage_idx], &plan.stages[stage_idx]);
    let run = &schedule.stages[stage_idx];
    let item = match early.axis {
        AxisName::Services => "service",
        AxisName::Targets => "target",
    };
    let [late, unfinished] =
        [early.late, early.unfinished].map(|index| label(stage, stage_plan, index as usize));
    let start = run.runs[early.late as usize].start;
    let end = run.runs[early.unfinished as usize].end;
    let early_ones = count(early.indexes.len(), "deployment");
    let verb = if early.indexes.len() == 1 { "starts" } else { "start" };
    let limit = limit(run.max_concurrency, run.runs.len());
    format!(
        "{early_ones} {verb} on a later {item} before an earlier one is finished: {late} starts at \
         {start}, {unfinished} ends at {end}. The engine only limits how many run at once ({limit}); \
         it does not wait for a {item} to finish."
    )
}

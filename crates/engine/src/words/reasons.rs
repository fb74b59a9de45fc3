//! Reasons why deployments did not start earlier, as sentences.

use super::conditions::condition;
use super::labels::{Spelling, as_it_is, label_with, stage_name_with};
use super::outcome::parts;
use crate::{
    Absence, ChildPlan, DeploymentId, HaltKind, Ms, PipelineStatus, Plan, Reason, Schedule, Stage,
    StageRun, Status, Work,
};

/// Sentence that says why a deployment did not start earlier, or not at all: one link of a
/// [`crate::insight::chain`]; and one for the parts of a bar that is more than work. Slots count from 1, as
/// on the page.
pub fn why(plan: &Plan, schedule: &Schedule, stage_idx: usize, index: usize) -> String {
    why_with(plan, schedule, (stage_idx, index), as_it_is)
}

pub(super) fn why_with(
    plan: &Plan,
    schedule: &Schedule,
    (stage_idx, index): (usize, usize),
    spell: Spelling,
) -> String {
    let run = schedule.stages[stage_idx].runs[index];
    if run.status == Status::Skipped {
        let absence = plan.pipeline.stages[stage_idx].absence;
        if absence == Some(Absence::NotChosen) {
            return match plan.child_of(stage_idx) {
                None => "Not run: this stage is not among the chosen ones.".to_owned(),
                Some(child) => format!(
                    "Not run: {}, which runs its pipeline, is not among the chosen stages.",
                    label_at(plan, child.of, spell)
                ),
            };
        }
        if absence.is_some() && schedule.stages[stage_idx].status != Status::Skipped {
            return "Not run again: it keeps its result of the run before.".to_owned();
        }
        if let Some(it) = plan.skipping_condition(schedule, stage_idx, index) {
            let of = if it.is_of_loop { "the condition of the loop" } else { "its condition" };
            let text = condition(&plan.pipeline, schedule, stage_idx, it, spell);
            return format!("Skipped: {of} is false: {text}");
        }
        let stopped = why_stopped(plan, schedule, (stage_idx, run.start), spell);
        let skipped = || why_skipped(&plan.pipeline.stages[stage_idx], &schedule.stages[stage_idx]);
        return stopped.unwrap_or_else(skipped);
    }
    let start = why_started(plan, schedule, (stage_idx, index), spell);
    let at = DeploymentId { stage: stage_idx as u32, index: index as u32 };
    match parts(schedule, at) {
        Some(parts) => format!("{start} Its bar: {parts}."),
        None => start,
    }
}

fn why_started(
    plan: &Plan,
    schedule: &Schedule,
    (stage_idx, index): (usize, usize),
    spell: Spelling,
) -> String {
    let run = schedule.stages[stage_idx].runs[index];
    let child = plan.child_of(stage_idx);
    let is_first = |child: &&ChildPlan| {
        run.waits_for.is_none_or(|waits_for| !child.stages.contains(&waits_for.stage))
            && run.start == schedule.run(child.of).map_or(Ms(0), |run| run.start)
    };
    if let Some(child) = child.filter(is_first) {
        return format!(
            "Starts with {}, which runs its pipeline.",
            label_at(plan, child.of, spell)
        );
    }
    let Some(waits_for) = run.waits_for else {
        return "Starts with the pipeline.".to_owned();
    };
    let other_stage = &plan.pipeline.stages[waits_for.stage as usize];
    let other_plan = &plan.stages[waits_for.stage as usize];
    let other_label = label_with(other_stage, other_plan, waits_for.index as usize, spell);
    let start = run.start;
    // A stage of another pipeline is named with what runs that.
    let of_pipeline = |stage: usize| plan.child_of(stage).map(|child| child.of);
    let name = match of_pipeline(waits_for.stage as usize) == of_pipeline(stage_idx) {
        true => spell(&other_stage.name),
        false => stage_name_with(plan, waits_for.stage as usize, spell),
    };
    match waits_for.reason {
        Reason::Slot => {
            let slot = run.lane + 1;
            format!("Starts at {start}: slot {slot} was taken by {other_label} until then.")
        }
        Reason::Barrier => format!("Goes on at {start}, when {other_label} came to the barrier."),
        Reason::Queue => format!("Goes on at {start}, when {other_label} left the queue."),
        Reason::Resource => format!(
            "Starts at {start}: until then the same service ran on the same infrastructure, in \
             {name}."
        ),
        Reason::GroupLimit => format!(
            "Starts at {start}, when {name} had ended: the account runs no more of this parallel group \
             at once."
        ),
        Reason::Wave => {
            format!("Starts at {start}, when {other_label} ended, the last of the wave before.")
        }
        Reason::Stage if waits_for.stage as usize == stage_idx => {
            format!("Starts at {start}, when the rollback of {other_label} had ended.")
        }
        Reason::Stage if matches!(other_stage.work, Work::Deploy(_)) => {
            format!("Starts at {start}, when {name} had ended; its last was {other_label}.")
        }
        Reason::Stage => format!("Starts at {start}, when {name} had ended."),
    }
}

/// Sentence for what never starts since a failure has stopped the whole run.
fn why_stopped(
    plan: &Plan,
    schedule: &Schedule,
    (stage_idx, start): (usize, Ms),
    spell: Spelling,
) -> Option<String> {
    let halt = schedule.halt_of(stage_idx).filter(|halt| halt.time <= start)?;
    let by = halt.by.stage as usize;
    let entry = |stage: usize| plan.pipeline.stages[stage].entry;
    let label = || label_at(plan, halt.by, spell);
    if plan.child_at(halt.by).is_some() {
        return Some(format!("Skipped: {}, which runs its pipeline, was cancelled.", label()));
    }
    match halt.kind {
        HaltKind::Abort => Some(format!("Skipped: {} has failed and aborted the run.", label())),
        // What else the entry skips, it skips as ever.
        HaltKind::PipelineRollback { fail_all: false } if entry(by) == entry(stage_idx) => None,
        HaltKind::PipelineRollback { .. } => {
            Some(format!("Skipped: {} has failed, and the whole pipeline is rolled back.", label()))
        }
    }
}

fn label_at(plan: &Plan, at: DeploymentId, spell: Spelling) -> String {
    let stage = at.stage as usize;
    label_with(&plan.pipeline.stages[stage], &plan.stages[stage], at.index as usize, spell)
}

fn why_skipped(stage: &Stage, run: &StageRun) -> String {
    match (run.status, stage.pipeline_status) {
        (Status::Skipped, PipelineStatus::Failure) => {
            "Skipped: this stage runs only when something before it has failed.".to_owned()
        }
        (Status::Skipped, _) => "Skipped: something before this stage has failed.".to_owned(),
        _ => "Skipped: one before it has failed, and onFailure: SkipQueued stops the rest."
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use deployline_span::Span;

    use crate::insight::critical_path;
    use crate::{Assumptions, ParallelGroup, Pipeline, expand, samples, schedule};

    #[test]
    fn a_stage_in_the_queue_of_a_group_names_the_group() {
        let stages = ["a", "b", "c"].map(samples::other).to_vec();
        let members = (0..3).map(|stage| stage..stage + 1).collect();
        let groups = [ParallelGroup { span: Span::default(), members }].into();
        let plan = expand(Pipeline { stages, groups, ..Pipeline::default() });
        let assumptions = Assumptions { account_limit: Some(1), ..Assumptions::default() };
        assert_eq!(
            why(&plan, &schedule(&plan, &assumptions), 2, 0),
            "Starts at 2m, when b had ended: the account runs no more of this parallel group at once."
        );
    }

    #[test]
    fn each_link_of_a_chain_is_a_sentence() {
        let slots = samples::pipeline([
            samples::deploy((2, true), (2, false), 0),
            Stage { name: "Ask".to_owned(), ..samples::other("ask") },
            samples::other("end"),
        ]);
        for (pipeline, durations, expected) in [
            (
                slots,
                "S1=12m",
                &[
                    "Starts with the pipeline.",
                    "Starts at 12m: slot 1 was taken by S1 I1 until then.",
                    "Starts at 13m, when a had ended; its last was S2 I2.",
                    "Starts at 14m, when Ask had ended.",
                ][..],
            ),
            (
                samples::same_resource(),
                "",
                &[
                    "Starts with the pipeline.",
                    "Starts at 1m: until then the same service ran on the same infrastructure, in a.",
                ],
            ),
        ] {
            let (plan, schedule) = samples::under(pipeline, durations);
            let path = critical_path(&schedule).into_iter();
            let sentences =
                path.map(|at| why(&plan, &schedule, at.stage as usize, at.index as usize));
            assert_eq!(sentences.collect::<Vec<_>>(), expected, "{durations}");
        }
    }
}

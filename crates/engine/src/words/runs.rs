//! Sentences about a run.

use std::cmp::Ordering;

use super::shown;
use crate::format::{count, limit, number};
use crate::insight::{EarlyStarts, Moves};
use crate::{AxisName, Ms, Plan, Schedule};

/// Two sentences about the deployments of a stage that start early, and why.
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
        [early.late, early.unfinished].map(|index| shown::label(stage, stage_plan, index as usize));
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

/// A sentence about what a change did to a run.
pub fn moves(moves: &Moves) -> String {
    let Moves { earlier, later, unmoved, new, end_before, end_after, .. } = *moves;
    let gone = moves.gone.len();
    let changed = [earlier, later, new].map(|n| n as usize).iter().sum::<usize>() + gone;
    if changed == 0 && end_before == end_after {
        return format!("Nothing moves: the run ends at {end_after}, as before.");
    }
    let running = [(earlier, "earlier"), (later, "later"), (unmoved, "as before")];
    let running =
        running.into_iter().filter(|(n, _)| *n > 0).enumerate().map(|(i, (n, how))| match i {
            0 => format!(
                "{} {} {how}",
                count(n as usize, "deployment"),
                if n == 1 { "runs" } else { "run" }
            ),
            _ => format!("{} {how}", number(n as usize)),
        });
    let others = [(new as usize, "new"), (gone, "gone")].into_iter().filter(|(n, _)| *n > 0);
    let others = others
        .map(|(n, what)| format!("{} {} {what}", number(n), if n == 1 { "is" } else { "are" }));
    let parts: Vec<String> = running.chain(others).collect();
    format!("The run ends {}: {}.", end_moved(end_before, end_after), parts.join(", "))
}

fn end_moved(before: Ms, after: Ms) -> String {
    match after.cmp(&before) {
        Ordering::Equal => format!("at {after}, as before"),
        Ordering::Less => format!("{} earlier, at {after} instead of {before}", before - after),
        Ordering::Greater => format!("{} later, at {after} instead of {before}", after - before),
    }
}

//! What holds for every run, whatever the order: checked on the schedule by itself.

use deployline_planner::{Run, Schedule, StageRun, Status};

/// Says what is wrong with a schedule, if anything.
pub(crate) fn check(schedule: &Schedule) -> Result<(), String> {
    let ends = schedule.stages.iter().map(|stage| stage.end);
    if schedule.end != ends.max().unwrap_or_default() {
        return Err("the pipeline doesn't end with its last stage".to_owned());
    }
    schedule
        .stages
        .iter()
        .enumerate()
        .try_for_each(|(i, stage)| check_stage(stage).map_err(|what| format!("stage {i}: {what}")))
}

fn check_stage(stage: &StageRun) -> Result<(), String> {
    let runs: Vec<&Run> = stage.runs.iter().filter(|run| run.status != Status::Skipped).collect();
    let limit = stage.max_concurrency as usize;
    for (i, run) in runs.iter().enumerate() {
        if run.start < stage.start || run.end < run.start || run.end > stage.end {
            return Err(format!("{i} runs outside its stage"));
        }
        if run.lane as usize >= limit {
            return Err(format!("{i} is in slot {} of {limit}", run.lane));
        }
        let shares =
            |other: &&Run| other.lane == run.lane && other.start < run.end && run.start < other.end;
        if runs[i + 1..].iter().any(shares) {
            return Err(format!("{i} shares its slot"));
        }
    }
    check_instants(&runs, limit)
}

/// How many run only changes when one starts or ends: between those instants nothing needs a look.
fn check_instants(runs: &[&Run], limit: usize) -> Result<(), String> {
    for instant in runs.iter().flat_map(|run| [run.start, run.end]) {
        let running = runs.iter().filter(|run| run.start <= instant && instant < run.end).count();
        if running > limit {
            return Err(format!("{running} run at {instant}"));
        }
        if running < limit && runs.iter().any(|run| run.start > instant) {
            return Err(format!("a slot is idle at {instant} while something waits"));
        }
    }
    Ok(())
}

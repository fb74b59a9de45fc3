//! What holds for every run, whatever the order: checked on the schedule by itself.

use std::collections::BTreeMap;

use deployline_engine::{
    Plan, ROLLBACK_STAGE_TYPE, Reason, Run, RunParts, Schedule, StageRun, Status, Work,
};

/// Says what is wrong with a schedule, if anything.
pub(crate) fn check(plan: &Plan, schedule: &Schedule) -> Result<(), String> {
    check_places(plan, schedule)?;
    let ends = schedule.stages.iter().map(|stage| stage.end);
    if schedule.end != ends.max().unwrap_or_default() {
        return Err("the pipeline doesn't end with its last stage".to_owned());
    }
    check_parts(schedule)?;
    let stages = schedule.stages.iter().zip(&plan.pipeline.stages).enumerate();
    // A rollback of the pipeline goes through several entries, each with a limit of its own.
    let stages = stages.filter(|(_, (_, stage))| stage.stage_type != ROLLBACK_STAGE_TYPE);
    let check = |(i, stage)| check_stage(stage).map_err(|what| format!("stage {i}: {what}"));
    stages.map(|(i, (run, _))| (i, run)).try_for_each(check)
}

/// Parts fill their bars, in order and without gaps.
fn check_parts(schedule: &Schedule) -> Result<(), String> {
    for RunParts { at, parts } in &schedule.parts {
        let mut end = schedule.run(*at).map(|run| run.start);
        for part in parts {
            if end != Some(part.start) || part.end < part.start {
                return Err(format!("the parts of {at:?} have a gap"));
            }
            end = Some(part.end);
        }
        if end != schedule.run(*at).map(|run| run.end) {
            return Err(format!("the parts of {at:?} don't fill its bar"));
        }
    }
    Ok(())
}

/// No two of a service run at one place at a time, unless the place allows it.
fn check_places(plan: &Plan, schedule: &Schedule) -> Result<(), String> {
    let mut by_place: BTreeMap<(&str, &str, &str), Vec<&Run>> = BTreeMap::new();
    for (i, stage) in plan.pipeline.stages.iter().enumerate() {
        let Work::Deploy(deploy) = &stage.work else { continue };
        if stage.stage_type == ROLLBACK_STAGE_TYPE {
            continue;
        }
        for (deployment, run) in plan.stages[i].deployments.iter().zip(&schedule.stages[i].runs) {
            let (Some(service), Some(target)) = (deployment.service, deployment.target) else {
                continue;
            };
            let service = &deploy.services.items[service as usize].name.text;
            let target = &deploy.targets.items[target as usize];
            if let (Some(environment), Some(infrastructure), false) =
                (&target.environment, &target.infrastructure, target.allows_simultaneous)
            {
                let values = target.constraint_values.as_deref();
                let infrastructure = values.unwrap_or(&infrastructure.text);
                let place = (service.as_str(), &*environment.text, infrastructure);
                by_place.entry(place).or_default().push(run);
            }
        }
    }
    for (place, mut runs) in by_place {
        runs.retain(|run| run.start < run.end);
        runs.sort_by_key(|run| run.start);
        if runs.windows(2).any(|pair| pair[1].start < pair[0].end) {
            return Err(format!("two run at once at {place:?}"));
        }
    }
    Ok(())
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
    let waits_for_place =
        |run: &Run| run.waits_for.is_some_and(|waits_for| waits_for.reason == Reason::Resource);
    let waits = stage.runs.iter().any(|run| run.status == Status::Skipped || waits_for_place(run));
    check_instants(&runs, limit, waits)
}

/// How many run only changes when one starts or ends: between those instants nothing needs a look.
/// `waits` tells whether some may have waited for a place.
fn check_instants(runs: &[&Run], limit: usize, waits: bool) -> Result<(), String> {
    for instant in runs.iter().flat_map(|run| [run.start, run.end]) {
        let running = runs.iter().filter(|run| run.start <= instant && instant < run.end).count();
        if running > limit {
            return Err(format!("{running} run at {instant}"));
        }
        // Who waits for a place holds a slot without running.
        if running < limit && !waits && runs.iter().any(|run| run.start > instant) {
            return Err(format!("a slot is idle at {instant} while something waits"));
        }
    }
    Ok(())
}

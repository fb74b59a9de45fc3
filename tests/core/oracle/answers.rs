//! Both answers in one form: a line for each stage and each deployment, times in seconds.

use deployline_planner::{
    Deployment, Ms, Plan, Reason, Reference, Run, Schedule, Stage, Status, Work,
};

use super::expand;
use super::model::{Case, When};
use super::simulate::{self, Ran};

/// What opens the next entry: when the one before ended, and with which stage and deployment.
#[derive(Clone, Copy, Default)]
struct Gate {
    time: u64,
    opener: Option<(usize, usize)>,
}

/// What the oracle says.
pub(crate) fn of_oracle(case: &Case) -> String {
    let mut out = String::new();
    let (mut gate, mut position) = (Gate::default(), 0);
    for (entry_idx, entry) in case.entries.iter().enumerate() {
        // Of several ends at one instant, the last of the list is handled last.
        let mut last: Option<(u64, (usize, usize))> = None;
        for stage in entry {
            let expected = expand::stage(case, stage, position);
            let ran = match stage.when {
                When::Failure => Vec::new(),
                _ => simulate::stage(&expected, gate.time),
            };
            let end = ran.iter().map(|ran| ran.end).max().unwrap_or(gate.time);
            let Gate { time: begin, .. } = gate;
            let limit = expected.limit;
            out.push_str(&format!("stage {position} of {entry_idx}: {limit}, {begin}–{end}\n"));
            for (i, one) in expected.deployments.iter().enumerate() {
                let name = name(&one.service, &one.environment, &one.infrastructure);
                let when = when_it_ran(ran.get(i), position, gate);
                out.push_str(&format!("  {i} {name} {when}\n"));
            }
            last = last.max(ran.iter().enumerate().map(|(i, ran)| (ran.end, (position, i))).max());
            position += 1;
        }
        // An entry of which nothing ran opens nothing: what was before it still does.
        if let Some((time, opener)) = last {
            gate = Gate { time, opener: Some(opener) };
        }
    }
    out + &format!("end {}\n", gate.time)
}

fn when_it_ran(ran: Option<&Ran>, position: usize, gate: Gate) -> String {
    let Some(ran) = ran else { return format!("skipped at {}", gate.time) };
    let after = match (ran.after, gate.opener) {
        (Some(other), _) => format!("Slot ({position}, {other})"),
        (None, Some(opener)) => format!("Stage {opener:?}"),
        (None, None) => "nothing".to_owned(),
    };
    format!("{}–{} in {} after {after}", ran.start, ran.end, ran.slot)
}

/// What the planner says.
pub(crate) fn of_planner(plan: &Plan, schedule: &Schedule) -> String {
    let mut out = String::new();
    for (position, stage) in plan.pipeline.stages.iter().enumerate() {
        let stage_run = &schedule.stages[position];
        let (start, end) = (in_seconds(stage_run.start), in_seconds(stage_run.end));
        let limit = stage_run.max_concurrency;
        out.push_str(&format!("stage {position} of {}: {limit}, {start}–{end}\n", stage.entry));
        let deployments = &plan.stages[position].deployments;
        for (i, (deployment, run)) in deployments.iter().zip(&stage_run.runs).enumerate() {
            let (name, when) = (deployment_name(stage, *deployment), when_it_runs(run));
            out.push_str(&format!("  {i} {name} {when}\n"));
        }
    }
    out + &format!("end {}\n", in_seconds(schedule.end))
}

fn deployment_name(stage: &Stage, deployment: Deployment) -> String {
    let (Work::Deploy(deploy), Some(service), Some(target)) =
        (&stage.work, deployment.service, deployment.target)
    else {
        return name("", "", "");
    };
    let target = &deploy.targets.items[target as usize];
    let text =
        |name: &Option<Reference>| name.as_ref().map(|name| name.text.clone()).unwrap_or_default();
    let service = &deploy.services.items[service as usize].name.text;
    name(service, &text(&target.environment), &text(&target.infrastructure))
}

fn when_it_runs(run: &Run) -> String {
    let (start, end) = (in_seconds(run.start), in_seconds(run.end));
    let after = run.waits_for.map_or("nothing".to_owned(), |waits_for| {
        let reason = match waits_for.reason {
            Reason::Slot => "Slot",
            Reason::Stage => "Stage",
        };
        format!("{reason} ({}, {})", waits_for.stage, waits_for.index)
    });
    match run.status {
        Status::Succeeded => format!("{start}–{end} in {} after {after}", run.lane),
        Status::Skipped if start == end => format!("skipped at {start}"),
        Status::Skipped => format!("skipped from {start} to {end}"),
    }
}

fn name(service: &str, environment: &str, infrastructure: &str) -> String {
    format!("[{service} {environment} {infrastructure}]")
}

fn in_seconds(ms: Ms) -> String {
    match ms.0 % 1000 {
        0 => (ms.0 / 1000).to_string(),
        _ => format!("{}ms", ms.0),
    }
}

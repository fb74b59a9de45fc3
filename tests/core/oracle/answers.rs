//! Both answers in one form: a line for each stage and each deployment, times in seconds.

use deployline_engine::{
    Deployment, Looping, Ms, Plan, Reason, Reference, Run, Schedule, Stage, Status, Work,
};

use super::expand::{self, Expected};
use super::model::{Case, StageCase, When};
use super::simulate::{self, After, Fate, Ran, StageFate};

/// What opens the next entry: when the one before ended, and with which stage and deployment.
#[derive(Clone, Copy, Default)]
struct Gate {
    time: u64,
    opener: Option<(usize, usize)>,
    has_failed: bool,
}

/// What the oracle says.
pub(crate) fn of_oracle(case: &Case) -> String {
    let mut out = String::new();
    let (mut gate, mut first) = (Gate::default(), 0);
    for (entry_idx, entry) in case.entries.iter().enumerate() {
        let expected: Vec<Expected> = entry
            .iter()
            .enumerate()
            .map(|(i, stage)| expand::stage(case, stage, first + i))
            .collect();
        let runs = |stage: &StageCase| match stage.when {
            When::Unsaid | When::Success => !gate.has_failed,
            When::Failure => gate.has_failed,
            When::All => true,
        };
        let starts = |e: &Expected, stage| runs(stage) && !e.is_skipped();
        let running: Vec<Option<Expected>> =
            expected.iter().zip(entry).map(|(e, it)| starts(e, it).then(|| e.clone())).collect();
        let at_once = case.account_limit.map_or(usize::MAX, |limit| limit as usize);
        let fates = simulate::entry(&running, at_once, gate.time);
        for (i, (expected, fates)) in expected.iter().zip(&fates).enumerate() {
            let head = format!("stage {} of {entry_idx}", first + i);
            out.push_str(&stage_text(&head, expected, fates, first, gate));
        }
        gate = next_gate(gate, first, &running, &fates);
        first += entry.len();
    }
    out + &format!("end {}\n", gate.time)
}

fn next_gate(gate: Gate, first: usize, stages: &[Option<Expected>], fates: &[StageFate]) -> Gate {
    let has_ended = |(stage, i): (usize, usize)| match &fates[stage].fates[i] {
        Fate::Ran(ran) => Some((ran.end, (first + stage, i))),
        _ => None,
    };
    let all =
        (0..fates.len()).flat_map(|stage| (0..fates[stage].fates.len()).map(move |i| (stage, i)));
    let has_failed = all.clone().any(|(stage, i)| {
        let fails = stages[stage].as_ref().is_some_and(|stage| stage.failing.contains(&i));
        fails && has_ended((stage, i)).is_some()
    });
    let has_failed = gate.has_failed || has_failed;
    // Of several ends at one instant, the last of the list is handled last. An entry of which
    // nothing ran opens nothing: what was before it still does.
    match all.filter_map(has_ended).max() {
        Some((time, opener)) => Gate { time, opener: Some(opener), has_failed },
        None => Gate { has_failed, ..gate },
    }
}

fn stage_text(
    head: &str,
    expected: &Expected,
    fate: &StageFate,
    first: usize,
    gate: Gate,
) -> String {
    let StageFate { begin, fates } = fate;
    let fails = |i: usize| expected.failing.contains(&i) && matches!(fates[i], Fate::Ran(_));
    let status = match fates.is_empty() {
        true => "skipped",
        false if (0..fates.len()).any(fails) => "failed",
        false => "succeeded",
    };
    let ends = fates.iter().map(|fate| match fate {
        Fate::Ran(ran) => ran.end,
        Fate::Skipped { at } => *at,
        Fate::Waits | Fate::Holds { .. } => panic!("it never came to an end"),
    });
    let end = ends.max().unwrap_or(*begin);
    let mut out = format!("{head}: {}, {begin}–{end}, {status}\n", expected.limit);
    for (i, one) in expected.deployments.iter().enumerate() {
        let name = name(&one.service, &one.environment, &one.infrastructure, &one.values);
        let failed = if fates.get(i).is_some() && fails(i) { ", failed" } else { "" };
        let when = match fates.get(i) {
            Some(Fate::Ran(ran)) => when_it_ran(ran, first, gate),
            Some(Fate::Skipped { at }) => format!("skipped at {at}"),
            _ => format!("skipped at {begin}"),
        };
        out.push_str(&format!("  {i} {name} {when}{failed}\n"));
    }
    out
}

fn when_it_ran(ran: &Ran, first: usize, gate: Gate) -> String {
    let after = match (ran.after, gate.opener) {
        (After::Slot(i), _) => format!("Slot {i}"),
        (After::Turn(stage, i), _) => format!("GroupLimit ({}, {i})", first + stage),
        (After::Place(stage, i), _) => format!("Resource ({}, {i})", first + stage),
        (After::Begin, Some(opener)) => format!("Stage {opener:?}"),
        (After::Begin, None) => "nothing".to_owned(),
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
        let status = format!("{:?}", stage_run.status).to_lowercase();
        let entry = stage.entry;
        out.push_str(&format!("stage {position} of {entry}: {limit}, {start}–{end}, {status}\n"));
        let deployments = &plan.stages[position].deployments;
        for (i, (deployment, run)) in deployments.iter().zip(&stage_run.runs).enumerate() {
            let values = stage.looping.as_ref().map(|looping| values(looping, i));
            let name = deployment_name(stage, *deployment, &values.unwrap_or_default());
            let when = when_it_runs(run, position);
            out.push_str(&format!("  {i} {name} {when}\n"));
        }
    }
    out + &format!("end {}\n", in_seconds(schedule.end))
}

fn values(looping: &Looping, index: usize) -> String {
    let values = looping.values.of(looping.children[index].position);
    let texts: Vec<String> = values.iter().map(|(key, value)| format!("{key}: {value}")).collect();
    texts.join(", ")
}

fn deployment_name(stage: &Stage, deployment: Deployment, values: &str) -> String {
    let (Work::Deploy(deploy), Some(service), Some(target)) =
        (&stage.work, deployment.service, deployment.target)
    else {
        return name("", "", "", values);
    };
    let target = &deploy.targets.items[target as usize];
    let text =
        |name: &Option<Reference>| name.as_ref().map(|name| name.text.clone()).unwrap_or_default();
    let service = &deploy.services.items[service as usize].name.text;
    name(service, &text(&target.environment), &text(&target.infrastructure), values)
}

fn when_it_runs(run: &Run, position: usize) -> String {
    let (start, end) = (in_seconds(run.start), in_seconds(run.end));
    let after = run.waits_for.map_or("nothing".to_owned(), |waits_for| {
        let at = (waits_for.stage, waits_for.index);
        match waits_for.reason {
            Reason::Slot if at.0 as usize == position => format!("Slot {}", at.1),
            reason => format!("{reason:?} {at:?}"),
        }
    });
    match run.status {
        Status::Succeeded => format!("{start}–{end} in {} after {after}", run.lane),
        Status::Failed => format!("{start}–{end} in {} after {after}, failed", run.lane),
        Status::Skipped if start == end && run.waits_for.is_none() => format!("skipped at {start}"),
        Status::Skipped => format!("skipped from {start} to {end} after {after}"),
        Status::Ignored => format!("{start}–{end} in {} after {after}, ignored", run.lane),
        Status::Aborted => format!("{start}–{end} in {} after {after}, aborted", run.lane),
    }
}

fn name(service: &str, environment: &str, infrastructure: &str, values: &str) -> String {
    format!("[{service} {environment} {infrastructure}] {{{values}}}")
}

fn in_seconds(ms: Ms) -> String {
    match ms.0 % 1000 {
        0 => (ms.0 / 1000).to_string(),
        _ => format!("{}ms", ms.0),
    }
}

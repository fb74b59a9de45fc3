//! Both answers in one form: a line for each stage and each deployment, times in seconds.

use deployline_engine::{
    Deployment, DeploymentId, Looping, Ms, Plan, Reason, Reference, Run, Schedule, Stage, Status,
    Work,
};

use super::asking::{Before, Went};
use super::expand::{self, Expected};
use super::model::{Case, StageCase, When};
use super::outcome::{Ends, Outcome, UNITS};
use super::partial::Left;
use super::rollback;
use super::simulate::{self, After, Fate, Ran, StageFate};

/// What opens the next entry: when the one before ended, and with which stage and deployment.
#[derive(Clone, Copy, Default)]
pub(super) struct Gate {
    time: u64,
    opener: Option<(usize, usize)>,
    /// The worst end so far.
    ends: Ends,
}

impl Gate {
    /// One that this deployment has opened.
    pub(super) fn of(opener: Option<(usize, usize)>) -> Self {
        Self { opener, ..Self::default() }
    }

    fn lets_run(self, when: When) -> bool {
        match self.ends {
            Ends::Succeeded | Ends::Ignored => when != When::Failure,
            Ends::Failed => matches!(when, When::Failure | When::All),
            Ends::RollsBack | Ends::FailsAll | Ends::Aborted => false,
        }
    }
}

/// What the oracle says.
pub(crate) fn of_oracle(case: &Case) -> String {
    let mut out = String::new();
    let (mut gate, mut first) = (Gate::default(), 0);
    let (mut ran, mut before) = (Vec::new(), Vec::new());
    let lengths: Vec<usize> = case.entries.iter().map(Vec::len).collect();
    let left = case.partial.of_list(&lengths);
    for (entry_idx, entry) in case.entries.iter().enumerate() {
        let expected: Vec<Expected> = entry
            .iter()
            .enumerate()
            .map(|(i, stage)| {
                let expected = expand::stage(case, stage, first + i);
                let count = expected.deployments.len();
                let asked = asked(&before, &left, first + i);
                let skipped = expand::skipped(stage, count, &asked, gate.ends);
                Expected { skipped, ..expected }
            })
            .collect();
        let starts = |(e, stage): (&Expected, &StageCase)| {
            (gate.lets_run(stage.when) && !e.is_skipped()).then(|| e.clone())
        };
        let mut running: Vec<Option<Expected>> = expected.iter().zip(entry).map(starts).collect();
        let left = &left[first..first + entry.len()];
        let is_kept: Vec<bool> = running
            .iter()
            .zip(left)
            .map(|(runs, left)| runs.is_some() && *left == Some(Left::Kept))
            .collect();
        running
            .iter_mut()
            .zip(left)
            .filter(|(_, left)| left.is_some())
            .for_each(|(it, _)| *it = None);
        let at_once = case.account_limit.map_or(usize::MAX, |limit| limit as usize);
        let mut fates = simulate::entry(&running, left, at_once, gate.time);
        fates.iter_mut().zip(is_kept).for_each(|(fate, is_kept)| fate.is_kept = is_kept);
        for (i, (expected, fates)) in expected.iter().zip(&fates).enumerate() {
            let head = format!("stage {} of {entry_idx}", first + i);
            out.push_str(&stage_text(&head, expected, fates, first, gate));
        }
        before.extend(expected.iter().zip(&fates).map(|(expected, fate)| fate.went(expected)));
        gate = next_gate(gate, first, &running, &fates);
        first += entry.len();
        ran.push(rollback::of_entry(&expected, &fates, case.rollback));
    }
    if matches!(gate.ends, Ends::RollsBack | Ends::FailsAll) {
        let at = (first, case.entries.len());
        let (text, end) = rollback::text(at, &ran, gate.time, gate.opener);
        return out + &text + &format!("end {}\n", in_units(end));
    }
    out + &format!("end {}\n", in_units(gate.time))
}

/// How the stages before went, as one of them is told: what is not chosen has no answer for one that is.
pub(super) fn asked(before: &[Went], left: &[Option<Left>], stage: usize) -> Vec<Before> {
    let is_gone = |other: usize| left[other] == Some(Left::NotChosen);
    let of = |(other, went): (usize, &Went)| match is_gone(other) && !is_gone(stage) {
        true => Before::NotChosen,
        false => Before::Ended(went.clone()),
    };
    before.iter().enumerate().map(of).collect()
}

fn next_gate(gate: Gate, first: usize, stages: &[Option<Expected>], fates: &[StageFate]) -> Gate {
    let all =
        (0..fates.len()).flat_map(|stage| (0..fates[stage].fates.len()).map(move |i| (stage, i)));
    let ran = all.filter_map(|(stage, i)| {
        let one = &stages[stage].as_ref()?.deployments[i];
        match &fates[stage].fates[i] {
            Fate::Ran(ran) => Some((ran.end, (first + stage, i), one.outcome.ends)),
            Fate::Cancelled(ran) => Some((ran.end, (first + stage, i), Ends::Succeeded)),
            _ => None,
        }
    });
    let worst = ran.clone().map(|(.., ends)| ends).max();
    let ends = worst.map_or(gate.ends, |worst| worst.max(gate.ends));
    // Of several ends at one instant, the last of the list is handled last. An entry of which
    // nothing ran opens nothing: what was before it still does.
    match ran.max() {
        Some((time, opener, _)) => Gate { time, opener: Some(opener), ends },
        None => Gate { ends, ..gate },
    }
}

pub(super) fn stage_text(
    head: &str,
    expected: &Expected,
    fate: &StageFate,
    first: usize,
    gate: Gate,
) -> String {
    let StageFate { begin, fates, .. } = fate;
    let of_stage = fate.went(expected).worst.map_or("skipped", status);
    let ends = fates.iter().map(|fate| match fate {
        Fate::Ran(ran) | Fate::Cancelled(ran) => ran.end,
        Fate::Skipped { at } => *at,
        Fate::Waits | Fate::Holds { .. } => panic!("it never came to an end"),
    });
    let (start, end) = (in_units(*begin), in_units(ends.max().unwrap_or(*begin)));
    let mut out = format!("{head}: {}, {start}–{end}, {of_stage}\n", expected.limit);
    for (i, one) in expected.deployments.iter().enumerate() {
        let name = name(&one.service, &one.environment, &one.infrastructure, &one.values);
        let when = match fates.get(i) {
            Some(Fate::Ran(ran)) => {
                format!("{}, {}", when_it_ran(ran, first, gate), status(one.outcome.ends))
                    + &parts_text(&one.outcome, ran.start)
            }
            Some(Fate::Cancelled(ran)) => {
                format!("{}, cancelled", when_it_ran(ran, first, gate))
                    + &parts_until(&one.outcome, ran)
            }
            Some(Fate::Skipped { at }) => format!("skipped at {}", in_units(*at)),
            _ => format!("skipped at {start}"),
        };
        out.push_str(&format!("  {i} {name} {when}\n"));
    }
    out
}

fn status(ends: Ends) -> &'static str {
    match ends {
        Ends::Succeeded => "succeeded",
        Ends::Ignored => "ignored",
        Ends::Failed | Ends::RollsBack | Ends::FailsAll => "failed",
        Ends::Aborted => "aborted",
    }
}

/// Where each part ends, of a bar with several; what takes no time is none.
fn parts_text(outcome: &Outcome, start: u64) -> String {
    let mut end = start;
    let is_part = |(i, (_, length)): &(usize, &(&str, u64))| *i == 0 || *length > 0;
    let parts = outcome.parts.iter().enumerate().filter(is_part).map(|(_, (kind, length))| {
        end += length;
        format!(", {kind} to {}", in_units(end))
    });
    let parts: Vec<String> = parts.collect();
    if parts.len() > 1 { parts.concat() } else { String::new() }
}

/// Where each part ends, of a bar that is cut.
fn parts_until(outcome: &Outcome, ran: &Ran) -> String {
    let lengths = outcome.parts.iter().scan(ran.start, |start, (kind, length)| {
        let from = *start;
        *start += length;
        Some((*kind, from, *start))
    });
    let all: Vec<(&str, u64, u64)> = lengths.collect();
    let whole = all.iter().filter(|(kind, from, to)| *kind == "Work" || to > from).count();
    let cut = all.iter().filter(|(_, from, to)| *from < ran.end && to > from);
    let parts = cut.map(|(kind, _, to)| format!(", {kind} to {}", in_units((*to).min(ran.end))));
    if whole > 1 { parts.collect() } else { String::new() }
}

fn when_it_ran(ran: &Ran, first: usize, gate: Gate) -> String {
    let after = match (ran.after, gate.opener) {
        (After::Slot(i), _) => format!("Slot {i}"),
        (After::Turn(stage, i), _) => format!("GroupLimit ({}, {i})", first + stage),
        (After::Place(stage, i), _) => format!("Resource ({}, {i})", first + stage),
        (After::Begin, Some(opener)) => format!("Stage {opener:?}"),
        (After::Begin, None) => "nothing".to_owned(),
    };
    format!("{}–{} in {} after {after}", in_units(ran.start), in_units(ran.end), ran.slot)
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
            let at = DeploymentId { stage: position as u32, index: i as u32 };
            let parts = schedule.parts(at).iter();
            let parts = parts.map(|part| format!(", {:?} to {}", part.kind, in_seconds(part.end)));
            let when = when_it_runs(run, position) + &parts.collect::<String>();
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
        Status::Skipped if start == end && run.waits_for.is_none() => format!("skipped at {start}"),
        status => {
            let status = format!("{status:?}").to_lowercase();
            format!("{start}–{end} in {} after {after}, {status}", run.lane)
        }
    }
}

pub(super) fn name(service: &str, environment: &str, infrastructure: &str, values: &str) -> String {
    format!("[{service} {environment} {infrastructure}] {{{values}}}")
}

/// Units of time as seconds.
pub(super) fn in_units(units: u64) -> String {
    in_seconds(Ms(units * 1000 / UNITS))
}

fn in_seconds(ms: Ms) -> String {
    match ms.0 % 1000 {
        0 => (ms.0 / 1000).to_string(),
        _ => format!("{}ms", ms.0),
    }
}

//! Waits inside deployments whose length the text does not say.

use deployline_engine::{Assumptions, Ms, Stage, StepKind, StepWait, WaitKind};
use deployline_map::Set;

use super::assumption::{AssumedValue, Assumption};
use super::keys::{BARRIER_IN_LOOPS, step_key, wait_key};

/// The waits of a stage that are assumed.
pub(super) fn of_stage(stage: &Stage, assumptions: &Assumptions) -> Vec<Assumption> {
    let given = |step: &str| {
        let place = (!assumptions.waits.is_empty())
            .then(|| (stage.own_identifier().to_owned(), step.to_owned()));
        assumptions.waits.get(&place?).copied()
    };
    let mut found = Vec::new();
    if let Some(manual) = stage.manual {
        let why = "The stage waits until a person starts it, and nobody knows when that is.";
        found.push(assumption(
            wait_key(stage.own_identifier(), ""),
            given("").unwrap_or_default(),
            manual.timeout.map(|timeout| timeout.after),
            why,
        ));
    }
    let mut seen: Set<&str> = Set::new();
    for wait in &stage.steps.waits {
        let step = stage.steps.identifier(wait.step);
        if step.is_empty() || !seen.insert(step) {
            continue;
        }
        let given = given(step);
        if let Some(why) = why(wait, given) {
            let timeout = wait.timeout.map(|timeout| timeout.after);
            let length = given.unwrap_or_else(|| written(wait));
            found.push(assumption(wait_key(stage.own_identifier(), step), length, timeout, why));
        }
    }
    found
}

/// Durations that are given for steps of a stage: without one, each has a share of its deployment's work.
pub(super) fn durations(stage: &Stage, assumptions: &Assumptions) -> Vec<Assumption> {
    if assumptions.step_durations.is_empty() {
        return Vec::new();
    }
    let mut seen: Set<&str> = Set::new();
    let works = stage.steps.tree.iter().filter(|step| step.kind == StepKind::Work);
    let given = works.filter(|step| seen.insert(&step.identifier)).filter_map(|step| {
        let place = (stage.own_identifier().to_owned(), step.identifier.clone());
        let duration = *assumptions.step_durations.get(&place)?;
        let why = "The durations of steps are not in the YAML: one without its own has an equal share of its \
                   deployment's work.";
        Some(assumption(step_key(&place.0, &place.1), duration, None, why))
    });
    given.collect()
}

/// Length of a wait, assumed or as the text says.
pub(super) fn length(stage: &Stage, step: &str, assumptions: &Assumptions) -> Ms {
    let given = assumptions.waits.get(&(stage.own_identifier().to_owned(), step.to_owned()));
    let of_step = |wait: &&StepWait| stage.steps.identifier(wait.step) == step;
    let found = || stage.steps.waits.iter().find(of_step).map(written);
    given.copied().or_else(found).unwrap_or_default()
}

/// How many come to a barrier, where some stage that has one makes several deployments.
pub(super) fn barrier_in_loops(stages: &[Stage], assumptions: &Assumptions) -> Option<Assumption> {
    let is_barrier = |wait: &StepWait| matches!(wait.kind, WaitKind::Barrier(_));
    let mut stages = stages.iter().filter(|stage| stage.steps.waits.iter().any(is_barrier));
    stages.find(|stage| stage.deployment_count() > 1)?;
    Some(Assumption {
        key: BARRIER_IN_LOOPS.to_owned(),
        value: AssumedValue::Flag(assumptions.barrier_in_loops),
        why: "Whether a barrier counts all children of a stage, or those that run at once, is a setting of the \
              account.",
        choices: vec![AssumedValue::Flag(true), AssumedValue::Flag(false)],
    })
}

fn written(wait: &StepWait) -> Ms {
    match wait.kind {
        WaitKind::Time(time) => time.unwrap_or_default(),
        WaitKind::Approval | WaitKind::Barrier(_) | WaitKind::Queue(_) => Ms(0),
    }
}

/// Reason why the length is assumed; `None` where the text says it and nobody chose another one.
fn why(wait: &StepWait, given: Option<Ms>) -> Option<&'static str> {
    match wait.kind {
        WaitKind::Approval => Some("Nobody knows how long an approval takes."),
        WaitKind::Queue(_) => Some("Other runs may hold the key of the queue."),
        WaitKind::Time(None) => {
            Some("The length of the wait is an expression that the text does not settle.")
        }
        WaitKind::Time(Some(_)) if given.is_some() => Some("A person may end the wait early."),
        WaitKind::Time(Some(_)) | WaitKind::Barrier(_) => None,
    }
}

/// A length, with some to choose from: none, the longest one that the text allows, and the present one.
fn assumption(key: String, length: Ms, timeout: Option<Ms>, why: &'static str) -> Assumption {
    let usual = [0, 300_000, 1_800_000, 7_200_000].map(Ms);
    let mut choices: Vec<Ms> = usual.into_iter().chain(timeout).chain([length]).collect();
    deployline_map::sort_by(&mut choices, |a, b| a.cmp(b));
    choices.dedup();
    let choices = choices.into_iter().map(AssumedValue::Duration).collect();
    Assumption { key, value: AssumedValue::Duration(length), why, choices }
}

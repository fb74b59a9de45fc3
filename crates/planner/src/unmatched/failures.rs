//! Failures of what is not there, or in a way that changes nothing.

use deployline_engine::format::count;
use deployline_engine::{Assumptions, ErrorType, Failure, FailureStrategies, Stage, Work};

use super::{Stages, Unmatched, expected, listed};

/// Failures of deployments that are not there, and those with an error, a step or an attempt that no failure
/// strategy has.
pub(super) fn unmatched(stages: &Stages<'_>, assumptions: &Assumptions) -> Vec<Unmatched> {
    let mut found = Vec::new();
    for ((identifier, index), failure) in &assumptions.failures {
        let subject = format!("Number {} of `{identifier}`", u64::from(*index) + 1);
        if let Some(why) = stages.no_deployment(identifier, *index) {
            let message = format!("{subject} is assumed to fail, but {why}");
            found.push(Unmatched { span: stages.span_of(identifier), message });
            continue;
        }
        let same = stages.get(identifier);
        if same.is_some_and(|same| same.stages.iter().all(|stage| stage.absence.is_some())) {
            let message =
                format!("{subject} is assumed to fail, but this run leaves its stage out.");
            found.push(Unmatched { span: stages.span_of(identifier), message });
            continue;
        }
        for stage in same.into_iter().flat_map(|same| &same.stages) {
            let parts = [step(stage, failure), error(stage, failure), attempt(stage, failure)];
            let parts = parts.into_iter().flatten();
            found.extend(parts.map(|part| Unmatched {
                span: stage.span,
                message: format!("{subject} is assumed to {part}"),
            }));
        }
    }
    found
}

/// A step that the stage doesn't have.
fn step(stage: &Stage, failure: &Failure) -> Option<String> {
    let (name, steps) = (failure.step.as_deref()?, &stage.steps);
    let with_rules = stage.failure.of_steps.iter().map(|rules| &rules.step);
    let mut known = steps.identifiers.iter().chain(with_rules);
    if steps.has_unread || stage.work == Work::Unknown || known.any(|step| step == name) {
        return None;
    }
    let known: Vec<&str> = steps.identifiers.iter().map(String::as_str).collect();
    let expected = match &known[..] {
        [] => "The text has no steps of it.".to_owned(),
        known => expected(name, known),
    };
    Some(format!(
        "fail in the step `{name}`, which its stage does not have: the rules of the stage count. \
         {expected}"
    ))
}

/// A type of error that no failure strategy is for.
fn error(stage: &Stage, failure: &Failure) -> Option<String> {
    let (strategies, step) = (&stage.failure, failure.step.as_deref());
    let has_rule = |error| strategies.names(step, error);
    let error = failure.error;
    if error == ErrorType::AllErrors || has_rule(error) || has_rule(ErrorType::AllErrors) {
        return None;
    }
    let name = error.name();
    let expected = match &named(strategies, step)[..] {
        [] => format!("There is none; add `failureStrategies:` with a rule for `{name}`."),
        known => format!("Expected one of {}, or a rule for `{name}`.", listed(known)),
    };
    Some(format!(
        "fail with `{name}`, which no failure strategy is for: it is drawn as `MarkAsFailure`. \
         {expected}"
    ))
}

/// Types of error that the rules name which count for a step, or for the stage.
fn named(strategies: &FailureStrategies, step: Option<&str>) -> Vec<&'static str> {
    let all = (0..).map(ErrorType::Named).take(ErrorType::NAMES.len());
    all.filter(|error| strategies.names(step, *error)).map(ErrorType::name).collect()
}

/// An attempt that is never made.
fn attempt(stage: &Stage, failure: &Failure) -> Option<String> {
    let attempt = failure.succeeds_at?;
    let attempts = stage.failure.action(failure.step.as_deref(), failure.error).attempts();
    if attempt <= attempts {
        return None;
    }
    let why = match attempts {
        1 => "nothing retries it. Expected 1, or a failure strategy with the action `Retry`."
            .to_owned(),
        several => format!(
            "its failure strategy makes {}, the first one included. Expected a number from 1 to \
             {several}.",
            count(several as usize, "attempt")
        ),
    };
    Some(format!("succeed at attempt {attempt}, but {why}"))
}

//! The action of a rule, and what follows it: the last failure of a retry, the end of a wait for a person.

use deployline_engine::{ErrorType, FailureAction, Ms};
use deployline_span::Span;

use crate::resolve::budget::CountedList;
use crate::resolve::context::Reader;
use crate::resolve::scalar::{self, Scalar};
use crate::resolve::view::View;
use crate::{fix, rules};

/// Place of rules in a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Stage,
    StepGroup,
    Step,
    /// A step that runs only while something is rolled back.
    RollbackStep,
}

/// Actions by their names.
const TYPES: [&str; 11] = [
    "Ignore",
    "MarkAsSuccess",
    "MarkAsFailure",
    "Abort",
    "StageRollback",
    "StepGroupRollback",
    "PipelineRollback",
    "ProceedWithDefaultValues",
    "Retry",
    "RetryStepGroup",
    "ManualIntervention",
];

/// The action around another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Around {
    Nothing,
    Retry,
    ManualIntervention,
}

/// Reads the `action` of a rule for `errors`.
pub(super) fn read_of(
    rule: &View<'_>,
    errors: &[(ErrorType, Span)],
    level: Level,
    reader: &mut Reader<'_, '_>,
) -> FailureAction {
    match rule.value("action") {
        Some(action) => {
            let read = read(&action, level, Around::Nothing, reader);
            let is_other = |(error, _): &(ErrorType, Span)| error.name() != "InputTimeoutError";
            if read == FailureAction::ProceedWithDefaultValues && errors.iter().any(is_other) {
                let why = "it is for `InputTimeoutError` alone";
                return report_refused(&action, "ProceedWithDefaultValues", why, reader);
            }
            read
        }
        None => {
            let message = "Expected `action:` with a `type`, such as `StageRollback`.";
            reader.report(&rules::FAILURE_STRATEGY_INVALID, rule.first_key_span(), message);
            FailureAction::default()
        }
    }
}

/// Reads an action; reports what the product refuses and takes the failure for one without a rule.
fn read(
    action: &View<'_>,
    level: Level,
    around: Around,
    reader: &mut Reader<'_, '_>,
) -> FailureAction {
    let Some(name) = known_type(action, reader) else { return FailureAction::default() };
    if let Some(why) = refused(name, level, around) {
        return report_refused(action, name, why, reader);
    }
    let spec = action.value("spec");
    let spec = spec.as_ref();
    match name {
        "Ignore" => FailureAction::Ignore,
        "MarkAsSuccess" => FailureAction::MarkAsSuccess,
        "Abort" => FailureAction::Abort,
        "StageRollback" => FailureAction::StageRollback,
        "StepGroupRollback" => FailureAction::StepGroupRollback,
        "ProceedWithDefaultValues" => FailureAction::ProceedWithDefaultValues,
        "PipelineRollback" => {
            let fail_all = spec.and_then(|spec| scalar::flag(&spec.get("failAll")?));
            FailureAction::PipelineRollback { fail_all: fail_all.unwrap_or(false) }
        }
        "Retry" => {
            let then = Next { key: "onRetryFailure", around: Around::Retry };
            retry(spec, Box::new(then.read(action, level, reader)), reader)
        }
        "RetryStepGroup" => retry(spec, Box::default(), reader),
        "ManualIntervention" => {
            let timeout = spec.and_then(|spec| spec.value("timeout"));
            if timeout.is_none() {
                let message = "Expected `timeout:` below `spec`: how long a person has to decide. It is \
                               drawn without a wait.";
                reader.report(&rules::FAILURE_STRATEGY_INVALID, type_span(action), message);
            }
            let timeout = timeout.and_then(|timeout| duration(&timeout, reader));
            let then = Next { key: "onTimeout", around: Around::ManualIntervention };
            let then = Box::new(then.read(action, level, reader));
            FailureAction::ManualIntervention { timeout: timeout.unwrap_or_default(), then }
        }
        _ => FailureAction::MarkAsFailure,
    }
}

/// Reports an action that the product refuses in its place, and takes the failure for one without a rule.
fn report_refused(
    action: &View<'_>,
    name: &str,
    why: &str,
    reader: &mut Reader<'_, '_>,
) -> FailureAction {
    let message =
        format!("The product refuses `{name}` here: {why}. It is drawn as `MarkAsFailure`.");
    reader.report(&rules::FAILURE_ACTION_NOT_ALLOWED, type_span(action), message);
    FailureAction::default()
}

/// Place of the type of an action.
fn type_span(action: &View<'_>) -> Span {
    action.value("type").map_or(action.first_key_span(), |kind| kind.span())
}

/// Name of an action as the product writes it; reports any other.
fn known_type(action: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<&'static str> {
    let kind = action.value("type");
    let text = match kind.as_ref().and_then(|kind| scalar::read(kind, reader)) {
        Some(Scalar::Known(text)) => text,
        Some(Scalar::Runtime(text)) => {
            let said = ("What a failure becomes is", "It is drawn as `MarkAsFailure`.");
            scalar::report_given(type_span(action), said, &text, reader);
            return None;
        }
        None => String::new(),
    };
    let known = TYPES.into_iter().find(|name| *name == text);
    if known.is_none() {
        let place = kind.as_ref().unwrap_or(action);
        let fix = fix::spelling(place.node(), &mut TYPES.into_iter());
        let message = format!(
            "Expected the `type` of an action: one of `{}`. It is drawn as `MarkAsFailure`.",
            TYPES.join("`, `")
        );
        reader.report_with_fix(&rules::FAILURE_STRATEGY_INVALID, place.span(), message, fix);
    }
    known
}

/// Reason why the product refuses an action in a place.
pub(super) fn refused(name: &str, level: Level, around: Around) -> Option<&'static str> {
    let is_retry = matches!(name, "Retry" | "RetryStepGroup" | "ProceedWithDefaultValues");
    match (name, around) {
        (_, Around::Retry) if is_retry => Some("what follows a retry can be no further retry"),
        (_, Around::ManualIntervention) if is_retry || name == "ManualIntervention" => {
            Some("what follows a wait for a person can be neither a retry nor another wait")
        }
        ("RetryStepGroup", _) if level != Level::StepGroup => {
            Some("it stands on a step group only")
        }
        ("StageRollback" | "StepGroupRollback", _) if level == Level::RollbackStep => {
            Some("a step of `rollbackSteps` rolls back already")
        }
        _ => None,
    }
}

/// Key below `spec` that says what follows an action.
struct Next {
    key: &'static str,
    around: Around,
}

impl Next {
    fn read(&self, action: &View<'_>, level: Level, reader: &mut Reader<'_, '_>) -> FailureAction {
        match action.at(&["spec", self.key, "action"]) {
            Some(next) => read(&next, level, self.around, reader),
            None => {
                let message = format!(
                    "Expected `{}:` with an `action` below `spec`: what the failure becomes after it. It is \
                     drawn as `MarkAsFailure`.",
                    self.key
                );
                reader.report(&rules::FAILURE_STRATEGY_INVALID, type_span(action), message);
                FailureAction::default()
            }
        }
    }
}

/// Counts the items of a list before they are read; `false` where these are too many.
pub(super) fn inspect(name: &str, list: &View<'_>, reader: &mut Reader<'_, '_>) -> bool {
    let count = list.item_count();
    reader.cx.budget.inspect(count, &CountedList { name, of: None, count, span: list.span() })
}

fn retry(
    spec: Option<&View<'_>>,
    then: Box<FailureAction>,
    reader: &mut Reader<'_, '_>,
) -> FailureAction {
    let count = spec.and_then(|spec| spec.value("retryCount"));
    let count = count.and_then(|count| attempts(&count, reader)).unwrap_or(1);
    let intervals = spec.and_then(|spec| spec.value("retryIntervals"));
    let intervals = intervals.filter(|list| inspect("retryIntervals", list, reader));
    let intervals = intervals.map(|list| list.items()).unwrap_or_default();
    // An attempt whose interval can't be read waits for none.
    let intervals = intervals.iter().map(|item| duration(item, reader).unwrap_or_default());
    FailureAction::Retry { count, intervals: intervals.collect(), then }
}

/// Reads a number of retries; reports any other value.
pub(super) fn attempts(view: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<u32> {
    let text = fixed(view, "The number of retries is", reader)?;
    let number = text.trim().parse().ok();
    if number.is_none() {
        let message = "Expected a whole number. One retry is drawn.";
        reader.report(&rules::FAILURE_STRATEGY_INVALID, view.span(), message);
    }
    number
}

/// Reads a wait; reports any other value.
pub(super) fn duration(view: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<Ms> {
    let text = fixed(view, "This wait is", reader)?;
    let duration = text.trim().parse().ok();
    if duration.is_none() {
        let message =
            "Expected a duration, such as `10s`, `5m` or `1h30m`. It is drawn without this wait.";
        reader.report(&rules::FAILURE_STRATEGY_INVALID, view.span(), message);
    }
    duration
}

/// Text of a scalar that is known before the run; `subject` is the start of a sentence.
fn fixed(view: &View<'_>, subject: &str, reader: &mut Reader<'_, '_>) -> Option<String> {
    match scalar::read(view, reader) {
        Some(Scalar::Known(text)) => Some(text),
        Some(Scalar::Runtime(text)) => {
            scalar::report_given(view.span(), (subject, "It is not drawn."), &text, reader);
            None
        }
        None => Some(String::new()),
    }
}

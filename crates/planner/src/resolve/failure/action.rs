//! The action of a rule, and what follows it: the last failure of a retry, the end of a wait for a person.

use std::str::FromStr;

use deployline_engine::{ErrorType, FailureAction, Ms};
use deployline_span::Span;
use deployline_yaml::Fix;

use super::list::{ListReader, Word, word};
use super::words::Words;
use crate::resolve::context::Reader;
use crate::resolve::found;
use crate::resolve::scalar::{self, expression};
use crate::resolve::view::View;
use crate::spelling::closest_word;
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

/// The action around another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Around {
    Nothing,
    Retry,
    ManualIntervention,
}

/// Where an action stands, and the words that it is written in.
#[derive(Clone, Copy)]
struct Site {
    level: Level,
    around: Around,
    words: &'static Words,
}

/// An action by its name, with its settings.
struct NamedAction<'a> {
    /// Name in the older schema.
    kind: &'static str,
    /// Name as it is written.
    name: &'static str,
    span: Span,
    settings: Option<View<'a>>,
    /// `true` where only a run knows the settings.
    is_open: bool,
}

impl<'a> NamedAction<'a> {
    fn setting(&self, key: &str) -> Option<View<'a>> {
        self.settings.as_ref()?.value(key)
    }
}

/// Reads the `action` of a rule for `errors`.
pub(super) fn read_of<'a>(
    rule: &View<'a>,
    errors: &[(ErrorType, Span)],
    (level, words): (Level, &'static Words),
    reader: &mut Reader<'_, 'a>,
) -> FailureAction {
    let Some(action) = rule.value("action") else {
        let message = format!("{} {}", words.expected_action, words.as_failed);
        reader.report(&rules::FAILURE_STRATEGY_INVALID, rule.first_key_span(), message);
        return FailureAction::default();
    };
    let site = Site { level, around: Around::Nothing, words };
    let Some(named) = named(&action, words, reader) else { return FailureAction::default() };
    let is_other = |(error, _): &(ErrorType, Span)| error.name() != "InputTimeoutError";
    if named.kind == "ProceedWithDefaultValues" && errors.iter().any(is_other) {
        let why = format!("it is for `{}` alone", words.error_name(input_timeout()));
        return report_refused(&named, &why, words, reader);
    }
    read_named(&action, &named, site, reader)
}

/// The one error that can be answered with default values.
fn input_timeout() -> ErrorType {
    ErrorType::from_name("InputTimeoutError").unwrap_or_default()
}

/// Reads an action; reports what the product refuses and takes the failure for one without a rule.
fn read<'a>(action: &View<'a>, site: Site, reader: &mut Reader<'_, 'a>) -> FailureAction {
    match named(action, site.words, reader) {
        Some(named) => read_named(action, &named, site, reader),
        None => FailureAction::default(),
    }
}

fn read_named<'a>(
    action: &View<'a>,
    named: &NamedAction<'a>,
    site: Site,
    reader: &mut Reader<'_, 'a>,
) -> FailureAction {
    let words = site.words;
    if let Some(why) = refused(named.kind, site) {
        return report_refused(named, why, words, reader);
    }
    match named.kind {
        "Ignore" => FailureAction::Ignore,
        "MarkAsSuccess" => FailureAction::MarkAsSuccess,
        "Abort" => FailureAction::Abort,
        "StageRollback" => FailureAction::StageRollback,
        "StepGroupRollback" => FailureAction::StepGroupRollback,
        "ProceedWithDefaultValues" => FailureAction::ProceedWithDefaultValues,
        "PipelineRollback" => {
            // In the newer schema it may stand beside the action as well.
            let beside = action.value(words.fail_all).filter(|_| words.is_newer);
            let flag = beside.or_else(|| named.setting(words.fail_all));
            let fail_all = flag.is_some_and(|flag| fail_all(&flag, reader));
            FailureAction::PipelineRollback { fail_all }
        }
        "Retry" => {
            let then = next(named, words.after_retry, Around::Retry, site, reader);
            retry(named, then, words, reader)
        }
        "RetryStepGroup" => retry(named, FailureAction::default(), words, reader),
        "ManualIntervention" => {
            let timeout = named.setting("timeout");
            if timeout.is_none() && !named.is_open && !words.is_newer {
                let message = "Expected `timeout:` below `spec`: how long a person has to decide. It is \
                               drawn without a wait.";
                reader.report(&rules::FAILURE_STRATEGY_INVALID, named.span, message);
            }
            let timeout = timeout.and_then(|timeout| {
                let written = word(&timeout, WAIT, reader);
                duration(&written, reader)
            });
            let then = next(named, words.after_wait, Around::ManualIntervention, site, reader);
            FailureAction::ManualIntervention {
                timeout: timeout.unwrap_or_default(),
                then: Box::new(then),
            }
        }
        _ => FailureAction::MarkAsFailure,
    }
}

/// Reports an action that the product refuses in its place, and takes the failure for one without a rule.
fn report_refused(
    action: &NamedAction<'_>,
    why: &str,
    words: &Words,
    reader: &mut Reader<'_, '_>,
) -> FailureAction {
    let message = format!("The product refuses `{}` here: {why}. {}", action.name, words.as_failed);
    reader.report(&rules::FAILURE_ACTION_NOT_ALLOWED, action.span, message);
    FailureAction::default()
}

/// A word for an action, its settings and its place.
type Parts<'a> = (&'static str, Option<View<'a>>, Span);

/// Name of an action and what stands below it; reports any other.
fn named<'a>(
    action: &View<'a>,
    words: &'static Words,
    reader: &mut Reader<'_, 'a>,
) -> Option<NamedAction<'a>> {
    let (name, settings, span) = match words.is_newer {
        true => newer_parts(action, words, reader)?,
        false => older_parts(action, words, reader)?,
    };
    let (_, kind) = words.actions.iter().find(|(word, _)| *word == name)?;
    let open = settings.as_ref().and_then(|it| Some((it.span(), expression(it)?)));
    if let Some((span, text)) = open {
        let given = ("What is set for this action is", "It is drawn without that.");
        scalar::report_given(span, given, text, reader);
    }
    Some(NamedAction { kind, name, span, is_open: open.is_some(), settings })
}

/// An action of the older schema: `{type: Retry, spec: {…}}`.
fn older_parts<'a>(
    action: &View<'a>,
    words: &'static Words,
    reader: &mut Reader<'_, 'a>,
) -> Option<Parts<'a>> {
    if let Some(text) = expression(action) {
        scalar::report_given(action.span(), (SUBJECT, words.as_failed), text, reader);
        return None;
    }
    let kind = action.value("type");
    let place = kind.as_ref().unwrap_or(action);
    if let Some(name) = known(place, words, reader)? {
        return Some((name, action.value("spec"), place.span()));
    }
    let fix = fix::spelling(place.node(), &mut words.action_names());
    report_unknown(place, place.span(), words, fix, reader);
    None
}

/// An action of the newer schema: `abort`, or `{retry: {…}}`.
fn newer_parts<'a>(
    action: &View<'a>,
    words: &'static Words,
    reader: &mut Reader<'_, 'a>,
) -> Option<Parts<'a>> {
    let with_settings = |name| Some((name, Some(action.get(name)?), action.span()));
    // `fail-all` alone can only be about the pipeline.
    let of_all = || action.get(words.fail_all).map(|_| ("pipeline-rollback", None, action.span()));
    if let Some(parts) = words.action_names().find_map(with_settings).or_else(of_all) {
        return Some(parts);
    }
    if let Some(name) = known(action, words, reader)? {
        return Some((name, None, action.span()));
    }
    let key = action.node().entries().next().map(|(key, _)| key);
    let fix = match key {
        Some(key) => key
            .as_str()
            .and_then(|written| closest_word(written, &mut words.action_names()))
            .and_then(|name| fix::key(key, name)),
        None => fix::spelling(action.node(), &mut words.action_names()),
    };
    report_unknown(action, key.map_or(action.span(), |key| key.span()), words, fix, reader);
    None
}

/// The word for an action in a scalar, `Some(None)` for any other; `None` where only a run knows it: reports
/// that.
fn known<'a>(
    scalar: &View<'a>,
    words: &'static Words,
    reader: &mut Reader<'_, 'a>,
) -> Option<Option<&'static str>> {
    let written = word(scalar, (SUBJECT, words.as_failed), reader).text?;
    Some(words.action_names().find(|name| *name == written))
}

fn report_unknown(
    action: &View<'_>,
    span: Span,
    words: &Words,
    fix: Option<Fix>,
    reader: &mut Reader<'_, '_>,
) {
    let rule = &rules::FAILURE_STRATEGY_INVALID;
    let names = words.action_names().collect::<Vec<_>>().join("`, `");
    let message = format!("Expected {}: one of `{names}`. {}", words.action_name, words.as_failed);
    match expression(action).is_some() || action.in_place_of().is_some() {
        true => found::report(rule, action, &message, reader),
        false => reader.report_with_fix(rule, span, message, fix),
    }
}

/// Reason why the product refuses an action in a place.
fn refused(kind: &str, Site { level, around, .. }: Site) -> Option<&'static str> {
    let is_retry = matches!(kind, "Retry" | "RetryStepGroup" | "ProceedWithDefaultValues");
    match (kind, around) {
        (_, Around::Retry) if is_retry => Some("what follows a retry can be no further retry"),
        (_, Around::ManualIntervention) if is_retry || kind == "ManualIntervention" => {
            Some("what follows a wait for a person can be neither a retry nor another wait")
        }
        ("RetryStepGroup", _) if level != Level::StepGroup => {
            Some("it stands on a step group only")
        }
        ("StageRollback" | "StepGroupRollback", _) if level == Level::RollbackStep => {
            Some("a step of a rollback rolls back already")
        }
        _ => None,
    }
}

/// The action that follows another one, below the key `key`.
fn next<'a>(
    of: &NamedAction<'a>,
    key: &str,
    around: Around,
    site: Site,
    reader: &mut Reader<'_, 'a>,
) -> FailureAction {
    if of.is_open {
        return FailureAction::default();
    }
    let words = site.words;
    let below = of.setting(key);
    let is_action = |below: &View<'a>| words.is_newer || expression(below).is_some();
    let action = below.and_then(|it| if is_action(&it) { Some(it) } else { it.value("action") });
    if let Some(action) = action {
        return read(&action, Site { around, ..site }, reader);
    }
    let message = format!(
        "Expected `{key}:`{}: what the failure becomes after it. {}",
        words.place_of_next, words.as_failed
    );
    reader.report(&rules::FAILURE_STRATEGY_INVALID, of.span, message);
    FailureAction::default()
}

fn retry<'a>(
    action: &NamedAction<'a>,
    then: FailureAction,
    words: &Words,
    reader: &mut Reader<'_, 'a>,
) -> FailureAction {
    let count = action.setting(words.retry_count).and_then(|count| {
        let given = ("The number of retries is", "One retry is drawn.");
        let written = word(&count, given, reader);
        parsed(&written, "Expected a whole number. One retry is drawn.", reader)
    });
    let list = ListReader {
        key: words.retry_intervals,
        may_be_one: words.is_newer,
        given: WAIT,
        expected: "Expected a list of durations, such as `[10s, 1m]`. It is drawn without a wait.",
    };
    let intervals = action.setting(words.retry_intervals);
    let intervals = intervals.map(|written| list.read(&written, reader)).unwrap_or_default();
    // An attempt whose interval can't be read waits for none.
    let intervals = intervals.iter().map(|it| duration(it, reader).unwrap_or_default()).collect();
    FailureAction::Retry { count: count.unwrap_or(1), intervals, then: Box::new(then) }
}

fn fail_all(flag: &View<'_>, reader: &mut Reader<'_, '_>) -> bool {
    let settled = scalar::settled_flag(flag, reader);
    if settled.is_none() {
        match expression(flag) {
            Some(text) => {
                let given = ("Whether all else fails with it is", "It is drawn as `false`.");
                scalar::report_given(flag.span(), given, text, reader);
            }
            None => {
                let message = "Expected `true` or `false` here. It is drawn as `false`.";
                reader.report(&rules::FAILURE_STRATEGY_INVALID, flag.span(), message);
            }
        }
    }
    settled.unwrap_or(false)
}

/// Reads a wait; reports any other value.
fn duration(written: &Word<'_>, reader: &mut Reader<'_, '_>) -> Option<Ms> {
    const EXPECTED: &str =
        "Expected a duration, such as `10s`, `5m` or `1h30m`. It is drawn without this wait.";
    parsed(written, EXPECTED, reader)
}

/// Value of a word that is known; reports one that can't be read.
fn parsed<T: FromStr>(
    written: &Word<'_>,
    expected: &str,
    reader: &mut Reader<'_, '_>,
) -> Option<T> {
    let value = written.text.as_ref()?.trim().parse().ok();
    if value.is_none() {
        let message = written.found.around(expected);
        reader.report(&rules::FAILURE_STRATEGY_INVALID, written.span, message);
    }
    value
}

const SUBJECT: &str = "What a failure becomes is";
const WAIT: (&str, &str) = ("This wait is", "It is not drawn.");

//! `on-failure` of the newer schema: the same rules and actions, in a spelling of its own.
//!
//! ```text
//! on-failure: [{errors: timeout, action: {retry: {attempts: 2, interval: 10s, failure-action: fail}}}]
//! ```
//!
//! Follows `docs/semantics.md`, "Schema v1".

use deployline_engine::{ErrorType, FailureAction, FailureRule, FailureStrategies, Ms};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::action::{Around, Level, attempts, duration, inspect, refused};
use super::{LevelRules, StepReader};
use crate::resolve::context::Reader;
use crate::resolve::scalar::{self, Scalar, expression};
use crate::resolve::steps;
use crate::resolve::unpublished::{self, Spelling};
use crate::resolve::view::View;
use crate::spelling::closest_word;
use crate::{fix, rules};

const ON_FAILURE: Spelling = Spelling { published: "on-failure", others: &["on_failure"] };

/// Names of errors, each with the older schema's; of the last one nothing is known.
const ERRORS: [(&str, &str); 14] = [
    ("all", ErrorType::ALL_ERRORS),
    ("unknown", "Unknown"),
    ("authentication", "Authentication"),
    ("connectivity", "Connectivity"),
    ("timeout", "Timeout"),
    ("authorization", "Authorization"),
    ("verification", "Verification"),
    ("delegate-provisioning", "DelegateProvisioning"),
    ("policy-evaluation", "PolicyEvaluationFailure"),
    ("input-timeout", "InputTimeoutError"),
    ("approval-rejection", "ApprovalRejection"),
    ("delegate-restart", "DelegateRestart"),
    ("user-mark-fail", "UserMarkedFailure"),
    ("proceed-with-default", ""),
];

/// Names of actions, each with the older schema's.
const ACTIONS: [(&str, &str); 10] = [
    ("abort", "Abort"),
    ("ignore", "Ignore"),
    ("success", "MarkAsSuccess"),
    ("fail", "MarkAsFailure"),
    ("stage-rollback", "StageRollback"),
    ("pipeline-rollback", "PipelineRollback"),
    ("proceed-with-default", "ProceedWithDefaultValues"),
    ("retry", "Retry"),
    ("retry-step-group", "RetryStepGroup"),
    ("manual-intervention", "ManualIntervention"),
];

/// Says what a rule without a sensible action is drawn as.
const AS_FAIL: &str = "It is drawn as `fail`.";

/// Name of an error in the newer schema.
pub(super) fn name_of(error: ErrorType) -> &'static str {
    let name = ERRORS.iter().find(|(_, older)| *older == error.name());
    name.map_or(error.name(), |(name, _)| name)
}

/// Reads the rules of `stage` and of its steps.
pub(in crate::resolve) fn read<'a>(
    stage: &View<'a>,
    reader: &mut Reader<'_, 'a>,
) -> FailureStrategies {
    let of_stage = rules_of(stage, Level::Stage, reader);
    let mut of_steps = Vec::new();
    for (key, level) in [("steps", Level::Step), ("rollback", Level::RollbackStep)] {
        if let Some(list) = stage.value(key)
            && steps::have_failure_strategies(&list, reader.cx)
        {
            let mut steps = StepReader { levels: Vec::new(), level, found: &mut of_steps };
            steps.read_newer_list(&list, reader);
        }
    }
    FailureStrategies { of_stage, of_steps }
}

impl StepReader<'_> {
    fn read_newer_list<'a>(&mut self, list: &View<'a>, reader: &mut Reader<'_, 'a>) {
        // The documentation has one step in the place of the list.
        if list.kind() == NodeKind::Mapping {
            return self.read_newer_item(list, reader);
        }
        if !inspect("steps", list, reader) {
            return;
        }
        for item in list.items() {
            self.read_newer_item(&item, reader);
        }
    }

    fn read_newer_item<'a>(&mut self, item: &View<'a>, reader: &mut Reader<'_, 'a>) {
        if let Some(inner) = item.at(&["parallel", "steps"]) {
            return self.read_newer_list(&inner, reader);
        }
        match item.value("group") {
            Some(group) => {
                let rules = rules_of(&group, Level::StepGroup, reader);
                self.in_group(rules, |steps| {
                    if let Some(inner) = group.value("steps") {
                        steps.read_newer_list(&inner, reader);
                    }
                });
            }
            None => {
                let own = rules_of(item, self.level, reader);
                let name = item.str_of("id").or_else(|| item.str_of("name"));
                self.add_step(name, own, item.span(), reader);
            }
        }
    }
}

/// Reads the rules of one level: one, a list, or an expression, which says nothing.
fn rules_of(holder: &View<'_>, level: Level, reader: &mut Reader<'_, '_>) -> Vec<FailureRule> {
    let Some(written) = unpublished::value(holder, &ON_FAILURE, reader) else { return Vec::new() };
    if let Some(text) = expression(&written) {
        let words = ("What a failure becomes is", AS_FAIL);
        scalar::report_given(written.span(), words, text, reader);
        return Vec::new();
    }
    let mut read = LevelRules { is_v1: true, ..LevelRules::default() };
    match written.kind() {
        NodeKind::Mapping => add(&mut read, &written, level, reader),
        NodeKind::Sequence if inspect("on-failure", &written, reader) => {
            for item in written.items() {
                add(&mut read, &item, level, reader);
            }
        }
        NodeKind::Sequence => {}
        NodeKind::Scalar | NodeKind::Null => {
            let message = "Expected a rule with `errors` and an `action`, or a list of rules.";
            reader.report(&rules::FAILURE_STRATEGY_INVALID, written.span(), message);
        }
    }
    read.rules
}

fn add(read: &mut LevelRules, rule: &View<'_>, level: Level, reader: &mut Reader<'_, '_>) {
    let errors = errors_of(rule, reader);
    let action = match rule.value("action") {
        Some(action) => read_action(&action, level, Around::Nothing, reader),
        None => {
            let message = format!("Expected `action:`, such as `stage-rollback`. {AS_FAIL}");
            reader.report(&rules::FAILURE_STRATEGY_INVALID, rule.first_key_span(), message);
            FailureAction::default()
        }
    };
    read.take(errors, action, reader);
}

fn errors_of(rule: &View<'_>, reader: &mut Reader<'_, '_>) -> Vec<(ErrorType, Span)> {
    if rule.kind() != NodeKind::Mapping {
        return Vec::new();
    }
    if rule.value("exitcode").is_some() {
        let read_as = "It is not drawn: the rule is for its `errors`.";
        unpublished::report(rule.key_span("exitcode"), "`exitcode`", read_as, reader);
    }
    let Some(written) = rule.value("errors") else {
        let message = "The published schema wants `errors:` here; in the documentation a rule without it is for `all`. \
                       It is drawn so.";
        reader.report(&rules::UNPUBLISHED_FORM, rule.first_key_span(), message);
        return vec![(ErrorType::AllErrors, rule.span())];
    };
    if expression(&written).is_some() {
        return Vec::new();
    }
    let items = match written.kind() {
        NodeKind::Sequence if !inspect("errors", &written, reader) => return Vec::new(),
        NodeKind::Sequence => written.items(),
        _ => vec![written],
    };
    let mut errors: Vec<(ErrorType, Span)> = Vec::new();
    for item in &items {
        let Some(name) = item.as_str().filter(|_| expression(item).is_none()) else { continue };
        match ERRORS.iter().find(|(newer, _)| *newer == name) {
            Some((_, older)) => errors.extend(
                ErrorType::from_name(older)
                    .filter(|error| !errors.iter().any(|(other, _)| other == error))
                    .map(|error| (error, item.span())),
            ),
            None => {
                let fix = fix::spelling(item.node(), &mut ERRORS.iter().map(|(name, _)| *name));
                let message = format!(
                    "`{name}` is no type of error of the newer schema. Expected one such as `all`, `timeout` or \
                     `connectivity`. The rule is drawn without it."
                );
                reader.report_with_fix(&rules::FAILURE_STRATEGY_INVALID, item.span(), message, fix);
            }
        }
    }
    errors
}

/// Reads an action: a word, or a mapping with one key; reports what the product refuses.
fn read_action(
    action: &View<'_>,
    level: Level,
    around: Around,
    reader: &mut Reader<'_, '_>,
) -> FailureAction {
    let fail_all = action.value("fail-all").and_then(|flag| scalar::flag(&flag));
    let Some((name, settings)) = named_action(action, reader) else {
        return FailureAction::default();
    };
    let older = ACTIONS.iter().find(|(newer, _)| *newer == name).map_or("", |(_, older)| older);
    if let Some(why) = refused(older, level, around) {
        let message = format!("The product refuses `{name}` here: {why}. {AS_FAIL}");
        reader.report(&rules::FAILURE_ACTION_NOT_ALLOWED, action.span(), message);
        return FailureAction::default();
    }
    let setting = |key: &str| settings.as_ref().and_then(|settings| settings.value(key));
    match name {
        "abort" => FailureAction::Abort,
        "ignore" => FailureAction::Ignore,
        "success" => FailureAction::MarkAsSuccess,
        "stage-rollback" => FailureAction::StageRollback,
        "proceed-with-default" => FailureAction::ProceedWithDefaultValues,
        "pipeline-rollback" => {
            let inner = setting("fail-all").and_then(|flag| scalar::flag(&flag));
            FailureAction::PipelineRollback { fail_all: fail_all.or(inner).unwrap_or(false) }
        }
        "retry" | "retry-step-group" => {
            let then = match name {
                "retry" => {
                    let then = setting("failure-action");
                    next(then, ("failure-action", action), level, Around::Retry, reader)
                }
                _ => FailureAction::default(),
            };
            let count = setting("attempts").and_then(|count| attempts(&count, reader)).unwrap_or(1);
            let intervals = intervals(setting("interval"), reader);
            FailureAction::Retry { count, intervals, then: Box::new(then) }
        }
        "manual-intervention" => {
            let timeout = setting("timeout").and_then(|timeout| duration(&timeout, reader));
            let then = setting("timeout-action");
            let of = ("timeout-action", action);
            let then = next(then, of, level, Around::ManualIntervention, reader);
            FailureAction::ManualIntervention {
                timeout: timeout.unwrap_or_default(),
                then: Box::new(then),
            }
        }
        _ => FailureAction::MarkAsFailure,
    }
}

/// Name of an action and what stands below it; reports any other.
fn named_action<'a>(
    action: &View<'a>,
    reader: &mut Reader<'_, '_>,
) -> Option<(&'static str, Option<View<'a>>)> {
    let names = ACTIONS.map(|(name, _)| name);
    if action.kind() == NodeKind::Mapping {
        let named = names.into_iter().find_map(|name| Some((name, Some(action.get(name)?))));
        // `fail-all` alone can only be about the pipeline.
        let of_all = || action.get("fail-all").map(|_| ("pipeline-rollback", None));
        if let Some(named) = named.or_else(of_all) {
            return Some(named);
        }
    }
    let written = match scalar::read(action, reader) {
        Some(Scalar::Known(text)) => text,
        Some(Scalar::Runtime(text)) => {
            let words = ("What a failure becomes is", AS_FAIL);
            scalar::report_given(action.span(), words, &text, reader);
            return None;
        }
        None => String::new(),
    };
    let known = names.into_iter().find(|name| *name == written);
    if known.is_none() {
        let (node, span) = match action.node().entries().next() {
            Some((key, _)) => (key, key.span()),
            None => (action.node(), action.span()),
        };
        let fix = match action.kind() {
            NodeKind::Mapping => node
                .as_str()
                .and_then(|written| closest_word(written, &mut names.into_iter()))
                .and_then(|name| fix::key(node, name)),
            _ => fix::spelling(node, &mut names.into_iter()),
        };
        let message = format!("Expected an action: one of `{}`. {AS_FAIL}", names.join("`, `"));
        reader.report_with_fix(&rules::FAILURE_STRATEGY_INVALID, span, message, fix);
    }
    known.map(|name| (name, None))
}

/// What follows a retry or a wait for a person.
fn next(
    then: Option<View<'_>>,
    (key, of): (&str, &View<'_>),
    level: Level,
    around: Around,
    reader: &mut Reader<'_, '_>,
) -> FailureAction {
    match then {
        Some(then) => read_action(&then, level, around, reader),
        None => {
            let message =
                format!("Expected `{key}:`: what the failure becomes after it. {AS_FAIL}");
            reader.report(&rules::FAILURE_STRATEGY_INVALID, of.span(), message);
            FailureAction::default()
        }
    }
}

/// The waits before each attempt: one, or a list.
fn intervals(written: Option<View<'_>>, reader: &mut Reader<'_, '_>) -> Vec<Ms> {
    let Some(written) = written else { return Vec::new() };
    let items = match written.kind() {
        NodeKind::Sequence if !inspect("interval", &written, reader) => return Vec::new(),
        NodeKind::Sequence => written.items(),
        _ => vec![written],
    };
    // An attempt whose interval can't be read waits for none.
    items.iter().map(|item| duration(item, reader).unwrap_or_default()).collect()
}

//! `failureStrategies` of a stage, its step groups and its steps: what a failure becomes.
//!
//! Follows `docs/semantics.md`, "When a deployment fails".

mod action;
pub(super) mod newer;

use std::sync::Arc;

use deployline_engine::format::count;
use deployline_engine::{
    ErrorType, FailureAction, FailureRule, FailureStrategies, StepRules, bounded_name,
};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::budget::{CountedList, Item};
use super::context::Reader;
use super::scalar::expression;
use super::steps;
use super::view::View;
use crate::{fix, rules};
use action::{Level, inspect};

/// Depth of groups in groups, below which nothing is read.
const MAX_DEPTH: usize = 12;

/// Reads the rules of `stage`, or of the template `body` that it comes from, and those of the steps in
/// `spec`. One that `deploys` needs a rule for all errors.
pub(super) fn read<'a>(
    stage: &View<'a>,
    body: &View<'a>,
    spec: Option<&View<'a>>,
    deploys: bool,
    reader: &mut Reader<'_, 'a>,
) -> FailureStrategies {
    let written = |view: &View<'a>| view.value("failureStrategies");
    let of_stage = written(stage).or_else(|| written(body));
    let is_open = of_stage.as_ref().is_some_and(|list| expression(list).is_some());
    let of_stage = of_stage.map(|list| read_rules(&list, Level::Stage, reader)).unwrap_or_default();
    let is_for_all = |rule: &FailureRule| rule.errors == [ErrorType::AllErrors];
    if deploys && !is_open && !of_stage.iter().any(is_for_all) {
        let place = place_of_strategies(stage, body);
        reader.cx.without_failure_strategy.push(place);
    }
    let mut of_steps = Vec::new();
    if let Some(execution) = spec.and_then(|spec| spec.value("execution")) {
        for (key, level) in [("steps", Level::Step), ("rollbackSteps", Level::RollbackStep)] {
            if let Some(list) = execution.value(key)
                && steps::have_failure_strategies(&list, reader.cx)
            {
                let mut steps = StepReader { levels: Vec::new(), level, found: &mut of_steps };
                steps.read_list(&list, reader);
            }
        }
    }
    FailureStrategies { of_stage, of_steps }
}

/// Place of the stage's strategies, or where they are missing.
fn place_of_strategies(stage: &View<'_>, body: &View<'_>) -> Span {
    let key = "failureStrategies";
    let written = [stage, body].into_iter().find(|holder| holder.value(key).is_some());
    written.map_or_else(|| body.key_span("type"), |holder| holder.key_span(key))
}

/// Reports the Deployment stages without a rule for all errors, at the first of them: a part of a pipeline
/// is often shown without its strategies, and a whole one is refused.
pub(super) fn report_missing(reader: &mut Reader<'_, '_>) {
    let places = std::mem::take(&mut reader.cx.without_failure_strategy);
    let Some((first, others)) = places.split_first() else { return };
    let others = match others.len() {
        0 => String::new(),
        more => format!(" So it is with {}.", count(more, "further stage")),
    };
    let message = format!(
        "The product refuses a Deployment stage without a failure strategy for `AllErrors`. Add \
         `failureStrategies:` with a rule for `[AllErrors]`. Until then a failure is drawn as \
         `MarkAsFailure`.{others}"
    );
    reader.report(&rules::FAILURE_STRATEGY_MISSING, *first, message);
}

/// Reads the rules of steps, with those of the groups around them.
struct StepReader<'f> {
    /// Rules of the groups around the present step, the outermost first.
    levels: Vec<Arc<[FailureRule]>>,
    level: Level,
    found: &'f mut Vec<StepRules>,
}

impl StepReader<'_> {
    fn read_list<'a>(&mut self, list: &View<'a>, reader: &mut Reader<'_, 'a>) {
        if !inspect("steps", list, reader) {
            return;
        }
        for item in list.items() {
            if let Some(parallel) = item.value("parallel") {
                self.read_list(&parallel, reader);
            } else if let Some(group) = item.value("stepGroup") {
                self.read_group(&group, reader);
            } else if let Some(step) = item.value("step") {
                self.read_step(&step, reader);
            }
        }
    }

    fn read_group<'a>(&mut self, group: &View<'a>, reader: &mut Reader<'_, 'a>) {
        if self.levels.len() == MAX_DEPTH {
            return;
        }
        let rules = group.value("failureStrategies");
        let rules = rules.map(|rules| read_rules(&rules, Level::StepGroup, reader));
        self.in_group(rules.unwrap_or_default(), |steps| {
            if let Some(inner) = group.value("steps") {
                steps.read_list(&inner, reader);
            }
        });
    }

    /// Reads what stands in a group with these rules.
    fn in_group(&mut self, rules: Vec<FailureRule>, read: impl FnOnce(&mut Self)) {
        self.levels.push(rules.into());
        read(self);
        self.levels.pop();
    }

    fn read_step<'a>(&mut self, step: &View<'a>, reader: &mut Reader<'_, 'a>) {
        let own = step.value("failureStrategies");
        let own = own.map(|own| read_rules(&own, self.level, reader)).unwrap_or_default();
        let name = step.str_of("identifier").or_else(|| step.str_of("name"));
        self.add_step(name, own, step.span(), reader);
    }

    /// Adds a step with rules of its own, or of a group around it.
    fn add_step(
        &mut self,
        name: Option<&str>,
        own: Vec<FailureRule>,
        span: Span,
        reader: &mut Reader<'_, '_>,
    ) {
        let levels = std::iter::once(own.into()).chain(self.levels.iter().rev().cloned());
        let levels: Vec<Arc<[FailureRule]>> = levels.filter(|rules| !rules.is_empty()).collect();
        // What a rollback's own steps do when they fail has no part in the order.
        if let Some(name) = name
            && self.level == Level::Step
            && !levels.is_empty()
            && take_step(span, reader)
        {
            self.found.push(StepRules { step: bounded_name(name), levels });
        }
    }
}

/// Takes a step with rules, which each stage of a template holds anew; `false` where these are too many.
fn take_step(span: Span, reader: &mut Reader<'_, '_>) -> bool {
    let steps = CountedList { name: "steps", of: None, count: 1, span };
    reader.cx.budget.take(Item::Value, &steps)
}

/// Reads the rules of one level. `<+input>` and an empty list are valid, and say nothing.
fn read_rules(list: &View<'_>, level: Level, reader: &mut Reader<'_, '_>) -> Vec<FailureRule> {
    if expression(list).is_some() {
        return Vec::new();
    }
    if list.kind() != NodeKind::Sequence {
        const MESSAGE: &str = "Expected a list of rules, each with `onFailure:`, or `<+input>`.";
        reader.report(&rules::FAILURE_STRATEGY_INVALID, list.span(), MESSAGE);
        return Vec::new();
    }
    if !inspect("failureStrategies", list, reader) {
        return Vec::new();
    }
    let mut read = LevelRules::default();
    for item in list.items() {
        read.add(&item, level, reader);
    }
    read.rules
}

/// Rules of one level, with the places of their errors.
#[derive(Default)]
struct LevelRules {
    rules: Vec<FailureRule>,
    /// Each error with its place and the index of its rule.
    places: Vec<(ErrorType, Span, usize)>,
    is_v1: bool,
}

impl LevelRules {
    fn add(&mut self, item: &View<'_>, level: Level, reader: &mut Reader<'_, '_>) {
        let Some(rule) = item.value("onFailure") else {
            const MESSAGE: &str = "Expected `onFailure:` with `errors` and an `action`.";
            return reader.report(&rules::FAILURE_STRATEGY_INVALID, item.first_key_span(), MESSAGE);
        };
        let errors = read_errors(&rule, reader);
        let action = action::read_of(&rule, &errors, level, reader);
        self.take(errors, action, reader);
    }

    /// Takes a rule as read.
    fn take(
        &mut self,
        errors: Vec<(ErrorType, Span)>,
        action: FailureAction,
        reader: &mut Reader<'_, '_>,
    ) {
        for (error, span) in &errors {
            self.check(*error, *span, &action, reader);
        }
        if errors.len() > 1
            && let Some((_, span)) = errors.iter().find(|(it, _)| *it == ErrorType::AllErrors)
        {
            let message = format!(
                "`{}` stands for every error that no other rule names, and must stand alone. Give the \
                 other errors a rule of their own, or remove them.",
                self.name_of(ErrorType::AllErrors)
            );
            reader.report(&rules::FAILURE_ERRORS_CLASH, *span, message);
        }
        // The first rule for an error counts, so that there are no more of them than errors.
        let is_new =
            |(error, _): &(ErrorType, Span)| !self.places.iter().any(|(other, ..)| other == error);
        let new: Vec<(ErrorType, Span)> = errors.into_iter().filter(is_new).collect();
        if !new.is_empty() {
            let index = self.rules.len();
            let errors = new.iter().map(|(error, _)| *error).collect();
            self.rules.push(FailureRule { errors, action });
            self.places.extend(new.into_iter().map(|(error, span)| (error, span, index)));
        }
    }

    /// Name of an error as the schema writes it.
    fn name_of(&self, error: ErrorType) -> &'static str {
        if self.is_v1 { newer::name_of(error) } else { error.name() }
    }

    /// Reports an error that an earlier rule of the level has, with another action.
    fn check(
        &self,
        error: ErrorType,
        span: Span,
        action: &FailureAction,
        reader: &mut Reader<'_, '_>,
    ) {
        let Some((_, first, rule)) = self.places.iter().find(|(other, ..)| *other == error) else {
            return;
        };
        if error != ErrorType::AllErrors && self.rules[*rule].action == *action {
            return;
        }
        let name = self.name_of(error);
        let message = format!(
            "`{name}` has a rule at this level already. The product refuses two; the first one is drawn."
        );
        let clash = rules::FAILURE_ERRORS_CLASH.at(span, message);
        reader.add(clash.with_related(*first, "The first rule"));
    }
}

fn read_errors(rule: &View<'_>, reader: &mut Reader<'_, '_>) -> Vec<(ErrorType, Span)> {
    let list = rule.value("errors");
    let Some(list) = list.filter(|list| list.item_count() > 0 || expression(list).is_some()) else {
        const MESSAGE: &str = "Expected `errors:` with a list, such as `[AllErrors]`.";
        reader.report(&rules::FAILURE_STRATEGY_INVALID, rule.first_key_span(), MESSAGE);
        return Vec::new();
    };
    if !inspect("errors", &list, reader) {
        return Vec::new();
    }
    let mut errors: Vec<(ErrorType, Span)> = Vec::new();
    for item in list.items() {
        let Some(name) = item.as_str().filter(|_| expression(&item).is_none()) else { continue };
        match ErrorType::from_name(name) {
            Some(error) if errors.iter().any(|(other, _)| *other == error) => {}
            Some(error) => errors.push((error, item.span())),
            None => report_unknown_error(&item, name, reader),
        }
    }
    errors
}

fn report_unknown_error(item: &View<'_>, name: &str, reader: &mut Reader<'_, '_>) {
    if reader.count_unlisted(&rules::FAILURE_STRATEGY_INVALID, item.span()) {
        return;
    }
    let mut known = ErrorType::NAMES.into_iter().chain([ErrorType::ALL_ERRORS]);
    let fix = fix::spelling(item.node(), &mut known);
    let message = format!(
        "`{name}` is no type of error of the product. Expected one such as `AllErrors`, `Timeout` or \
         `Connectivity`. The rule is drawn without it."
    );
    reader.report_with_fix(&rules::FAILURE_STRATEGY_INVALID, item.span(), message, fix);
}

//! `failureStrategies` of a stage, its step groups and its steps: what a failure becomes. `on-failure` of the
//! newer schema is the same in other [`words`].
//!
//! Follows `docs/semantics.md`, "When a deployment fails" and "Schema v1".

mod action;
mod level;
mod list;
mod steps;
mod words;

use deployline_engine::format::count;
use deployline_engine::{ErrorType, FailureRule, FailureStrategies};

use super::context::Reader;
use super::view::View;
use crate::rules;
use action::Level;
use level::read_rules;
use words::{NEWER, OLDER};

/// Reads the rules of `stage`, or of the template `body` that it comes from, and those of the steps in
/// `spec`. One that `deploys` needs a rule for all errors.
pub(super) fn read<'a>(
    stage: &View<'a>,
    body: &View<'a>,
    spec: Option<&View<'a>>,
    deploys: bool,
    reader: &mut Reader<'_, 'a>,
) -> FailureStrategies {
    let key = OLDER.rules.published;
    let holder = if stage.value(key).is_some() { stage } else { body };
    let of_stage = read_rules(holder, Level::Stage, &OLDER, reader);
    let is_for_all = |rule: &FailureRule| rule.errors == [ErrorType::AllErrors];
    if deploys && !of_stage.is_open && !of_stage.rules.iter().any(is_for_all) {
        let is_written = holder.value(key).is_some();
        let place = if is_written { holder.key_span(key) } else { body.key_span("type") };
        reader.cx.without_failure_strategy.push(place);
    }
    let execution = spec.and_then(|spec| spec.value("execution"));
    let lists = [("steps", Level::Step), ("rollbackSteps", Level::RollbackStep)];
    let of_steps = execution.map(|execution| steps::read(&execution, lists, &OLDER, reader));
    FailureStrategies { of_stage: of_stage.rules, of_steps: of_steps.unwrap_or_default() }
}

/// Reads the rules of a `stage` of the newer schema, and those of its steps.
pub(super) fn read_newer<'a>(stage: &View<'a>, reader: &mut Reader<'_, 'a>) -> FailureStrategies {
    let of_stage = read_rules(stage, Level::Stage, &NEWER, reader).rules;
    let lists = [("steps", Level::Step), ("rollback", Level::RollbackStep)];
    FailureStrategies { of_stage, of_steps: steps::read(stage, lists, &NEWER, reader) }
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

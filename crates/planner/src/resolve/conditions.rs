//! `when`: the condition of a stage, asked for each of its runs, and that of its loop, asked once before.
//!
//! Follows `docs/semantics.md`, "Conditions".

mod evaluation;
pub(super) mod newer;
mod report;
mod table;
mod written;

use deployline_engine::{Condition, Schema, Skips, Stage, Work, outcome_combinations};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::context::Reader;
use super::values::Asked;
use super::view::View;
use crate::expression::{Missing, Why, is_expression};
use crate::rules;
use evaluation::{Evaluation, is_multi_deployment, verdicts};
use table::Table;
use written::Written;

/// The most answers that are kept of a condition: one for each of its runs, in each combination of outcomes.
const MAX_ANSWERS: usize = 1 << 20;

/// The longest condition that is kept with a stage, in characters.
const MAX_KEPT: usize = 200;

/// The places where a stage may have conditions.
pub(super) struct ConditionPlaces<'a> {
    /// `when` of the stage.
    pub(super) when: Option<View<'a>>,
    /// `strategy`, which may have a condition of its own.
    pub(super) strategy: Option<View<'a>>,
    /// `multiDeploymentConfig`, which may have one too.
    pub(super) multi_deployment: Option<View<'a>>,
}

/// Reads the conditions of a stage whose work has been read.
pub(super) fn read<'a>(
    stage: &mut Stage,
    places: &ConditionPlaces<'a>,
    schema: Schema,
    reader: &mut Reader<'_, 'a>,
) {
    add_missing_items(stage, reader);
    let holder = match (&stage.looping, &stage.work) {
        (Some(_), _) => places.strategy.as_ref(),
        (None, Work::Deploy(deploy)) if is_multi_deployment(deploy) => {
            places.multi_deployment.as_ref()
        }
        (None, _) => None,
    };
    let of_loop = holder.and_then(|holder| holder.value("when"));
    if let Some(text) = of_loop.as_ref().and_then(|it| Written::read(it, reader)) {
        let condition = evaluate(stage, text, (true, schema), reader);
        stage.conditions.push(condition);
    }
    let own = places.when.as_ref().and_then(|when| when.value("condition"));
    if let Some(text) = own.as_ref().and_then(|it| Written::read(it, reader)) {
        report::report_execution_input(text, reader);
        let condition = evaluate(stage, text, (false, schema), reader);
        stage.conditions.push(condition);
    }
}

/// Adds the condition that there are items to repeat the stage for, where there are none.
fn add_missing_items(stage: &mut Stage, reader: &mut Reader<'_, '_>) {
    if let Some(span) = reader.cx.no_items.take() {
        stage.conditions.push(never("there are items to repeat for", span, true));
    }
}

/// A condition that is false for the whole stage.
fn never(text: &str, span: Span, is_of_loop: bool) -> Condition {
    Condition {
        text: text.to_owned(),
        span,
        is_of_loop,
        asks: Vec::new(),
        skips: vec![Skips::All],
        missing: None,
        assumed: true,
        otherwise: Vec::new(),
    }
}

/// Reports a `when` of a stage without a status, which the product refuses.
pub(super) fn check_status(stage: &View<'_>, body: &View<'_>, reader: &mut Reader<'_, '_>) {
    let holder = if stage.value("when").is_some() { stage } else { body };
    let Some(when) = holder.value("when") else { return };
    let is_open = when.as_str().is_some_and(is_expression);
    if when.kind() != NodeKind::Mapping && !is_open {
        let message = "Expected `pipelineStatus:` and maybe `condition:` below `when`. The stage is drawn as \
                       without it.";
        reader.report(&rules::PIPELINE_STATUS_MISSING, when.span(), message);
    }
    if when.kind() == NodeKind::Mapping && when.value("pipelineStatus").is_none() {
        reader.report(
            &rules::PIPELINE_STATUS_MISSING,
            holder.key_span("when"),
            "The product refuses `when` without `pipelineStatus`. Add `pipelineStatus: Success` (or \
             `Failure`, `All`). It is drawn as `Success`.",
        );
    }
}

/// Evaluates a condition for all runs of a stage, and for each combination of the outcomes that it asks for. Which
/// these are is found on the way: where one is missing, what stands behind it may not be read.
fn evaluate(
    stage: &Stage,
    written: Written<'_>,
    (is_of_loop, schema): (bool, Schema),
    reader: &mut Reader<'_, '_>,
) -> Condition {
    let mut evaluation = Evaluation::new(stage, written, (is_of_loop, schema));
    let mut table = Table::new(stage, Vec::new(), reader);
    loop {
        fill(&mut table, &mut evaluation, reader);
        let asks = evaluation.asked.outcomes();
        let is_more = asks.len() > table.asks.len() || evaluation.asked.one_too_many.is_some();
        if table.missing.is_none() || !is_more {
            break;
        }
        let runs = table.runs;
        if let Some(missing) = what_is_too_much(&evaluation.asked, runs, written) {
            table = Table::new(stage, Vec::new(), reader);
            fill(&mut table, &mut evaluation, reader);
            table.missing = Some(missing);
            break;
        }
        table = Table::new(stage, asks, reader);
    }
    report::report_notes(written, &evaluation.notes, reader);
    report::report_missing(written, &table, reader);
    if is_ruled_out(&table, &mut evaluation, reader) {
        report::report_ruled_out(written, table.pipeline_status, schema, reader);
    }
    let text = match written.text.char_indices().nth(MAX_KEPT) {
        Some((end, _)) => format!("{}…", &written.text[..end]),
        None => written.text.to_owned(),
    };
    let otherwise = if table.missing.is_some() { table.otherwise } else { Vec::new() };
    Condition {
        text,
        span: written.span,
        is_of_loop,
        asks: table.asks,
        skips: table.skips,
        assumed: table.assumed || table.missing.is_none(),
        missing: table.missing.map(|missing| missing.part_in(written.text).to_owned()),
        otherwise,
    }
}

fn fill(table: &mut Table, evaluation: &mut Evaluation<'_>, reader: &mut Reader<'_, '_>) {
    for supposed in table.rows() {
        table.add(supposed.ok().map(|supposed| verdicts(evaluation, &supposed, reader)));
    }
}

/// Returns `true` where nothing but outcomes that no run comes to make a condition true.
fn is_ruled_out(
    table: &Table,
    evaluation: &mut Evaluation<'_>,
    reader: &mut Reader<'_, '_>,
) -> bool {
    let mut holds = |supposed: &_| verdicts(evaluation, supposed, reader).contains(&Ok(true));
    !table.holds
        && table.missing.is_none()
        && table.rows().filter_map(Result::err).any(|supposed| holds(&supposed))
}

/// The part that makes a condition with so many runs too much to combine.
fn what_is_too_much(asked: &Asked, runs: usize, written: Written<'_>) -> Option<Missing> {
    if let Some(path) = &asked.one_too_many {
        return Some(Missing::of_path(path, Why::TooManyOutcomes));
    }
    let rows = outcome_combinations(asked.outcomes().len()).count();
    (runs.saturating_mul(rows) > MAX_ANSWERS).then(|| Missing::of_text(written.text, Why::TooLong))
}

//! Looping strategies: how often a stage runs, and what each child is given.
//!
//! Follows `docs/semantics.md`, "Looping strategies on a stage".

mod count;
mod include;
mod matrix;
pub(super) mod newer;
mod repeat;
mod values;

use deployline_span::Span;

use super::budget::CountedList;
use super::context::Reader;
use super::limits;
use super::refused;
use super::scalar::{self, expression};
use super::view::View;
use crate::rules;

pub(super) use values::Strategy;

/// Kinds of loops of a strategy; of several, the first is drawn.
const KINDS: [&str; 3] = ["matrix", "repeat", "parallelism"];

/// Reads the `strategy` of a stage that `deploys`, or does something else. `None` where it has none or it
/// can't be read: reports why.
pub(super) fn read(
    stage: &View<'_>,
    deploys: bool,
    reader: &mut Reader<'_, '_>,
) -> Option<Strategy> {
    let read = read_loop(stage, reader)?;
    let (_, strategy) = stage.entry("strategy")?;
    if expression(&strategy).is_some() {
        return Some(read);
    }
    let read = take_children(read, strategy.span(), reader);
    let on_failure = limits::on_failure_of_children(&strategy, deploys, reader);
    Some(Strategy { on_failure, ..read })
}

/// Reads the loop that the `strategy` of a stage, a step or a group makes.
pub(super) fn read_loop(holder: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<Strategy> {
    let (key, strategy) = holder.entry("strategy").filter(|(_, strategy)| !strategy.is_null())?;
    if let Some(text) = expression(&strategy) {
        scalar::report_runtime(strategy.span(), count::SUBJECT, text, reader);
        return Some(Strategy::unknown(text));
    }
    let read = if let Some(matrix) = strategy.value("matrix") {
        matrix::read(&matrix, false, reader)
    } else if let Some(repeat) = strategy.value("repeat") {
        repeat::read(&repeat, &repeat::OLDER, reader)
    } else if let Some(count) = strategy.value("parallelism") {
        count::times(&count, reader)
    } else {
        reader.report(
            &rules::STRATEGY_UNKNOWN,
            key.span(),
            "Expected `matrix:`, `repeat:` or `parallelism:` here. It is drawn once.",
        );
        None
    };
    let mut kinds = KINDS.into_iter().filter(|kind| strategy.value(kind).is_some());
    if let (Some(drawn), Some(other)) = (kinds.next(), kinds.next()) {
        refused::report_keys(&strategy, drawn, other, reader);
    }
    report_limit_beside(&strategy, reader);
    Some(Strategy { span: Some(key.span()), ..read? })
}

/// Reports a limit in the place of one below `matrix` or `repeat`, or one of `parallelism`.
fn report_limit_beside(strategy: &View<'_>, reader: &mut Reader<'_, '_>) {
    let Some((key, _)) = strategy.entry("maxConcurrency") else { return };
    let kind = KINDS.into_iter().find(|kind| strategy.value(kind).is_some()).unwrap_or("matrix");
    let advice = match kind {
        "parallelism" => "`parallelism` alone says how many run at once. Remove it.".to_owned(),
        _ => format!("Move it below `{kind}`."),
    };
    let message = format!(
        "`maxConcurrency` has no effect beside `{kind}`: the product doesn't read it. {advice}"
    );
    reader.report(&rules::NO_EFFECT, key.span(), message);
}

fn take_children(strategy: Strategy, span: Span, reader: &mut Reader<'_, '_>) -> Strategy {
    let count = strategy.positions.len();
    // Each child is given its values.
    let effort = count.saturating_mul(strategy.most_values());
    let list = CountedList { name: "strategy", of: None, count, span };
    reader.cx.budget.inspect(effort, &list);
    reader.cx.budget.take_children(count);
    strategy
}

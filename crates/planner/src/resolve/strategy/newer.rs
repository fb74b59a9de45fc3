//! `strategy` of the newer schema: `matrix`, `for`, `while` or `repeat`, with its limit beside it.
//!
//! Follows `docs/semantics.md`, "Schema v1".

use deployline_engine::{Limit, LoopValues, OnFailure};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::count::{self, Count, iterations, times, within_budget};
use super::values::{Strategy, node_name};
use super::{matrix, repeat, take_children};
use crate::resolve::context::Reader;
use crate::resolve::scalar::{self, expression};
use crate::resolve::unpublished::{self, Spelling};
use crate::resolve::view::View;
use crate::resolve::{limits, refused};
use crate::rules;

/// Kinds of loops of a strategy; of several, the first is drawn.
const KINDS: [&str; 4] = ["matrix", "for", "while", "repeat"];

const LIMIT: Spelling =
    Spelling { published: "max-parallel", others: &["max-concurrency", "max_concurrency"] };
const MOST: Spelling = Spelling { published: "iterations", others: &["max_iterations"] };

/// Reads the `strategy` of a stage. `None` where it has none or it can't be read: reports why.
pub(in crate::resolve) fn read(stage: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<Strategy> {
    let read = read_loop(stage, reader)?;
    let (_, strategy) = stage.entry("strategy")?;
    if expression(&strategy).is_some() {
        return Some(read);
    }
    let read = take_children(read, strategy.span(), reader);
    let on_failure = on_failure(&strategy, reader);
    Some(Strategy { on_failure, ..read })
}

/// Reads the loop that the `strategy` of a stage, a step or a group makes.
pub(in crate::resolve) fn read_loop(
    holder: &View<'_>,
    reader: &mut Reader<'_, '_>,
) -> Option<Strategy> {
    let (key, strategy) = holder.entry("strategy").filter(|(_, strategy)| !strategy.is_null())?;
    if let Some(text) = expression(&strategy) {
        scalar::report_runtime(strategy.span(), count::SUBJECT, text, reader);
        return Some(Strategy::unknown(text));
    }
    let mut kinds = KINDS.into_iter().filter_map(|kind| Some((kind, strategy.value(kind)?)));
    let drawn = kinds.next();
    if let (Some((drawn, _)), Some((other, _))) = (&drawn, kinds.next()) {
        refused::report_keys(&strategy, drawn, other, reader);
    }
    if let Some((kind, of)) = &drawn
        && of.value(LIMIT.published).is_some()
    {
        let message =
            format!("`max-parallel` has no effect below `{kind}`. Move it beside `{kind}`.");
        reader.report(&rules::NO_EFFECT, of.key_span(LIMIT.published), message);
    }
    let read = match drawn {
        Some(("matrix", matrix)) => matrix::read(&matrix, true, reader),
        Some(("for", of)) => read_for(&of, reader),
        Some(("while", of)) => read_while(&of, reader),
        Some((_, repeat)) => repeat::read(&repeat, &repeat::NEWER, reader),
        None => {
            let message =
                "Expected one of `matrix:`, `for:`, `while:` or `repeat:` here. It is drawn once.";
            reader.report(&rules::STRATEGY_UNKNOWN, key.span(), message);
            None
        }
    };
    let is_sequence = strategy.value("while").is_some();
    let limit = limit(&strategy, reader);
    let read = read?;
    let max_concurrency = if is_sequence { read.max_concurrency } else { limit };
    Some(Strategy { span: Some(key.span()), max_concurrency, ..read })
}

/// `max-parallel`, which stands beside the kind of loop; in the older schema it stands below it.
fn limit(strategy: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<Limit> {
    let view = unpublished::value(strategy, &LIMIT, reader)?;
    limits::of_view(&view, LIMIT.published, reader)
}

/// `fail-fast`: where it is missing, nothing says what a failure does, and the others go on.
fn on_failure(strategy: &View<'_>, reader: &mut Reader<'_, '_>) -> OnFailure {
    let Some(flag) = strategy.value("fail-fast") else { return OnFailure::RunAll };
    match scalar::settled_flag(&flag, reader) {
        Some(true) => OnFailure::FailFast,
        Some(false) => OnFailure::RunAll,
        None => {
            let words =
                ("Whether a failure ends the others is", "They are drawn as if they went on.");
            match expression(&flag) {
                Some(text) => scalar::report_given(flag.span(), words, text, reader),
                None => {
                    let message = "Expected `true` or `false` here. It is drawn as `false`.";
                    reader.report(&rules::ON_FAILURE_INVALID, flag.span(), message);
                }
            }
            OnFailure::RunAll
        }
    }
}

/// Reads a `for`: a number of times; in the documentation also a list.
fn read_for(of: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<Strategy> {
    if of.value("items").is_some() && of.value("iterations").is_none() {
        let read_as = "It is read as `repeat`.";
        unpublished::report(of.key_span("items"), "`items` below `for`", read_as, reader);
        return repeat::read(of, &repeat::NEWER, reader);
    }
    // The number alone is a short form.
    let inner = of.value("iterations").or_else(|| of.value("times"));
    let strategy = iterations(inner.as_ref().unwrap_or(of), reader);
    strategy.map(|strategy| Strategy { node_name: node_name(of, "node-name", reader), ..strategy })
}

/// Reads a `while`: at most so many runs, one after the other.
fn read_while(of: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<Strategy> {
    if of.kind() != NodeKind::Mapping {
        return times(of, reader);
    }
    let Some(most) = unpublished::value(of, &MOST, reader) else {
        let message = "Expected `iterations:` with the most runs that there may be. One is drawn.";
        reader.report(&rules::STRATEGY_COUNT_INVALID, of.first_key_span(), message);
        return Some(in_sequence(Strategy::new(LoopValues::Times, 1), of.span()));
    };
    let strategy = match Count::read(&most, 1, reader)? {
        Count::Known(n) => within_budget(&[("iterations", n)], most.span(), reader)
            .then(|| Strategy::new(LoopValues::Times, n))?,
        Count::Unknown(text) => Strategy::unknown(&text),
    };
    report_open_count(of, &strategy, reader);
    let node_name = node_name(of, "node-name", reader);
    Some(Strategy { node_name, ..in_sequence(strategy, of.span()) })
}

/// Runs of which only a run knows the number.
fn in_sequence(strategy: Strategy, span: Span) -> Strategy {
    let max_concurrency = Some(Limit { value: 1, span });
    Strategy { max_concurrency, is_unknown: true, ..strategy }
}

fn report_open_count(of: &View<'_>, strategy: &Strategy, reader: &mut Reader<'_, '_>) {
    let condition = of.value("condition");
    let place = condition.as_ref().map_or(of.span(), View::span);
    let until = condition
        .as_ref()
        .and_then(|condition| Some(format!(" `{}` is false", condition.as_str()?)));
    let message = format!(
        "How often it runs is known only in a run: one after the other, until{}. The most there may be is \
         drawn: {}.",
        until.unwrap_or_else(|| " its condition is false".to_owned()),
        deployline_engine::format::number(strategy.positions.len())
    );
    reader.report(&rules::WHILE_COUNT, place, message);
}

//! Looping strategies: how often a stage runs, and what each child is given.
//!
//! Follows `docs/semantics.md`, "Looping strategies on a stage".

mod matrix;
mod repeat;

use deployline_engine::format::number;
use deployline_engine::{DEPLOYMENT_BUDGET, Limit, LoopValues, OnFailure, Value};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::room::{Item, List};
use super::text::{self, Scope, Text, expression};
use super::view::View;
use super::{Context, limits};
use crate::rules;

/// A strategy as read: the values, and which of them make children.
pub(super) struct Strategy {
    pub(super) values: LoopValues,
    /// Positions of the children in the values.
    pub(super) positions: Vec<u32>,
    /// `None` or 0 for all at once.
    pub(super) max_concurrency: Option<Limit>,
    pub(super) on_failure: OnFailure,
    pub(super) node_name: Option<String>,
    /// Whether a run may have other children than these.
    pub(super) is_unknown: bool,
}

impl Strategy {
    fn new(values: LoopValues, count: usize) -> Self {
        Self {
            values,
            positions: (0..u32::try_from(count).unwrap_or(u32::MAX)).collect(),
            max_concurrency: None,
            on_failure: OnFailure::RunAll,
            node_name: None,
            is_unknown: false,
        }
    }

    /// One child for all those that only a run knows.
    fn unknown(text: &str) -> Self {
        let values = LoopValues::Items(vec![Value::Text(text.to_owned())]);
        Self { is_unknown: true, ..Self::new(values, 1) }
    }

    /// The variables of the child number `index`.
    pub(super) fn values_of(&self, index: usize) -> Vec<(&str, Value)> {
        self.values.of(self.positions[index])
    }

    /// The child number `index` as numbers: which value of each variable it was given, in the order
    /// of [`Strategy::values_of`], and last its own number.
    pub(super) fn choices_of(&self, index: usize) -> Vec<u32> {
        let mut choices = self.values.choices(self.positions[index]);
        choices.push(u32::try_from(index).unwrap_or(u32::MAX));
        choices
    }
}

/// Reads the `strategy` of a stage. `None` where it has none or it can't be read: says why.
pub(super) fn read(stage: &View<'_>, cx: &mut Context<'_>) -> Option<Strategy> {
    let (key, strategy) = stage.entry("strategy").filter(|(_, strategy)| !strategy.is_null())?;
    if let Some(text) = expression(&strategy) {
        runtime(strategy.span(), text, "How often this stage runs is", cx);
        return Some(Strategy::unknown(text));
    }
    let read = if let Some(matrix) = strategy.value("matrix") {
        matrix::read(&matrix, &["exclude", "maxConcurrency", "nodeName"], cx)
    } else if let Some(repeat) = strategy.value("repeat") {
        repeat::read(&repeat, cx)
    } else if let Some(count) = strategy.value("parallelism") {
        times(&count, cx)
    } else {
        cx.report(
            &rules::STRATEGY_UNKNOWN,
            key.span(),
            "Expected `matrix:`, `repeat:` or `parallelism:` here. The stage is drawn once.",
        );
        None
    };
    let read = take_from_budget(read?, strategy.span(), cx);
    Some(Strategy { on_failure: limits::on_failure(Some(&strategy), cx), ..read })
}

/// The newer schema's `strategy`: `matrix`, `for` or `repeat`, with `max-parallel`.
pub(super) fn read_v1(stage: &View<'_>, cx: &mut Context<'_>) -> Option<Strategy> {
    let (key, strategy) = stage.entry("strategy").filter(|(_, strategy)| !strategy.is_null())?;
    let read = if let Some(matrix) = strategy.value("matrix") {
        matrix::read(&matrix, &["exclude", "max-parallel"], cx)
    } else if let Some(repeat) = strategy.value("repeat") {
        repeat::read(&repeat, cx)
    } else if let Some(count) = strategy.value("for") {
        let inner = count.value("iterations").or_else(|| count.value("times"));
        times(inner.as_ref().unwrap_or(&count), cx)
    } else {
        let message = "Expected `matrix:`, `for:` or `repeat:` here. The stage is drawn once.";
        cx.report(&rules::STRATEGY_UNKNOWN, key.span(), message);
        None
    };
    let limit = limits::of_children(&strategy, "max-parallel", cx);
    let read = take_from_budget(read?, strategy.span(), cx);
    Some(Strategy { max_concurrency: limit.or(read.max_concurrency), ..read })
}

fn take_from_budget(strategy: Strategy, span: Span, cx: &mut Context<'_>) -> Strategy {
    let count = strategy.positions.len();
    // Each child is given its values.
    let effort = count.saturating_mul(largest(&strategy.values));
    cx.room.look_at(effort, &List { name: "strategy", of: None, count, span });
    cx.children_left = cx.children_left.saturating_sub(count);
    strategy
}

/// How many values a child has at the most.
fn largest(values: &LoopValues) -> usize {
    let of = |values: &[Value]| values.iter().map(size).max().unwrap_or_default();
    match values {
        LoopValues::Matrix(axes) => axes.iter().map(|axis| of(&axis.values)).sum(),
        LoopValues::Items(items) => of(items),
        LoopValues::Partitions(slices) => {
            slices.iter().map(|slice| slice.iter().map(size).sum()).max().unwrap_or_default()
        }
        LoopValues::Times => 1,
    }
}

fn size(value: &Value) -> usize {
    match value {
        Value::Text(_) => 1,
        Value::List(items) => items.iter().map(size).sum::<usize>() + 1,
        Value::Map(entries) => entries.iter().map(|(_, value)| size(value)).sum::<usize>() + 1,
    }
}

/// A number of children that differ in nothing but their number.
fn times(count: &View<'_>, cx: &mut Context<'_>) -> Option<Strategy> {
    match whole_number(count, 1, cx)? {
        Count::Known(n) => within_budget(&[("times", n)], count.span(), cx)
            .then(|| Strategy::new(LoopValues::Times, n)),
        Count::Unknown(text) => Some(Strategy::unknown(&text)),
    }
}

/// A count, or the expression that gives it.
enum Count {
    Known(usize),
    Unknown(String),
}

fn whole_number(view: &View<'_>, least: usize, cx: &mut Context<'_>) -> Option<Count> {
    match text::read(view, &Scope::default(), cx) {
        Some(Text::Runtime(text)) => {
            runtime(view.span(), &text, "How often this stage runs is", cx);
            Some(Count::Unknown(text))
        }
        Some(Text::Known(text)) if text.trim().parse::<usize>().is_ok_and(|n| n >= least) => {
            Some(Count::Known(text.trim().parse().unwrap_or(least)))
        }
        _ => {
            let message = format!("Expected a whole number of at least {least}.");
            cx.report(&rules::STRATEGY_COUNT_INVALID, view.span(), message);
            None
        }
    }
}

fn runtime(span: Span, text: &str, what: &str, cx: &mut Context<'_>) {
    cx.report(
        &rules::RUNTIME_INPUT,
        span,
        format!("{what} given by `{text}`, which only a run knows. A placeholder stands for it."),
    );
}

/// Whether so many children can be drawn; names what multiplies.
fn within_budget(axes: &[(&str, usize)], span: Span, cx: &mut Context<'_>) -> bool {
    let count = axes.iter().fold(1_usize, |all, (_, n)| all.saturating_mul(*n));
    if count <= cx.children_left {
        return true;
    }
    let factors: Vec<String> =
        axes.iter().map(|(key, n)| format!("{key} ({})", number(*n))).collect();
    let message = format!(
        "{} make {} runs of this stage; at most {} are drawn in one pipeline, all stages together. \
         Shorten one of the lists.",
        factors.join(" × "),
        number(count),
        number(DEPLOYMENT_BUDGET)
    );
    cx.report(&rules::TOO_MANY_DEPLOYMENTS, span, message);
    false
}

/// A value as the strategy gives it. Nesting is bounded by the text's own budget of depth.
fn value_of(view: &View<'_>, cx: &mut Context<'_>) -> Value {
    match view.kind() {
        NodeKind::Null => Value::Text(String::new()),
        NodeKind::Scalar => Value::Text(text::with_default(view.as_str().unwrap_or_default())),
        NodeKind::Sequence => Value::List(values_of(view, cx)),
        NodeKind::Mapping => {
            let count = view.node().entries().len();
            let is_held = hold("strategy", count, view.span(), cx);
            let entries = if is_held { view.entries() } else { Vec::new() };
            let entries = entries
                .iter()
                .filter_map(|(key, value)| Some((key.as_str()?.to_owned(), value_of(value, cx))));
            Value::Map(entries.collect())
        }
    }
}

fn values_of(list: &View<'_>, cx: &mut Context<'_>) -> Vec<Value> {
    if !hold("strategy", list.node().items().len(), list.span(), cx) {
        return Vec::new();
    }
    list.items().iter().map(|item| value_of(item, cx)).collect()
}

/// Makes room for so many values.
fn hold(name: &str, count: usize, span: Span, cx: &mut Context<'_>) -> bool {
    cx.room.hold(Item::Value, &List { name, of: None, count, span })
}

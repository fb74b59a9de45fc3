//! A strategy as read, and the values that it gives its children.

use deployline_engine::{Limit, LoopValues, OnFailure, Value, bounded_name};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use crate::expression::{self, is_expression};
use crate::resolve::budget::{CountedList, Item};
use crate::resolve::context::Reader;
use crate::resolve::scalar::{self, Scalar};
use crate::resolve::view::View;

/// A strategy as read: the values, and which of them make children.
pub(in crate::resolve) struct Strategy {
    /// Its key in the text, where that is known.
    pub(in crate::resolve) span: Option<Span>,
    pub(in crate::resolve) values: LoopValues,
    /// Positions of the children in the values.
    pub(in crate::resolve) positions: Vec<u32>,
    /// `None` or 0 for all at once.
    pub(in crate::resolve) max_concurrency: Option<Limit>,
    pub(in crate::resolve) on_failure: OnFailure,
    pub(in crate::resolve) node_name: Option<String>,
    /// `true` where a run may have other children than these.
    pub(in crate::resolve) is_unknown: bool,
}

impl Strategy {
    /// A strategy with the first `count` positions of the values.
    pub(super) fn new(values: LoopValues, count: usize) -> Self {
        Self {
            span: None,
            values,
            positions: (0..u32::try_from(count).unwrap_or(u32::MAX)).collect(),
            max_concurrency: None,
            on_failure: OnFailure::RunAll,
            node_name: None,
            is_unknown: false,
        }
    }

    /// One child for all those that only a run knows.
    pub(super) fn unknown(text: &str) -> Self {
        let values = LoopValues::Items(vec![Value::Text(bounded_name(text))]);
        Self { is_unknown: true, ..Self::new(values, 1) }
    }

    /// The variables of the child number `index`.
    pub(in crate::resolve) fn values_of(&self, index: usize) -> Vec<(&str, Value)> {
        self.values.of(self.positions[index])
    }

    /// The child number `index` as numbers: which value of each variable it was given, in the order
    /// of [`Strategy::values_of`], and last its own number.
    pub(in crate::resolve) fn choices_of(&self, index: usize) -> Vec<u32> {
        let mut choices = self.values.choices(self.positions[index]);
        choices.push(u32::try_from(index).unwrap_or(u32::MAX));
        choices
    }

    /// Suffix of the identifier of the child number `index`; `None` where a run may have other children.
    pub(in crate::resolve) fn post_fix_of(&self, index: usize) -> Option<String> {
        (!self.is_unknown).then(|| self.values.post_fix(self.positions[index], index))
    }

    /// The most values that a child has.
    pub(super) fn most_values(&self) -> usize {
        let of = |values: &[Value]| values.iter().map(size).max().unwrap_or_default();
        match &self.values {
            LoopValues::Matrix(axes) => axes.iter().map(|axis| of(&axis.values)).sum(),
            LoopValues::Listed(combinations) => {
                let of =
                    |values: &Vec<(String, Value)>| values.iter().map(|(_, it)| size(it)).sum();
                combinations.iter().map(of).max().unwrap_or_default()
            }
            LoopValues::Items(items) => of(items),
            LoopValues::Partitions(slices) => {
                slices.iter().map(|slice| slice.iter().map(size).sum()).max().unwrap_or_default()
            }
            LoopValues::Times => 1,
        }
    }
}

fn size(value: &Value) -> usize {
    match value {
        Value::Text(_) => 1,
        Value::List(items) => items.iter().map(size).sum::<usize>() + 1,
        Value::Map(entries) => entries.iter().map(|(_, value)| size(value)).sum::<usize>() + 1,
    }
}

/// Reads a value as the strategy gives it. Nesting is bounded by the text's own budget of depth.
pub(super) fn value_of(view: &View<'_>, reader: &mut Reader<'_, '_>) -> Value {
    match view.kind() {
        NodeKind::Null => Value::Text(String::new()),
        NodeKind::Scalar => match scalar::read(view, reader) {
            Some(Scalar::Known(text) | Scalar::Runtime(text)) => Value::Text(bounded_name(&text)),
            Some(Scalar::Several(value)) => {
                let is_taken = take_values("strategy", value.size(), view.span(), reader);
                if is_taken { given(value) } else { Value::Text(String::new()) }
            }
            None => Value::Text(String::new()),
        },
        NodeKind::Sequence => Value::List(values_of(view, reader)),
        NodeKind::Mapping => {
            let count = view.node().entries().len();
            let is_taken = take_values("strategy", count, view.span(), reader);
            let entries = if is_taken { view.entries() } else { Vec::new() };
            let entries = entries.iter().filter_map(|(key, value)| {
                Some((bounded_name(key.as_str()?), value_of(value, reader)))
            });
            Value::Map(entries.collect())
        }
    }
}

/// A value that an expression gives. Its own budget bounds its depth.
fn given(value: expression::Value) -> Value {
    match value {
        expression::Value::List(items) => Value::List(items.into_iter().map(given).collect()),
        expression::Value::Map(entries) => {
            let entries = entries.into_iter();
            Value::Map(entries.map(|(key, value)| (bounded_name(&key), given(value))).collect())
        }
        other => Value::Text(bounded_name(&other.into_text())),
    }
}

/// Reads the values of a list; none where these are too many.
pub(super) fn values_of(list: &View<'_>, reader: &mut Reader<'_, '_>) -> Vec<Value> {
    if !take_values("strategy", list.item_count(), list.span(), reader) {
        return Vec::new();
    }
    list.items().iter().map(|item| value_of(item, reader)).collect()
}

/// The name of each child, with the values in it that are the same for all.
pub(super) fn node_name(
    holder: &View<'_>,
    key: &str,
    reader: &mut Reader<'_, '_>,
) -> Option<String> {
    let name = holder.str_of(key)?;
    Some(bounded_name(&if is_expression(name) { reader.substitute(name) } else { name.to_owned() }))
}

/// The values of a list of texts.
pub(super) fn as_values(texts: Vec<String>) -> Vec<Value> {
    texts.into_iter().map(Value::Text).collect()
}

/// Takes so many values from the budget; `false` where that is too much.
pub(super) fn take_values(
    name: &str,
    count: usize,
    span: Span,
    reader: &mut Reader<'_, '_>,
) -> bool {
    reader.cx.budget.take(Item::Value, &CountedList { name, of: None, count, span })
}

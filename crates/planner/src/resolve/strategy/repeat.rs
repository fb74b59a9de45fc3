//! `repeat`: a number of times, or for the items of a list, or for slices of it.

use std::ops::Range;

use deployline_engine::{LoopValues, Value};
use deployline_yaml::NodeKind;

use super::count::{Count, iterations, times, within_budget};
use super::values::{Strategy, as_values, node_name, values_of};
use crate::resolve::context::{Reader, UnknownVariable};
use crate::resolve::found;
use crate::resolve::given_list::{self, GivenList};
use crate::resolve::limits;
use crate::resolve::scalar;
use crate::resolve::view::View;
use crate::rules;

/// Names of the keys of a `repeat`.
pub(super) struct Keys {
    times: &'static str,
    partition_size: &'static str,
    node_name: &'static str,
    /// Key of the limit, where it stands below `repeat`.
    limit: Option<&'static str>,
}

/// Those of the older schema.
pub(super) const OLDER: Keys = Keys {
    times: "times",
    partition_size: "partitionSize",
    node_name: "nodeName",
    limit: Some("maxConcurrency"),
};

/// Those of the newer schema.
pub(super) const NEWER: Keys = Keys {
    times: "iterations",
    partition_size: "partition-size",
    node_name: "node-name",
    limit: None,
};

/// Reads a `repeat`.
pub(super) fn read(
    repeat: &View<'_>,
    keys: &Keys,
    reader: &mut Reader<'_, '_>,
) -> Option<Strategy> {
    let strategy = match (repeat.value(keys.times), repeat.value("items")) {
        // The newer schema has a count of nothing.
        (Some(count), _) if keys.limit.is_none() => iterations(&count, reader),
        (Some(count), _) => times(&count, reader),
        (None, Some(items)) => of_items(repeat, keys, &items, reader),
        (None, None) => {
            let message =
                format!("Expected `{}:` with a number or `items:` with a list.", keys.times);
            reader.report(&rules::REPEAT_EMPTY, repeat.span(), message);
            None
        }
    };
    report_unused(repeat, keys, reader);
    let limit = keys.limit.and_then(|key| limits::of_children(repeat, key, reader));
    strategy.map(|strategy| Strategy {
        max_concurrency: limit,
        node_name: node_name(repeat, keys.node_name, reader),
        ..strategy
    })
}

/// Reports keys beside one that they are no part of: the number of times, or the size of the parts.
fn report_unused(repeat: &View<'_>, keys: &Keys, reader: &mut Reader<'_, '_>) {
    let (drawn, others) = if repeat.value(keys.times).is_some() {
        (keys.times, &["items", "start", "end", keys.partition_size][..])
    } else if repeat.value(keys.partition_size).is_some() {
        (keys.partition_size, &["start", "end"][..])
    } else {
        return;
    };
    for other in others.iter().filter(|other| repeat.value(other).is_some()) {
        let message = format!(
            "Expected `{drawn}` or `{other}`, not both: `{other}` is not drawn. Remove one of the two."
        );
        reader.report(&rules::NO_EFFECT, repeat.key_span(other), message);
    }
}

fn of_items(
    repeat: &View<'_>,
    keys: &Keys,
    items: &View<'_>,
    reader: &mut Reader<'_, '_>,
) -> Option<Strategy> {
    let values = match (items.kind(), items.as_str()) {
        (NodeKind::Scalar, Some(text)) => match given_list::read("strategy", items, reader) {
            GivenList::Known(texts) => as_values(texts),
            GivenList::NoList(text) => {
                reader.keep_settled(items.span());
                return no_list(items, &text, reader);
            }
            GivenList::Unknown => {
                scalar::report_runtime(items.span(), "The list of items is", text, reader);
                let variable = UnknownVariable { name: "repeat.item".to_owned(), is_axis: true };
                reader.add_unknown_variable(items.span(), variable);
                return Some(Strategy::unknown(text));
            }
        },
        _ => values_of(items, reader),
    };
    if reader.cx.budget.is_exceeded()
        || !within_budget(&[("items", values.len())], items.span(), reader)
    {
        return None;
    }
    if values.is_empty() {
        reader.report(
            &rules::REPEAT_NO_ITEMS,
            items.span(),
            "The list of items is empty, so it is skipped.",
        );
        reader.cx.no_items = Some(items.span());
        return None;
    }
    if let Some(size) = repeat.value(keys.partition_size) {
        return partitions(repeat, &size, &values, reader);
    }
    let range = range(repeat, values.len(), reader)?;
    if range.is_empty() {
        let message =
            "No item is left to repeat for. Expected a list of items, and `start` below `end`.";
        reader.report(&rules::REPEAT_EMPTY, items.span(), message);
        return None;
    }
    let items = values[range].to_vec();
    let count = items.len();
    Some(Strategy::new(LoopValues::Items(items), count))
}

/// Reports that the items are one text.
fn no_list(items: &View<'_>, text: &str, reader: &mut Reader<'_, '_>) -> Option<Strategy> {
    let hint = match text.contains(',') {
        true => " `.split(\",\")` makes a list of a text with commas.",
        false => "",
    };
    let expected = match scalar::expression(items) {
        Some(_) => format!("Expected a list of items.{hint}"),
        None => format!("Expected a list of items. This is the text `{text}`.{hint}"),
    };
    found::report(&rules::REPEAT_EMPTY, items, &expected, reader);
    None
}

fn partitions(
    repeat: &View<'_>,
    size: &View<'_>,
    values: &[Value],
    reader: &mut Reader<'_, '_>,
) -> Option<Strategy> {
    let given = match Count::read(size, 1, reader)? {
        Count::Known(given) => given,
        Count::Unknown(text) => return Some(Strategy::unknown(&text)),
    };
    let length = if is_percentage(repeat) { share(values.len(), given).max(1) } else { given };
    let slices: Vec<Vec<Value>> = values.chunks(length).map(<[Value]>::to_vec).collect();
    let count = slices.len();
    Some(Strategy::new(LoopValues::Partitions(slices), count))
}

/// The items from `start` to `end`, which is exclusive.
fn range(repeat: &View<'_>, length: usize, reader: &mut Reader<'_, '_>) -> Option<Range<usize>> {
    let bound = |key: &str, reader: &mut Reader<'_, '_>| match repeat.value(key) {
        None => Some(None),
        Some(view) => match Count::read(&view, 0, reader)? {
            Count::Known(n) if is_percentage(repeat) => Some(Some(share(length, n))),
            Count::Known(n) => Some(Some(n)),
            Count::Unknown(_) => Some(None),
        },
    };
    let (start, end) = (bound("start", reader)?, bound("end", reader)?);
    let end = match end {
        // An end that rounds to nothing still takes one.
        Some(end) => end.max(1),
        None if start.is_some() || is_percentage(repeat) => {
            let place = repeat.value("start").or_else(|| repeat.value("unit"));
            reader.report(
                &rules::REPEAT_END_MISSING,
                place.map_or(repeat.span(), |view| view.span()),
                "Without `end` the engine stops before the last item, so that one is left out. Add \
                 `end:` to say where to stop.",
            );
            length.saturating_sub(1)
        }
        None => length,
    };
    Some(start.unwrap_or(0).min(length)..end.min(length))
}

fn is_percentage(repeat: &View<'_>) -> bool {
    let unit = repeat.value("unit");
    unit.and_then(|unit| scalar::with_default(&unit))
        .is_some_and(|unit| unit.eq_ignore_ascii_case("percentage"))
}

/// So many percent of `length`, halves rounded up.
fn share(length: usize, percent: usize) -> usize {
    length.saturating_mul(percent).saturating_add(50) / 100
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn percentages_round_half_up() {
        for (length, percent, expected) in
            [(4, 50, 2), (3, 50, 2), (10, 25, 3), (10, 24, 2), (7, 1, 0), (0, 50, 0), (5, 200, 10)]
        {
            assert_eq!(share(length, percent), expected, "{percent} % of {length}");
        }
    }
}

//! `repeat`: a number of times, or for the items of a list, or for slices of it.

use std::ops::Range;

use deployline_engine::{LoopValues, Value};

use super::{Count, Strategy, times, values_of, whole_number, within_budget};
use crate::resolve::repeated::Use;
use crate::resolve::text::{self, expression};
use crate::resolve::view::View;
use crate::resolve::{Context, limits};
use crate::rules;

/// Reads a `repeat`.
pub(super) fn read(repeat: &View<'_>, cx: &mut Context<'_>) -> Option<Strategy> {
    let strategy = match (repeat.value("times"), repeat.value("items")) {
        (Some(count), _) => times(&count, cx),
        (None, Some(items)) => of_items(repeat, &items, cx),
        (None, None) => {
            let message = "Expected `times:` with a number or `items:` with a list.";
            cx.report(&rules::REPEAT_EMPTY, repeat.span(), message);
            None
        }
    };
    let limit = limits::of_children(repeat, "maxConcurrency", cx);
    strategy.map(|strategy| Strategy {
        max_concurrency: limit,
        node_name: repeat.str_of("nodeName").map(str::to_owned),
        ..strategy
    })
}

fn of_items(repeat: &View<'_>, items: &View<'_>, cx: &mut Context<'_>) -> Option<Strategy> {
    if let Some(text) = expression(items) {
        super::runtime(items.span(), text, "The list of items is", cx);
        cx.uses.insert(items.span(), Use { variable: "repeat.item".to_owned(), is_axis: true });
        return Some(Strategy::unknown(text));
    }
    let values = values_of(items, cx);
    if cx.room.is_full() || !within_budget(&[("items", values.len())], items.span(), cx) {
        return None;
    }
    if let Some(size) = repeat.value("partitionSize") {
        return partitions(repeat, &size, &values, cx);
    }
    let range = range(repeat, values.len(), cx)?;
    if range.is_empty() {
        let message =
            "No item is left to repeat for. Expected a list of items, and `start` below `end`.";
        cx.report(&rules::REPEAT_EMPTY, items.span(), message);
        return None;
    }
    let items = values[range].to_vec();
    let count = items.len();
    Some(Strategy::new(LoopValues::Items(items), count))
}

fn partitions(
    repeat: &View<'_>,
    size: &View<'_>,
    values: &[Value],
    cx: &mut Context<'_>,
) -> Option<Strategy> {
    let given = match whole_number(size, 1, cx)? {
        Count::Known(given) => given,
        Count::Unknown(text) => return Some(Strategy::unknown(&text)),
    };
    let length = if is_percentage(repeat) { share(values.len(), given).max(1) } else { given };
    if values.is_empty() {
        cx.report(&rules::REPEAT_EMPTY, repeat.span(), "The list of items is empty.");
        return None;
    }
    let slices: Vec<Vec<Value>> = values.chunks(length).map(<[Value]>::to_vec).collect();
    let count = slices.len();
    Some(Strategy::new(LoopValues::Partitions(slices), count))
}

/// The items from `start` to `end`, which is exclusive.
fn range(repeat: &View<'_>, length: usize, cx: &mut Context<'_>) -> Option<Range<usize>> {
    let bound = |key: &str, cx: &mut Context<'_>| match repeat.value(key) {
        None => Some(None),
        Some(view) => match whole_number(&view, 0, cx)? {
            Count::Known(n) if is_percentage(repeat) => Some(Some(share(length, n))),
            Count::Known(n) => Some(Some(n)),
            Count::Unknown(_) => Some(None),
        },
    };
    let (start, end) = (bound("start", cx)?, bound("end", cx)?);
    let end = match end {
        // An end that rounds to nothing still takes one.
        Some(end) => end.max(1),
        None if start.is_some() || is_percentage(repeat) => {
            let place = repeat.value("start").or_else(|| repeat.value("unit"));
            cx.report(
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
    unit.and_then(|unit| text::word(&unit))
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

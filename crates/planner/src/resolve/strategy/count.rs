//! The number of children, checked against the budget.

use deployline_engine::format::number;
use deployline_engine::{DEPLOYMENT_BUDGET, LoopValues};
use deployline_span::Span;

use super::values::Strategy;
use crate::resolve::context::Reader;
use crate::resolve::found;
use crate::resolve::scalar::{self, Scalar};
use crate::resolve::view::View;
use crate::rules;

/// Start of a sentence about a number of children.
pub(super) const SUBJECT: &str = "How often it runs is";

/// A count, or the expression that gives it.
pub(super) enum Count {
    Known(usize),
    Unknown(String),
}

impl Count {
    /// Reads a count of at least `least`; reports any other value.
    pub(super) fn read(view: &View<'_>, least: usize, reader: &mut Reader<'_, '_>) -> Option<Self> {
        let count = match scalar::read(view, reader) {
            Some(Scalar::Runtime(text)) => {
                scalar::report_runtime(view.span(), SUBJECT, scalar::written(view), reader);
                return Some(Self::Unknown(text));
            }
            Some(Scalar::Known(text)) => text.trim().parse::<usize>().ok(),
            Some(Scalar::Several(_)) | None => None,
        };
        let count = count.filter(|count| *count >= least);
        if count.is_none() {
            let expected = format!("Expected a whole number of at least {least}.");
            found::report(&rules::STRATEGY_COUNT_INVALID, view, &expected, reader);
        }
        count.map(Self::Known)
    }
}

/// Reads a number of children that differ in nothing but their number.
pub(super) fn times(count: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<Strategy> {
    match Count::read(count, 1, reader)? {
        Count::Known(n) => within_budget(&[("times", n)], count.span(), reader)
            .then(|| Strategy::new(LoopValues::Times, n)),
        Count::Unknown(text) => Some(Strategy::unknown(&text)),
    }
}

/// A number of runs, of which there may be none.
pub(super) fn iterations(count: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<Strategy> {
    if scalar::with_default(count) == Some("0") {
        let message = "There are no iterations, so it is skipped.";
        reader.report(&rules::REPEAT_NO_ITEMS, count.span(), message);
        reader.cx.no_items = Some(count.span());
        return None;
    }
    times(count, reader)
}

/// Returns `true` where so many children can be drawn; else reports the lists that multiply.
pub(super) fn within_budget(
    axes: &[(&str, usize)],
    span: Span,
    reader: &mut Reader<'_, '_>,
) -> bool {
    let count = axes.iter().fold(1_usize, |all, (_, n)| all.saturating_mul(*n));
    if count <= reader.cx.budget.children_left() {
        return true;
    }
    let factors: Vec<String> =
        axes.iter().map(|(key, n)| format!("{key} ({})", number(*n))).collect();
    let message = format!(
        "This strategy makes {} runs: {}. At most {} runs are drawn in one pipeline, all stages \
         together. Shorten one of the lists.",
        number(count),
        factors.join(" × "),
        number(DEPLOYMENT_BUDGET)
    );
    reader.report(&rules::TOO_MANY_DEPLOYMENTS, span, message);
    false
}

//! Bounds of the numbers in a link: those of the numbers that are typed in the page. A number beyond them
//! does not make a link unreadable, since the texts are worth more than an assumption.

use deployline_engine::{MAX_DURATION, Ms};
use deployline_timeline::TimeWindow;

/// A duration; the longest one for all that are longer.
pub(crate) fn duration(ms: u64) -> Ms {
    Ms(ms).min(MAX_DURATION)
}

/// A limit of the account; none for 0, since a run that lets nothing start never ends.
pub(crate) fn account_limit(limit: u32) -> Option<u32> {
    (limit > 0).then_some(limit)
}

/// A visible time; `None`, which is all of the run, where it has no length.
pub(crate) fn window(from: u64, to: u64) -> Option<TimeWindow> {
    (from < to).then_some(TimeWindow { from: Ms(from), to: Ms(to) })
}

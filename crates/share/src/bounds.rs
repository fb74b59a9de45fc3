//! Bounds of the numbers in a link: those of the numbers that are typed in the page. A number beyond them
//! does not make a link unreadable, since the texts are worth more than an assumption; a note names it.

use std::ops::RangeInclusive;

use deployline_engine::{MAX_DURATION, Ms};
use deployline_timeline::TimeWindow;

/// The most items of a list that are read: more than anybody fills in or folds by hand.
pub(crate) const MAX_ITEMS: usize = 10_000;
/// The most notes of one link; of further ones it only says that there are some.
const MAX_NOTES: usize = 3;

/// A number as a link has it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Number {
    Whole(u64),
    /// A negative number, a fraction, or one above 64 bits.
    Other(f64),
}

/// The bounds, with notes about the values that were beyond them.
#[derive(Debug, Default)]
pub(crate) struct Bounds {
    notes: String,
    /// Notes, with those that are only counted.
    count: usize,
}

impl From<f64> for Number {
    fn from(number: f64) -> Self {
        // The bound is 2^64, which is no `u64` any more.
        let is_whole = number.fract() == 0.0 && (0.0..u64::MAX as f64).contains(&number);
        if is_whole { Self::Whole(number as u64) } else { Self::Other(number) }
    }
}

impl Number {
    /// The nearest number of 64 bits.
    fn nearest(self) -> u64 {
        match self {
            Self::Whole(number) => number,
            Self::Other(number) => number as u64,
        }
    }

    fn is_in(self, range: &RangeInclusive<u64>) -> bool {
        matches!(self, Self::Whole(number) if range.contains(&number))
    }

    /// The number for people, with "…" for digits that are left out. The standard library's way to write
    /// a float takes 9 KB in the page and in the embed.
    fn text(self) -> String {
        let (sign, whole, rest) = match self {
            Self::Whole(number) => ("", number, ""),
            Self::Other(number) => {
                let rest = if number.fract() != 0.0 { ".…" } else { "" };
                let sign = if number < 0.0 { "-" } else { "" };
                (sign, number.abs() as u64, rest)
            }
        };
        format!("{sign}{whole}{rest}")
    }
}

impl Bounds {
    /// A duration; the nearest one for all that are none.
    pub(crate) fn duration(&mut self, name: &str, ms: Number) -> Ms {
        Ms(self.clamped(name, ms, 0..=MAX_DURATION.0))
    }

    /// A seed of uneven durations.
    pub(crate) fn seed(&mut self, seed: Number) -> u64 {
        self.clamped("uneven", seed, 0..=u64::MAX)
    }

    /// A limit of the account; none for 0 and less, since a run that lets nothing start never ends.
    pub(crate) fn account_limit(&mut self, limit: Number) -> Option<u32> {
        let name = "accountLimit";
        let range = 1..=u64::from(u32::MAX);
        if limit.nearest() == 0 {
            self.left_out(name, limit, &range);
            return None;
        }
        u32::try_from(self.clamped(name, limit, range)).ok()
    }

    /// A position in a list; none for a number that can't be one, since the nearest position is of
    /// something else.
    pub(crate) fn position(&mut self, name: &str, position: Number) -> Option<u32> {
        let range = 0..=u64::from(u32::MAX);
        if position.is_in(&range) {
            return u32::try_from(position.nearest()).ok();
        }
        self.left_out(name, position, &range);
        None
    }

    /// A visible time; `None`, which is all of the run, where it has no length.
    pub(crate) fn window(&mut self, from: Number, to: Number) -> Option<TimeWindow> {
        let from = self.clamped("from", from, 0..=u64::MAX);
        let to = self.clamped("to", to, 0..=u64::MAX);
        (from < to).then_some(TimeWindow { from: Ms(from), to: Ms(to) })
    }

    /// The items of a list that are read.
    pub(crate) fn items<'a, T>(&mut self, name: &str, items: &'a [T]) -> &'a [T] {
        let count = items.len();
        let Some(items) = items.get(..MAX_ITEMS) else { return items };
        if count > MAX_ITEMS {
            self.note(&format!(
                "`{name}` has {count} items in the link: the first {MAX_ITEMS} are read. "
            ));
        }
        items
    }

    /// Notes about the values that were beyond their bounds, as one text; `None` where none was.
    pub(crate) fn into_note(self) -> Option<String> {
        let Self { mut notes, count } = self;
        if count > MAX_NOTES {
            notes += "More of its values were out of bounds.";
        }
        (count > 0).then(|| notes.trim_end().to_owned())
    }

    fn clamped(&mut self, name: &str, number: Number, range: RangeInclusive<u64>) -> u64 {
        let nearest = number.nearest().clamp(*range.start(), *range.end());
        if !number.is_in(&range) {
            self.out_of_bounds(name, number, &range, &nearest.to_string());
        }
        nearest
    }

    fn left_out(&mut self, name: &str, number: Number, range: &RangeInclusive<u64>) {
        self.out_of_bounds(name, number, range, "none");
    }

    fn out_of_bounds(
        &mut self,
        name: &str,
        number: Number,
        range: &RangeInclusive<u64>,
        used: &str,
    ) {
        let (number, start, end) = (number.text(), range.start(), range.end());
        self.note(&format!(
            "`{name}` is {number} in the link, expected a whole number from {start} to {end}: {used} is used. "
        ));
    }

    fn note(&mut self, note: &str) {
        self.count += 1;
        if self.count <= MAX_NOTES {
            self.notes += note;
        }
    }
}

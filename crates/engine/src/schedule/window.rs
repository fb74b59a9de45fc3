//! Steps of which so many go at once: each of the others begins when one has ended.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::Ms;

/// End of a step; nothing begins behind one that has failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct StepEnd {
    pub(super) time: Ms,
    pub(super) has_failed: bool,
}

/// Steps that begin one after the other, as soon as there is a place.
pub(super) struct Window {
    start: Ms,
    /// Places that none has had yet.
    places: usize,
    /// Ends of those that had a place.
    ends: BinaryHeap<Reverse<StepEnd>>,
    whole: StepEnd,
}

impl Window {
    /// Those that begin at an instant, so many at once.
    pub(super) fn new(at_once: usize, start: Ms) -> Self {
        let whole = StepEnd { time: start, has_failed: false };
        Self { start, places: at_once, ends: BinaryHeap::new(), whole }
    }

    /// Start of the next one; `None` where one has failed before.
    pub(super) fn next_start(&mut self) -> Option<Ms> {
        if let Some(left) = self.places.checked_sub(1) {
            self.places = left;
            return Some(self.start);
        }
        let Reverse(first) = self.ends.pop()?;
        if first.has_failed {
            self.ends.clear();
            return None;
        }
        Some(first.time)
    }

    /// Adds the end of the one that began last.
    pub(super) fn add(&mut self, end: StepEnd) {
        self.whole.time = self.whole.time.max(end.time);
        self.whole.has_failed |= end.has_failed;
        self.ends.push(Reverse(end));
    }

    /// End of all.
    pub(super) fn end(&self) -> StepEnd {
        self.whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Starts of steps with these lengths, a failing one with `!`, and the end of all.
    fn runs(at_once: usize, lengths: &[&str]) -> (Vec<u64>, u64) {
        let mut window = Window::new(at_once, Ms(10));
        let mut starts = Vec::new();
        for length in lengths {
            let Some(start) = window.next_start() else { break };
            starts.push(start.0);
            let has_failed = length.ends_with('!');
            let length: u64 = length.trim_end_matches('!').parse().unwrap();
            window.add(StepEnd { time: start + Ms(length), has_failed });
        }
        (starts, window.end().time.0)
    }

    #[test]
    fn each_begins_when_a_place_is_free() {
        for (at_once, lengths, starts, end) in [
            (usize::MAX, &["3", "1", "2"][..], &[10, 10, 10][..], 13),
            (1, &["3", "1", "2"], &[10, 13, 14], 16),
            (2, &["3", "1", "1", "4"], &[10, 10, 11, 12], 16),
            // Nothing begins once one has failed; what runs goes on.
            (2, &["5", "1!", "1"], &[10, 10], 15),
            (2, &["1", "3!", "1", "2", "1"], &[10, 10, 11, 12], 14),
            (2, &[], &[], 10),
        ] {
            assert_eq!(runs(at_once, lengths), (starts.to_vec(), end), "{at_once}: {lengths:?}");
        }
    }
}

//! The part of the run's time that is visible, and how it moves.

use deployline_engine::Ms;

use crate::px::between;

/// The shortest time that can be looked at.
const SHORTEST: Ms = Ms(1_000);

/// A part of the run, in time from the pipeline's start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimeWindow {
    /// Its start.
    pub from: Ms,
    /// Its end.
    pub to: Ms,
}

impl TimeWindow {
    /// All of a run that ends at `end`.
    pub fn all(end: Ms) -> Self {
        Self { from: Ms(0), to: end }
    }

    /// Its length.
    pub fn length(self) -> Ms {
        self.to - self.from
    }

    /// The nearest window that lies in the run and is at least one second long, or all of a
    /// shorter run.
    #[must_use]
    pub fn within(self, end: Ms) -> Self {
        let length = self.length().clamp(SHORTEST.min(end), end);
        let from = self.from.min(end - length);
        Self { from, to: from + length }
    }

    /// A window from one time to another, with a twentieth of it as room at either side.
    pub fn fit(from: Ms, to: Ms, end: Ms) -> Self {
        let room = Ms((to - from).0 / 20);
        Self { from: from - room, to: to + room }.within(end)
    }

    /// Shows `factor` times as much detail; `about` stays where it is on the screen.
    #[must_use]
    pub fn zoom(self, about: Ms, factor: f64, end: Ms) -> Self {
        let length = self.length().0.max(1) as f64;
        let least = SHORTEST.min(end).0 as f64;
        let zoomed = between(length / factor.max(f64::MIN_POSITIVE), least, end.0 as f64);
        let before = about.0 as f64 - self.from.0 as f64;
        let from = (about.0 as f64 - before / length * zoomed).max(0.0).round();
        // Negative and endless values are cut by the cast.
        let from = Ms(from as u64);
        Self { from, to: from + Ms(zoomed.round() as u64) }.within(end)
    }

    /// The same length, `by_ms` later or, below zero, earlier.
    #[must_use]
    pub fn pan(self, by_ms: i64, end: Ms) -> Self {
        let from = Ms(self.from.0.saturating_add_signed(by_ms));
        Self { from, to: from + self.length() }.within(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(from_s: u64, to_s: u64) -> TimeWindow {
        TimeWindow { from: Ms(from_s * 1_000), to: Ms(to_s * 1_000) }
    }

    #[test]
    fn zooms_about_a_time_and_stays_in_the_run() {
        let end = Ms(100_000);
        for (start, about_s, factor, expected) in [
            (window(0, 100), 50, 2.0, window(25, 75)),
            (window(25, 75), 50, 0.5, window(0, 100)),
            (window(0, 100), 0, 4.0, window(0, 25)),
            (window(80, 100), 100, 0.5, window(60, 100)),
            (window(80, 100), 80, 0.5, window(60, 100)),
            (window(40, 60), 50, 1e9, TimeWindow { from: Ms(49_500), to: Ms(50_500) }),
            (window(40, 60), 50, 0.0, window(0, 100)),
        ] {
            assert_eq!(start.zoom(Ms(about_s * 1_000), factor, end), expected, "{start:?}");
        }
        assert_eq!(window(0, 0).zoom(Ms(0), 2.0, Ms(0)), window(0, 0));
        assert_eq!(TimeWindow::all(Ms(300)).zoom(Ms(0), 2.0, Ms(300)), TimeWindow::all(Ms(300)));
    }

    #[test]
    fn pans_up_to_the_ends_of_the_run() {
        let end = Ms(100_000);
        assert_eq!(window(10, 30).pan(5_000, end), window(15, 35));
        assert_eq!(window(10, 30).pan(-50_000, end), window(0, 20));
        assert_eq!(window(10, 30).pan(i64::MAX, end), window(80, 100));
        assert_eq!(window(10, 30).pan(i64::MIN, end), window(0, 20));
    }

    #[test]
    fn fits_with_room_at_both_sides() {
        let end = Ms(100_000);
        assert_eq!(TimeWindow::fit(Ms(40_000), Ms(60_000), end), window(39, 61));
        assert_eq!(TimeWindow::fit(Ms(0), Ms(100_000), end), TimeWindow::all(end));
        assert_eq!(TimeWindow::fit(Ms(100_000), Ms(100_000), end), window(99, 100));
    }
}

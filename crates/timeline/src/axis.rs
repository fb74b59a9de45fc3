//! Time to pixels, and the marks on the axis.

use deployline_engine::Ms;

use crate::px::between;
use crate::{Tick, TimeWindow};

/// Steps between marks of less than a second, in milliseconds.
const PARTS_MS: [u64; 3] = [100, 200, 500];

/// Steps between marks, in seconds.
const STEPS_S: [u64; 27] = [
    1,
    2,
    5,
    10,
    15,
    30,
    60,
    120,
    300,
    600,
    900,
    1_800,
    3_600,
    7_200,
    10_800,
    21_600,
    43_200,
    86_400,
    172_800,
    432_000,
    864_000,
    2_592_000,
    7_776_000,
    31_536_000,
    157_680_000,
    315_360_000,
    1_576_800_000,
];

/// The least room between two marks, in pixels.
const TICK_ROOM: f64 = 64.0;

/// The narrowest bar, so that what takes no time is seen too.
pub(crate) const MIN_BAR: f64 = 3.0;

/// A linear scale from time to the horizontal place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TimeScale {
    /// Left end of the visible time, in pixels.
    pub left: f64,
    /// Right end of the visible time, in pixels.
    pub right: f64,
    /// Time between them.
    pub window: TimeWindow,
    /// End of the run.
    pub end: Ms,
}

impl TimeScale {
    /// A scale between two places; without a window it shows all of the run.
    pub(crate) fn new(left: f64, right: f64, end: Ms, window: Option<TimeWindow>) -> Self {
        let window = window.map_or(TimeWindow::all(end), |window| window.within(end));
        Self { left, right: right.max(left + 1.0), window, end }
    }

    /// Position of a time, in pixels; outside of the plot for times outside of the window.
    pub fn x(&self, time: Ms) -> f64 {
        let before = time.0 as f64 - self.window.from.0 as f64;
        // A run without any time is drawn as if it took one unit.
        let share = before / self.window.length().0.max(1) as f64;
        self.left + share * (self.right - self.left)
    }

    /// The time at a place; the window's start or end for places outside of the plot.
    pub fn time(&self, x: f64) -> Ms {
        let share = between((x - self.left) / (self.right - self.left), 0.0, 1.0);
        let length = self.window.length().0;
        self.window.from + Ms((share * length as f64).round() as u64)
    }

    /// Position of a time, or the nearer end of the plot.
    pub(crate) fn clamped_x(&self, time: Ms) -> f64 {
        between(self.x(time), self.left, self.right)
    }

    /// Left edge and width of a bar, not cut to anything.
    pub(crate) fn bar(&self, start: Ms, end: Ms) -> (f64, f64) {
        let x = self.x(start);
        (x, (self.x(end) - x - 1.0).max(MIN_BAR))
    }

    /// Returns true for what ends at `end` and is over when the window starts.
    pub(crate) fn is_before(&self, end: Ms) -> bool {
        end <= self.window.from && self.window.from > Ms(0)
    }

    /// Returns true for what starts at `start`, after the window.
    pub(crate) fn is_after(&self, start: Ms) -> bool {
        // What takes no time at the run's very end is still in it.
        start > self.window.to || (start == self.window.to && start < self.end)
    }

    pub(crate) fn ticks(&self) -> Vec<Tick> {
        let most = ((self.right - self.left) / TICK_ROOM).floor().max(1.0) as u64;
        let length = self.window.length().0;
        let steps = PARTS_MS.into_iter().chain(STEPS_S.map(|seconds| seconds * 1_000));
        let step = steps.into_iter().find(|step| length / step <= most).unwrap_or(length.max(1));
        let marks = self.window.from.0.div_ceil(step)..=self.window.to.0 / step;
        let times = marks.map(|mark| Ms(mark * step));
        times.map(|time| Tick { x: self.x(time), label: time.to_string() }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(end_s: u64, width: f64) -> String {
        let ticks = TimeScale::new(0.0, width, Ms(end_s * 1_000), None).ticks();
        ticks.into_iter().map(|tick| tick.label).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn marks_are_round_and_have_room() {
        assert_eq!(labels(240, 400.0), "0s 1m 2m 3m 4m");
        assert_eq!(labels(240, 130.0), "0s 2m 4m");
        assert_eq!(labels(30, 300.0), "0s 10s 20s 30s");
        assert_eq!(labels(36_000, 300.0), "0s 3h 6h 9h");
        assert_eq!(labels(0, 300.0), "0s");
        assert_eq!(labels(90, 10.0), "0s 1m");
    }

    #[test]
    fn marks_of_a_window_are_round_times_of_the_run() {
        let labels = |from: u64, to: u64| {
            let window = TimeWindow { from: Ms(from), to: Ms(to) };
            let ticks = TimeScale::new(10.0, 410.0, Ms(600_000), Some(window)).ticks();
            assert!(ticks.iter().all(|tick| (10.0..=410.0).contains(&tick.x)), "{ticks:?}");
            ticks.into_iter().map(|tick| tick.label).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(labels(61_000, 129_000), "1m 10s 1m 20s 1m 30s 1m 40s 1m 50s 2m");
        assert_eq!(labels(500, 1_500), "600ms 800ms 1s 1s 200ms 1s 400ms");
        assert_eq!(labels(0, 600_000), "0s 2m 4m 6m 8m 10m");
    }

    #[test]
    fn a_place_has_the_time_that_is_drawn_there() {
        let window = TimeWindow { from: Ms(20_000), to: Ms(60_000) };
        let scale = TimeScale::new(100.0, 300.0, Ms(90_000), Some(window));
        for (time_ms, x) in [(20_000, 100.0), (40_000, 200.0), (60_000, 300.0)] {
            assert_eq!((scale.x(Ms(time_ms)), scale.time(x)), (x, Ms(time_ms)));
        }
        assert_eq!((scale.time(0.0), scale.time(900.0)), (Ms(20_000), Ms(60_000)));
        assert!(scale.x(Ms(0)) < 100.0);
    }
}

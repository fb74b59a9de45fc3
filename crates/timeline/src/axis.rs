//! Time to pixels, and the marks on the axis.

use deployline_planner::Ms;

use crate::Tick;

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

/// A linear scale from time to the horizontal place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimeScale {
    pub(crate) left: f64,
    pub(crate) right: f64,
    end: Ms,
}

impl TimeScale {
    pub(crate) fn new(left: f64, right: f64, end: Ms) -> Self {
        Self { left, right: right.max(left + 1.0), end }
    }

    pub(crate) fn x(&self, time: Ms) -> f64 {
        // A run without any time is drawn as if it took one unit.
        let share = time.0 as f64 / self.end.0.max(1) as f64;
        self.left + share * (self.right - self.left)
    }

    pub(crate) fn ticks(&self) -> Vec<Tick> {
        let most = ((self.right - self.left) / TICK_ROOM).floor().max(1.0) as u64;
        let step = STEPS_S
            .iter()
            .map(|seconds| seconds * 1_000)
            .find(|step| self.end.0 / step <= most)
            .unwrap_or(self.end.0.max(1));
        let times = (0..=self.end.0 / step).map(|i| Ms(i * step));
        times.map(|time| Tick { x: self.x(time), label: time.to_string() }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(end_s: u64, width: f64) -> String {
        let ticks = TimeScale::new(0.0, width, Ms(end_s * 1_000)).ticks();
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
}

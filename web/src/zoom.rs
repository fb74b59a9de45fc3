//! The visible time: how a key, a button or the wheel changes it.
//!
//! `None` is all of the run, and stays so when the run gets longer.

use deployline_engine::Ms;
use deployline_timeline::TimeWindow;

/// Step of a button or a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    In,
    Out,
    Earlier,
    Later,
    Fit,
}

const FACTOR: f64 = 1.6;

/// The window after a step, about its middle.
pub(crate) fn stepped(window: Option<TimeWindow>, end: Ms, step: Step) -> Option<TimeWindow> {
    let now = window.unwrap_or(TimeWindow::all(end));
    let middle = Ms(now.from.0.midpoint(now.to.0));
    let by = (now.to - now.from).0 as i64 / 4;
    let next = match step {
        Step::In => now.zoom(middle, FACTOR, end),
        Step::Out => now.zoom(middle, 1.0 / FACTOR, end),
        Step::Earlier => now.pan(-by, end),
        Step::Later => now.pan(by, end),
        Step::Fit => return None,
    };
    or_all(next, end)
}

/// The window after a turn of the wheel or a pinch about a time.
pub(crate) fn about(
    window: Option<TimeWindow>,
    end: Ms,
    time: Ms,
    factor: f64,
) -> Option<TimeWindow> {
    or_all(window.unwrap_or(TimeWindow::all(end)).zoom(time, factor, end), end)
}

fn or_all(window: TimeWindow, end: Ms) -> Option<TimeWindow> {
    (window != TimeWindow::all(end)).then_some(window)
}

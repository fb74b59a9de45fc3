//! The picked deployment comes into sight.

use std::cell::RefCell;
use std::rc::Rc;

use deployline_engine::DeploymentId;
use deployline_timeline::TimeWindow;
use web_sys::Element;
use yew::prelude::*;

use super::{DrawnPicture, TimelineProps, size};
use crate::state::{Action, View};

/// Scrolls to the picked deployment, whoever picked it. The time moves to it only for a pick of the
/// user, of which there was one more: another tab or a link has a window of its own.
#[hook]
pub(super) fn use_into_view(
    scroller: &NodeRef,
    latest: &Rc<RefCell<Option<DrawnPicture>>>,
    props: &TimelineProps,
) {
    let (scroller, latest) = (scroller.clone(), latest.clone());
    let (view, act) = (props.view.clone(), props.act.clone());
    let last = use_mut_ref(|| props.picks);
    use_effect_with((props.selection, props.picks), move |(selection, picks)| {
        let is_pick = last.replace(*picks) != *picks;
        let drawn = latest.borrow().clone();
        let (Some(at), Some(drawn), Some(scroller)) =
            (*selection, drawn, scroller.cast::<Element>())
        else {
            return;
        };
        let (stage, index) = (at.stage as usize, at.index as usize);
        if let Some(bar) = drawn.picture.bar_rect(
            drawn.derived.planned(),
            &drawn.viewport,
            &drawn.options,
            (stage, index),
        ) {
            size::scroll_to(&scroller, bar.y, bar.height);
        }
        let window = view.window.filter(|_| is_pick);
        if let Some(window) = window.and_then(|window| moved_to(&drawn, at, window)) {
            act.emit(Action::Look(View { window: Some(window), ..view }));
        }
    });
}

/// The visible time with a deployment in its middle; `None` where it is visible already.
fn moved_to(drawn: &DrawnPicture, at: DeploymentId, window: TimeWindow) -> Option<TimeWindow> {
    let schedule = &drawn.derived.analysis.schedule;
    let run = schedule.run(at)?;
    let is_outside = run.end <= window.from || run.start >= window.to;
    let middle = window.from.0.midpoint(window.to.0) as i64;
    let by = run.start.0.midpoint(run.end.0) as i64 - middle;
    is_outside.then(|| window.pan(by, schedule.end))
}

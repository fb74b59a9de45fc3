//! The wheel: with Ctrl or ⌘ it zooms about the pointer, sideways it pans. Plain scrolling is the
//! browser's.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, WheelEvent};
use yew::prelude::*;

use super::DrawnPicture;
use crate::state::{Action, View};
use crate::zoom;

/// Zoom for one pixel of the wheel.
const PER_PIXEL: f64 = 0.0022;
/// A line of a wheel that counts in lines, in pixels.
const LINE: f64 = 16.0;

#[hook]
pub(super) fn use_zooming(
    scroller: &NodeRef,
    latest: &Rc<RefCell<Option<DrawnPicture>>>,
    view: &View,
    act: &Callback<Action>,
) {
    let present = use_mut_ref(View::default);
    present.borrow_mut().clone_from(view);
    let (scroller, latest, act) = (scroller.clone(), latest.clone(), act.clone());
    let has_rows = latest.borrow().is_some();
    use_effect_with(has_rows, move |_| {
        // The page would zoom or go back otherwise, which only an active listener can prevent.
        let options = EventListenerOptions::enable_prevent_default();
        let listener = scroller.cast::<Element>().map(|element| {
            let watched = element.clone();
            EventListener::new_with_options(&element, "wheel", options, move |event| {
                let (Some(event), Some(drawn)) =
                    (event.dyn_ref::<WheelEvent>(), latest.borrow().clone())
                else {
                    return;
                };
                let view = present.borrow().clone();
                if let Some(window) = turned(event, &watched, &drawn, &view) {
                    event.prevent_default();
                    act.emit(Action::Look(View { window, ..view }));
                }
            })
        });
        move || drop(listener)
    });
}

/// The visible time after a turn; `None` where the turn is the browser's.
fn turned(
    event: &WheelEvent,
    scroller: &Element,
    drawn: &DrawnPicture,
    view: &View,
) -> Option<Option<deployline_timeline::TimeWindow>> {
    let end = drawn.derived.analysis.schedule.end;
    let scale = &drawn.scene.scale;
    let unit = if event.delta_mode() == WheelEvent::DOM_DELTA_PIXEL { 1.0 } else { LINE };
    if event.ctrl_key() || event.meta_key() {
        let x = f64::from(event.client_x()) - scroller.get_bounding_client_rect().left();
        let factor = (-event.delta_y() * unit * PER_PIXEL).exp();
        return Some(zoom::about(view.window, end, scale.time(x), factor));
    }
    let sideways = if event.shift_key() { event.delta_y() } else { event.delta_x() };
    let window =
        view.window.filter(|_| sideways.abs() > event.delta_y().abs() || event.shift_key())?;
    let length = window.length().0 as f64;
    let by = sideways * unit * length / (scale.right - scale.left).max(1.0);
    Some(Some(window.pan(by as i64, end)))
}

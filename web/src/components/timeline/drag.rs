//! Dragging: a bar's end changes its duration, the empty picture moves in time, two fingers zoom.
//!
//! ```text
//! down on an end   -> previews of the duration -> up: assumed
//! down elsewhere   -> the window and the rows move
//! a second finger  -> the window is zoomed about the middle of both
//! ```

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use deployline_engine::{DeploymentId, DurationKey, Ms};
use deployline_timeline::{DraggedBar, Hit, TimeWindow};
use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};
use yew::prelude::*;

use super::pointer::hit;
use super::{DrawnPicture, keys};
use crate::state::{Action, Assumption, View};
use crate::zoom;

/// Distance that a pointer may stray while it clicks, in pixels.
const STILL: f64 = 4.0;

/// Pointers on the picture, and what they drag.
#[derive(Default)]
struct Gesture {
    /// The pointers that are down, and where each is, in pixels of the window.
    pointers: Vec<(i32, (f64, f64))>,
    end_of: Option<DeploymentId>,
    /// Start of a drag of the picture, by the one pointer.
    pan: Option<PanStart>,
}

struct PanStart {
    x: f64,
    y: f64,
    window: Option<TimeWindow>,
    scroll_top: i32,
    is_touch: bool,
}

pub(super) struct DragHandlers {
    pub(super) down: Callback<PointerEvent>,
    /// True where the pointer has been moved since it went down: then its click is none.
    pub(super) is_drag: Rc<Cell<bool>>,
}

#[hook]
pub(super) fn use_drags(
    scroller: &NodeRef,
    latest: &Rc<RefCell<Option<DrawnPicture>>>,
    view: &View,
    act: &Callback<Action>,
    shown: &UseStateHandle<Option<DraggedBar>>,
) -> DragHandlers {
    let gesture = use_mut_ref(Gesture::default);
    let present = use_mut_ref(View::default);
    present.borrow_mut().clone_from(view);
    let dragged = use_mut_ref(|| None::<DraggedBar>);
    let is_drag = (*use_memo((), |()| Rc::new(Cell::new(false)))).clone();
    let context = DragContext {
        scroller: scroller.clone(),
        latest: latest.clone(),
        view: present,
        act: act.clone(),
        dragged,
        is_drag: is_drag.clone(),
        shown: shown.setter(),
    };
    {
        let (gesture, context) = (gesture.clone(), context.clone());
        // On the window: a drag goes on where the pointer leaves the picture.
        use_effect_with((), move |()| {
            let window = gloo::utils::window();
            let listeners = ["pointermove", "pointerup", "pointercancel"].map(|name| {
                let (gesture, context) = (gesture.clone(), context.clone());
                EventListener::new(&window, name, move |event| {
                    if let Some(event) = event.dyn_ref::<PointerEvent>() {
                        context.follow(&mut gesture.borrow_mut(), event);
                    }
                })
            });
            move || drop(listeners)
        });
    }
    let down = Callback::from(move |event: PointerEvent| {
        context.start(&mut gesture.borrow_mut(), &event);
    });
    DragHandlers { down, is_drag }
}

#[derive(Clone)]
struct DragContext {
    scroller: NodeRef,
    latest: Rc<RefCell<Option<DrawnPicture>>>,
    view: Rc<RefCell<View>>,
    act: Callback<Action>,
    dragged: Rc<RefCell<Option<DraggedBar>>>,
    is_drag: Rc<Cell<bool>>,
    /// The same, as the picture shows it.
    shown: UseStateSetter<Option<DraggedBar>>,
}

impl DragContext {
    fn start(&self, gesture: &mut Gesture, event: &PointerEvent) {
        if event.button() != 0 {
            return;
        }
        let (x, y) = position(event);
        self.is_drag.set(false);
        gesture.pointers.retain(|(id, _)| *id != event.pointer_id());
        gesture.pointers.push((event.pointer_id(), (x, y)));
        gesture.end_of = match hit(event) {
            Some(Hit::BarEnd(at)) => Some(at),
            _ => None,
        };
        if gesture.end_of.is_some() {
            // No text is selected on the way.
            event.prevent_default();
        }
        let window = self.view.borrow().window;
        let scroll_top = self.scroller.cast::<Element>().map_or(0, |it| it.scroll_top());
        let is_touch = event.pointer_type() == "touch";
        gesture.pan = Some(PanStart { x, y, window, scroll_top, is_touch });
    }

    fn follow(&self, gesture: &mut Gesture, event: &PointerEvent) {
        let ids = |(id, _): &(i32, (f64, f64))| *id == event.pointer_id();
        let Some(pointer) = gesture.pointers.iter().position(ids) else { return };
        if event.type_() != "pointermove" {
            gesture.pointers.swap_remove(pointer);
            gesture.pan = None;
            self.finish(gesture.end_of.take().is_some() && event.type_() == "pointerup");
            return;
        }
        let now = position(event);
        let before = std::mem::replace(&mut gesture.pointers[pointer].1, now);
        let is_far = |pan: &PanStart| (now.0 - pan.x).hypot(now.1 - pan.y) > STILL;
        if gesture.pan.as_ref().is_some_and(is_far) {
            self.is_drag.set(true);
        }
        let Some(drawn) = self.latest.borrow().clone() else { return };
        if gesture.pointers.len() == 2 {
            self.pinch(gesture, event.pointer_id(), before, now, &drawn);
        } else if let Some(at) = gesture.end_of {
            self.drag_end(at, now.0, &drawn);
        } else if let Some(pan) = &gesture.pan {
            self.pan(pan, now, &drawn);
        }
    }

    fn finish(&self, is_done: bool) {
        let Some(dragged) = self.dragged.take() else { return };
        self.shown.set(None);
        let drawn = self.latest.borrow().clone();
        let stage = drawn.and_then(|drawn| keys::stage_id(&drawn, dragged.at));
        if let (true, Some(stage)) = (is_done, stage) {
            let key = DurationKey::Deployment(stage, dragged.at.index);
            self.act.emit(Action::Assume(Assumption::Duration(key, Some(dragged.duration))));
        }
    }

    fn drag_end(&self, at: DeploymentId, x: f64, drawn: &DrawnPicture) {
        let Some(run) = drawn.derived.analysis.schedule.run(at) else { return };
        let Some(scroller) = self.scroller.cast::<Element>() else { return };
        let scale = &drawn.scene.scale;
        let per_pixel = scale.window.length().0.max(1) as f64 / (scale.right - scale.left).max(1.0);
        // Beyond the plot's end too: there the run gets longer.
        let x = x - scroller.get_bounding_client_rect().left();
        let time = scale.window.from.0 as f64 + (x - scale.left) * per_pixel;
        let duration = snapped(time - run.start.0 as f64, 2.0 * per_pixel);
        let width = (duration.0 as f64 / per_pixel).max(3.0);
        let dragged = DraggedBar { at, duration, width };
        *self.dragged.borrow_mut() = Some(dragged);
        self.shown.set(Some(dragged));
    }

    fn pan(&self, pan: &PanStart, (x, y): (f64, f64), drawn: &DrawnPicture) {
        let scale = &drawn.scene.scale;
        let end = drawn.derived.analysis.schedule.end;
        if let Some(window) = pan.window {
            let share = (pan.x - x) / (scale.right - scale.left).max(1.0);
            let by = share * window.length().0 as f64;
            let window = Some(window.pan(by as i64, end));
            let view = self.view.borrow().clone();
            self.act.emit(Action::Look(View { window, ..view }));
        }
        // A finger scrolls by itself.
        if let (false, Some(scroller)) = (pan.is_touch, self.scroller.cast::<Element>()) {
            scroller.set_scroll_top(pan.scroll_top + (pan.y - y) as i32);
        }
    }

    fn pinch(
        &self,
        gesture: &Gesture,
        moved: i32,
        before: (f64, f64),
        now: (f64, f64),
        drawn: &DrawnPicture,
    ) {
        let other = gesture.pointers.iter().find(|(id, _)| *id != moved);
        let (Some((_, other)), Some(scroller)) = (other, self.scroller.cast::<Element>()) else {
            return;
        };
        let apart = |a: (f64, f64)| (a.0 - other.0).hypot(a.1 - other.1).max(1.0);
        let left = scroller.get_bounding_client_rect().left();
        let about = drawn.scene.scale.time(f64::midpoint(now.0, other.0) - left);
        let end = drawn.derived.analysis.schedule.end;
        let view = self.view.borrow().clone();
        let window = zoom::about(view.window, end, about, apart(now) / apart(before));
        self.act.emit(Action::Look(View { window, ..view }));
    }
}

fn position(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// The nearest duration in round steps, none of them shorter than `least_step_ms`.
fn snapped(duration_ms: f64, least_step_ms: f64) -> Ms {
    const STEPS_S: [u64; 12] = [1, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 86_400];
    let steps = STEPS_S.iter().map(|seconds| (seconds * 1_000) as f64);
    let step = steps.clone().find(|step| *step >= least_step_ms).unwrap_or(86_400_000.0);
    Ms(((duration_ms / step).round() * step).max(step.min(1_000.0)) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_snap_to_round_steps() {
        for (duration_ms, least_step_ms, expected) in [
            (61_400.0, 500.0, 61_000),
            (61_400.0, 4_000.0, 60_000),
            (200_000.0, 20_000.0, 210_000),
            (-500.0, 500.0, 1_000),
            (5_000_000.0, 1e12, 1_000),
        ] {
            assert_eq!(snapped(duration_ms, least_step_ms), Ms(expected));
        }
    }
}

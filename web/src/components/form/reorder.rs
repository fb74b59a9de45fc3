//! Reordering by a pointer: mouse, pen or finger.
//!
//! Inside of an area, an element with `data-drag` can be dragged by what has `data-grip` in it, and
//! dropped where an element with `data-drop` is. Both values are names that the area's owner gives.
//! Areas may lie in each other, each marked `data-area`: an element belongs to the closest one.
//! `data-grip="mouse"` leaves fingers alone, which scroll there.
//!
//! Escape lets go of it. Whatever can be dragged can be moved by keys and buttons too: that is the
//! owner's part.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo::timers::callback::{Interval, Timeout};
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};
use yew::prelude::*;

use super::drop_places::{closest_to, grabbed, place};

/// Distance that a pointer may move in a click, in pixels.
const STILL: f64 = 4.0;
/// Distance from an edge within which the area scrolls, and the step, in pixels.
const EDGE: f64 = 36.0;
const SCROLL_STEP: f64 = 8.0;
const SCROLL_MS: u32 = 16;

/// Item that is being dragged, and the position it would go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dragged {
    pub(super) item: String,
    pub(super) to: Option<String>,
}

pub(super) struct Reorder {
    pub(super) dragged: Option<Dragged>,
    /// For the area.
    pub(super) on_down: Callback<PointerEvent>,
    /// `true` once the pointer has moved since it went down: then its click is none.
    pub(super) is_drag: Rc<Cell<bool>>,
}

/// `on_drop` is given the item and the place.
#[hook]
pub(super) fn use_reorder(area: &NodeRef, on_drop: Callback<(String, String)>) -> Reorder {
    let dragged = use_state_eq(|| None::<Dragged>);
    let session = use_mut_ref(|| None::<Session>);
    let is_drag = (*use_memo((), |()| Rc::new(Cell::new(false)))).clone();
    let latest = use_mut_ref(Callback::noop);
    *latest.borrow_mut() = on_drop;
    {
        let session = session.clone();
        use_effect_with((), move |()| move || drop(session.take()));
    }
    let on_down = {
        let (area, is_drag, shown) = (area.clone(), is_drag.clone(), dragged.setter());
        use_callback((), move |event: PointerEvent, ()| {
            is_drag.set(false);
            let Some(area) = area.cast::<Element>() else { return };
            if let Some(item) = grabbed(&area, &event) {
                let drag = Drag {
                    area,
                    item,
                    pointer: event.pointer_id(),
                    start: place(&event),
                    now: Cell::new(place(&event)),
                    to: RefCell::default(),
                    is_drag: is_drag.clone(),
                    shown: shown.clone(),
                    latest: latest.clone(),
                };
                *session.borrow_mut() = Some(Session::new(Rc::new(drag), &session));
            }
        })
    };
    Reorder { dragged: (*dragged).clone(), on_down, is_drag }
}

struct Drag {
    area: Element,
    item: String,
    pointer: i32,
    start: (f64, f64),
    now: Cell<(f64, f64)>,
    to: RefCell<Option<String>>,
    is_drag: Rc<Cell<bool>>,
    shown: UseStateSetter<Option<Dragged>>,
    latest: Rc<RefCell<Callback<(String, String)>>>,
}

/// Listeners while something is held.
struct Session {
    drag: Rc<Drag>,
    _listeners: [EventListener; 4],
    _scrolling: Interval,
}

impl Session {
    fn new(drag: Rc<Drag>, owner: &Rc<RefCell<Option<Self>>>) -> Self {
        let window = gloo::utils::window();
        let options = EventListenerOptions {
            phase: EventListenerPhase::Capture,
            ..EventListenerOptions::enable_prevent_default()
        };
        let listeners = ["pointermove", "pointerup", "pointercancel", "keydown"].map(|name| {
            let (drag, owner) = (drag.clone(), owner.clone());
            EventListener::new_with_options(&window, name, options, move |event| {
                if drag.is_over(event) {
                    // Not at once: this very listener is one of them.
                    let (owner, drag) = (owner.clone(), drag.clone());
                    Timeout::new(0, move || {
                        let is_it = |session: &mut Session| Rc::ptr_eq(&session.drag, &drag);
                        drop(owner.borrow_mut().take_if(is_it));
                    })
                    .forget();
                }
            })
        });
        let scrolling = {
            let drag = drag.clone();
            Interval::new(SCROLL_MS, move || drag.scroll())
        };
        Self { drag, _listeners: listeners, _scrolling: scrolling }
    }
}

impl Drag {
    /// Follows an event; whether it was the last one.
    fn is_over(&self, event: &Event) -> bool {
        if let Some(key) = event.dyn_ref::<KeyboardEvent>() {
            if key.key() != "Escape" || !self.is_drag.get() {
                return false;
            }
            event.prevent_default();
            event.stop_propagation();
            self.shown.set(None);
            return true;
        }
        let Some(pointer) = event.dyn_ref::<PointerEvent>() else { return false };
        if pointer.pointer_id() != self.pointer {
            return false;
        }
        if event.type_() == "pointermove" {
            self.follow(place(pointer));
            return false;
        }
        self.shown.set(None);
        let to = self.to.take().filter(|_| self.is_drag.get() && event.type_() == "pointerup");
        if let Some(to) = to {
            let on_drop = self.latest.borrow().clone();
            on_drop.emit((self.item.clone(), to));
        }
        true
    }

    fn follow(&self, now: (f64, f64)) {
        self.now.set(now);
        let moved = (now.0 - self.start.0).hypot(now.1 - self.start.1);
        if !self.is_drag.get() && moved <= STILL {
            return;
        }
        self.is_drag.set(true);
        let to = closest_to(&self.area, now);
        *self.to.borrow_mut() = to.clone();
        self.shown.set(Some(Dragged { item: self.item.clone(), to }));
    }

    /// Near an edge of what scrolls, it does.
    fn scroll(&self) {
        if !self.is_drag.get() {
            return;
        }
        let (x, y) = self.now.get();
        let mut scroller = self.area.closest("[data-scroll]").ok().flatten();
        while let Some(element) = scroller {
            let rect = element.get_bounding_client_rect();
            let by = |at: f64, from: f64, to: f64| match (at - from < EDGE, to - at < EDGE) {
                (true, false) => -SCROLL_STEP,
                (false, true) => SCROLL_STEP,
                _ => 0.0,
            };
            element.scroll_by_with_x_and_y(
                by(x, rect.left(), rect.right()),
                by(y, rect.top(), rect.bottom()),
            );
            let parent = element.parent_element();
            scroller = parent.and_then(|it| it.closest("[data-scroll]").ok().flatten());
        }
    }
}

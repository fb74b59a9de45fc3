//! The part of the rows that is on the screen.

use deployline_timeline::{AXIS_HEIGHT, GRAPH_HEIGHT, TimeWindow, Viewport};
use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

use crate::browser;

/// The part that is drawn moves in steps of this many pixels, so that scrolling seldom draws.
const STEP: f64 = 72.0;
/// The most of it that is printed, in pixels: some forty pages.
const PRINTED: f64 = 48_000.0;

/// Below this width of the window, the picture is as wide as it.
const NARROW: f64 = 860.0;
/// Width of what is left and right of the picture.
const MARGINS: f64 = 34.0;

/// Width and height of a window that is not known.
const USUAL: (f64, f64) = (1440.0, 900.0);

/// The visible part of the rows, in pixels of the whole picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct VisibleRows {
    pub(super) width: f64,
    /// Rounded to steps.
    pub(super) height: f64,
    pub(super) top: f64,
    /// From the first to the last that is on the screen, not rounded.
    pub(super) seen_y: (f64, f64),
}

impl VisibleRows {
    /// About what will be there, so that the first picture needs no second look: the page's wide
    /// layout gives eight of thirteen parts to it.
    fn about() -> Option<Self> {
        let (width, height) = match browser::window() {
            Some(window) => {
                let inner = |size: Result<wasm_bindgen::JsValue, _>| size.ok()?.as_f64();
                (inner(window.inner_width())?, inner(window.inner_height())?)
            }
            None => USUAL,
        };
        let width = if width < NARROW { width } else { width * 8.0 / 13.0 } - MARGINS;
        Some(Self::new(width.floor().max(0.0), 0.0, (height / 2.0).floor()))
    }

    fn new(width: f64, top: f64, height: f64) -> Self {
        Self {
            width,
            height: (height / STEP).ceil() * STEP,
            top: (top / STEP).floor() * STEP,
            seen_y: (top, top + height),
        }
    }

    fn of(element: &Element) -> Self {
        let size = [element.client_width(), element.scroll_top(), element.client_height()];
        let [width, top, height] = size.map(f64::from);
        Self::new(width, top, height)
    }

    /// Viewport that is drawn: a step beyond what is on the screen.
    pub(super) fn viewport(self, window: Option<TimeWindow>, is_printed: bool) -> Viewport {
        let (top, height) =
            if is_printed { (0.0, PRINTED) } else { (self.top - STEP, self.height + 3.0 * STEP) };
        Viewport { width: self.width, top, height, window }
    }
}

/// Follows the element's size and scrolling.
#[hook]
pub(super) fn use_size(scroller: &NodeRef) -> Option<VisibleRows> {
    let visible = use_state_eq(VisibleRows::about);
    let (set, scroller) = (visible.clone(), scroller.clone());
    use_effect_with((), move |()| {
        let element = scroller.cast::<Element>();
        set.set(element.as_ref().map(VisibleRows::of));
        let (on_resize, watched) = (set.clone(), element.clone());
        let on_resize: Closure<dyn FnMut()> =
            Closure::new(move || on_resize.set(watched.as_ref().map(VisibleRows::of)));
        let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(element)) = (&observer, &element) {
            observer.observe(element);
        }
        let scrolls = element.map(|element| {
            let watched = element.clone();
            EventListener::new(&element, "scroll", move |_| {
                set.set(Some(VisibleRows::of(&watched)));
            })
        });
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop((on_resize, scrolls));
        }
    });
    *visible
}

/// Heights of what sticks to the upper and lower edge, over the rows.
const STICKY_TOP: f64 = AXIS_HEIGHT;
const STICKY_BOTTOM: f64 = GRAPH_HEIGHT;

/// Scrolls so that a row is seen, and no farther.
pub(super) fn scroll_to(scroller: &Element, y: f64, height: f64) {
    let top = f64::from(scroller.scroll_top());
    // The rows begin below the axis, which is as high as what covers them.
    let room = f64::from(scroller.client_height()) - STICKY_TOP - STICKY_BOTTOM;
    if y - 8.0 < top {
        scroller.set_scroll_top((y - 8.0) as i32);
    } else if y + height + 8.0 > top + room {
        scroller.set_scroll_top((y + height + 8.0 - room) as i32);
    }
}

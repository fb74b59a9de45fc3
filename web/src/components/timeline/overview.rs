//! The whole run in a strip, with the visible part as a window to drag.

use std::rc::Rc;

use deployline_timeline::{
    LayoutOptions, Overview, Picture, Rect, Semantics, TimeWindow, strip_shapes,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::px;
use super::retained::use_shapes;
use super::size::VisibleRows;
use crate::derived::{Derived, Shared};
use crate::state::{Action, View};

const HEIGHT: f64 = 36.0;

#[derive(Clone, Properties, PartialEq)]
pub(super) struct StripProps {
    pub(super) derived: Shared<Derived>,
    pub(super) picture: Rc<Picture>,
    pub(super) window: Option<TimeWindow>,
    pub(super) visible: Option<VisibleRows>,
    /// Of the whole picture, in pixels.
    pub(super) height: f64,
    pub(super) scroller: NodeRef,
    pub(super) view: View,
    pub(super) act: Callback<Action>,
}

#[function_component(Strip)]
pub(super) fn strip(props: &StripProps) -> Html {
    let StripProps { derived, window, visible, height, .. } = props;
    let width = visible.map_or(0.0, |visible| visible.width);
    let deps = (derived.clone(), Shared(props.picture.clone()), width as u32);
    let overview = use_memo(deps, |(derived, picture, width)| {
        let width = f64::from(*width);
        picture.overview(derived.planned(), &LayoutOptions::for_width(width), width, HEIGHT)
    });
    let share = |y: f64| y / height.max(1.0);
    let rows = visible.map_or((0.0, 1.0), |it| (share(it.seen_y.0), share(it.seen_y.1)));
    let window = window.unwrap_or(TimeWindow::all(derived.analysis.schedule.end));
    let area = overview.area_of(window, rows);
    let shapes = use_shapes(strip_shapes(&overview, area), Semantics::Image);
    let drag = use_drag(props, &overview, area);
    if visible.is_none() {
        return Html::default();
    }
    html! {
        <svg class="dl-strip" aria-hidden="true" width={px(width)} height={px(HEIGHT)}
            onpointerdown={drag.down} onpointermove={drag.moved} onpointerup={drag.up.clone()}
            onpointercancel={drag.up}>
            {shapes}
        </svg>
    }
}

/// Handlers by which the window follows the pointer.
struct StripDrag {
    down: Callback<PointerEvent>,
    moved: Callback<PointerEvent>,
    up: Callback<PointerEvent>,
}

#[hook]
fn use_drag(props: &StripProps, overview: &Rc<Overview>, area: Rect) -> StripDrag {
    let is_dragged = use_mut_ref(|| false);
    let go = {
        let (props, overview) = (props.clone(), overview.clone());
        move |event: &PointerEvent| go_to(&props, &overview, area, event)
    };
    let down = {
        let (is_dragged, go) = (is_dragged.clone(), go.clone());
        Callback::from(move |event: PointerEvent| {
            event.prevent_default();
            if let Some(element) = event.target().and_then(|it| it.dyn_into::<Element>().ok()) {
                // Without it the window is only dragged while the pointer is over the strip.
                let _ = element.set_pointer_capture(event.pointer_id());
            }
            *is_dragged.borrow_mut() = true;
            go(&event);
        })
    };
    let moved = {
        let is_dragged = is_dragged.clone();
        Callback::from(move |event: PointerEvent| {
            if *is_dragged.borrow() {
                go(&event);
            }
        })
    };
    let up = Callback::from(move |_: PointerEvent| *is_dragged.borrow_mut() = false);
    StripDrag { down, moved, up }
}

/// Moves the middle of the visible part to the pointer.
fn go_to(props: &StripProps, overview: &Overview, area: Rect, event: &PointerEvent) {
    let Some((x, y)) = position(event) else { return };
    let (x, y) = (x - area.width / 2.0, y - area.height / 2.0);
    let StripProps { derived, scroller, height, view, act, .. } = props;
    if let Some(window) = view.window {
        let by = overview.time(x.max(0.0)).0 as i64 - window.from.0 as i64;
        let window = Some(window.pan(by, derived.analysis.schedule.end));
        act.emit(Action::Look(View { window, ..view.clone() }));
    }
    if let Some(scroller) = scroller.cast::<Element>() {
        scroller.set_scroll_top((y / HEIGHT * height) as i32);
    }
}

/// Position of the pointer in the strip.
fn position(event: &PointerEvent) -> Option<(f64, f64)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let strip = target.closest(".dl-strip").ok()??;
    let frame = strip.unchecked_ref::<HtmlElement>().get_bounding_client_rect();
    Some((f64::from(event.client_x()) - frame.left(), f64::from(event.client_y()) - frame.top()))
}

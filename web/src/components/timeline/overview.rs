//! The whole run in a strip, with what is seen as a window to drag.

use std::rc::Rc;

use deployline_timeline::{LayoutOptions, Picture, Rect, TimeWindow};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::px;
use super::size::Visible;
use crate::derived::{Derived, Shared};
use crate::state::{Action, View};

const HEIGHT: f64 = 36.0;
/// The least that is seen of the window, so that it can be dragged.
const LEAST: f64 = 8.0;

#[derive(Properties, PartialEq)]
pub(super) struct StripProps {
    pub(super) derived: Shared<Derived>,
    pub(super) picture: Rc<Picture>,
    pub(super) window: Option<TimeWindow>,
    pub(super) visible: Option<Visible>,
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
    let strip = use_memo(deps, |(derived, picture, width)| {
        let width = f64::from(*width);
        picture.overview(derived.planned(), &LayoutOptions::for_width(width), width, HEIGHT)
    });
    let is_dragged = use_mut_ref(|| false);
    let Some(visible) = *visible else { return Html::default() };
    let end = derived.analysis.schedule.end;
    let share = |y: f64| y / height.max(1.0);
    let rows = (share(visible.seen.0), share(visible.seen.1));
    let area = strip.area_of(window.unwrap_or(TimeWindow::all(end)), rows);
    let shown = at_least_seen(area, width);

    let go = {
        let (strip, view, act) = (strip.clone(), props.view.clone(), props.act.clone());
        let (scroller, height) = (props.scroller.clone(), *height);
        move |event: &PointerEvent| {
            let Some((x, y)) = place(event) else { return };
            let to = Rect { x: x - area.width / 2.0, y: y - area.height / 2.0, ..area };
            if let Some(window) = view.window {
                let by = strip.time(to.x.max(0.0)).0 as i64 - window.from.0 as i64;
                let window = Some(window.pan(by, end));
                act.emit(Action::Look(View { window, ..view.clone() }));
            }
            if let Some(scroller) = scroller.cast::<Element>() {
                scroller.set_scroll_top((to.y / HEIGHT * height) as i32);
            }
        }
    };
    let onpointerdown = {
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
    let onpointermove = {
        let is_dragged = is_dragged.clone();
        Callback::from(move |event: PointerEvent| {
            if *is_dragged.borrow() {
                go(&event);
            }
        })
    };
    let onpointerup = Callback::from(move |_: PointerEvent| *is_dragged.borrow_mut() = false);
    let shapes = strip.stages.iter().map(|stage| {
        let class =
            if stage.stage % 2 == 0 { "dl-strip-stage" } else { "dl-strip-stage dl-strip-other" };
        html! { <path {class} d={stage.path.clone()} /> }
    });
    html! {
        <svg class="dl-strip" aria-hidden="true" width={px(width)} height={px(HEIGHT)}
            {onpointerdown} {onpointermove} onpointerup={onpointerup.clone()}
            onpointercancel={onpointerup}>
            {for shapes}
            <rect class="dl-strip-window" x={px(shown.x)} y={px(shown.y)} rx="3"
                width={px(shown.width)} height={px(shown.height)} />
        </svg>
    }
}

/// The area of the window, large enough to be seen and inside of the strip.
fn at_least_seen(area: Rect, strip_width: f64) -> Rect {
    let (width, height) = (area.width.max(LEAST), area.height.max(LEAST));
    Rect {
        x: area.x.min(strip_width - width).max(0.0) + 1.0,
        y: area.y.min(HEIGHT - height).max(0.0) + 1.0,
        width: (width - 2.0).max(1.0),
        height: height - 2.0,
    }
}

/// Where in the strip the pointer is.
fn place(event: &PointerEvent) -> Option<(f64, f64)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let strip = target.closest(".dl-strip").ok()??;
    let frame = strip.unchecked_ref::<HtmlElement>().get_bounding_client_rect();
    Some((f64::from(event.client_x()) - frame.left(), f64::from(event.client_y()) - frame.top()))
}

//! The picture: draws a scene and finds what is under the pointer.

mod shapes;
mod tooltip;

use deployline_timeline::{LayoutOptions, Planned, Viewport};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

use self::tooltip::{Hover, Tooltip};
use super::callbacks::emit_found;
use crate::derived::{Derived, Shared};
use crate::state::Selection;

/// The visible part moves in steps of this many pixels, so that scrolling seldom draws.
const SCROLL_STEP: f64 = 400.0;

#[derive(Properties, PartialEq)]
pub(crate) struct TimelineProps {
    pub(crate) derived: Shared<Derived>,
    pub(crate) selection: Option<Selection>,
    pub(crate) on_select: Callback<Selection>,
}

/// What of the rows is on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
struct View {
    width: f64,
    height: f64,
    top: f64,
}

impl View {
    /// Reads the element; the part drawn reaches a step beyond what is seen.
    fn of(element: &Element) -> Self {
        let step = (f64::from(element.scroll_top()) / SCROLL_STEP).floor();
        Self {
            width: f64::from(element.client_width()),
            height: (f64::from(element.client_height()) / SCROLL_STEP).ceil() * SCROLL_STEP,
            top: step * SCROLL_STEP,
        }
    }

    fn viewport(self) -> Viewport {
        Viewport {
            width: self.width,
            top: self.top - SCROLL_STEP,
            height: self.height + 3.0 * SCROLL_STEP,
            window: None,
        }
    }
}

#[function_component(Timeline)]
pub(crate) fn timeline(props: &TimelineProps) -> Html {
    let scroller = use_node_ref();
    let view = use_state_eq(|| None::<View>);
    let hover = use_state_eq(|| None::<Hover>);
    // The bar under the pointer, with or without a note.
    let pointed = use_mut_ref(|| None::<Selection>);
    use_size(&scroller, &view);

    let onscroll = {
        let (scroller, view) = (scroller.clone(), view.clone());
        Callback::from(move |_: Event| view.set(scroller.cast::<Element>().map(|e| View::of(&e))))
    };
    let onclick = {
        let hover = hover.clone();
        // From then on the details below say it.
        emit_found(&props.on_select, move |event: MouseEvent| {
            hover.set(None);
            bar_at(&event)
        })
    };
    let onpointermove = {
        let (hover, pointed) = (hover.clone(), pointed.clone());
        Callback::from(move |event: PointerEvent| {
            let found = bar_at(&event).map(|selection| Hover {
                selection,
                x: event.client_x(),
                y: event.client_y(),
            });
            // The note stays where the bar was entered.
            let is_entered = pointed.replace(found.map(|found| found.selection))
                != found.map(|found| found.selection);
            if is_entered {
                hover.set(found);
            }
        })
    };
    let onpointerleave = {
        let hover = hover.clone();
        Callback::from(move |_: PointerEvent| {
            pointed.take();
            hover.set(None);
        })
    };
    let derived = &props.derived;
    let scene = use_memo((derived.clone(), *view), |(derived, view)| {
        let view = (*view)?;
        let analysis = &derived.analysis;
        let options = LayoutOptions::for_width(view.width);
        let viewport = view.viewport();
        let planned = Planned { plan: &analysis.plan, schedule: &analysis.schedule };
        Some(derived.picture.layout(planned, &viewport, &options))
    });
    let label = format!(
        "Timeline of {} deployments, {} in all. The table below says the same.",
        derived.deployment_count(),
        derived.analysis.schedule.end
    );
    html! {
        <div class="dl-timeline" ref={scroller} {onscroll} tabindex="0" role="region"
            aria-label="Timeline, scrolls">
            if let Some(scene) = &*scene {
                {shapes::axis(scene)}
                <svg class="dl-rows" role="img" aria-label={label}
                    width={scene.width.to_string()} height={scene.height.to_string()}
                    {onclick} {onpointermove} {onpointerleave}>
                    {shapes::rows(scene, props.selection)}
                </svg>
            }
            if let Some(hover) = *hover {
                <Tooltip derived={derived.clone()} {hover} />
            }
        </div>
    }
}

/// Keeps the view up to date with the size of the element.
#[hook]
fn use_size(scroller: &NodeRef, view: &UseStateHandle<Option<View>>) {
    let (scroller, view) = (scroller.clone(), view.clone());
    use_effect_with((), move |()| {
        let element = scroller.cast::<Element>();
        view.set(element.as_ref().map(View::of));
        let watched = element.clone();
        let on_resize: Closure<dyn FnMut()> =
            Closure::new(move || view.set(watched.as_ref().map(View::of)));
        let observer = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(element)) = (&observer, &element) {
            observer.observe(element);
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop(on_resize);
        }
    });
}

/// The bar an event happened on.
fn bar_at(event: &MouseEvent) -> Option<Selection> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let bar = target.closest("[data-index]").ok()??;
    let number = |name: &str| bar.get_attribute(name)?.parse().ok();
    Some(Selection { stage: number("data-stage")?, index: number("data-index")? })
}

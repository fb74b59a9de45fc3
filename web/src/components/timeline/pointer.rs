//! Clicks on the picture, and what the pointer is over.

use std::cell::Cell;
use std::rc::Rc;

use deployline_engine::DeploymentId;
use deployline_timeline::{GroupId, Hit, TimeWindow};
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use super::tooltip::Hover;
use super::{DrawnPicture, TimelineProps, toggled};
use crate::state::{Action, View};

/// Subject of an event on the picture.
pub(super) fn hit(event: &MouseEvent) -> Option<Hit> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let element = target.closest(Hit::SELECTOR).ok()??;
    let read = |name: &str| Hit::parse(name, &element.get_attribute(name)?);
    Hit::ATTRIBUTES.into_iter().find_map(read)
}

/// The deployment whose bar an event happened on.
pub(super) fn deployment_at(event: &MouseEvent) -> Option<DeploymentId> {
    match hit(event)? {
        Hit::Deployment(at) | Hit::BarEnd(at) => Some(at),
        _ => None,
    }
}

/// Handlers of the rows.
pub(super) struct PointerHandlers {
    pub(super) onclick: Callback<MouseEvent>,
    pub(super) onpointermove: Callback<PointerEvent>,
    pub(super) onpointerleave: Callback<PointerEvent>,
}

impl PointerHandlers {
    pub(super) fn new(
        drawn: &Option<DrawnPicture>,
        props: &TimelineProps,
        hover: &UseStateHandle<Option<Hover>>,
        is_drag: &Rc<Cell<bool>>,
    ) -> Self {
        let onclick = clicks(drawn, props, hover, is_drag);
        let hover = hover.clone();
        let left = hover.setter();
        // The note stays where the bar was entered.
        let onpointermove = Callback::from(move |event: PointerEvent| {
            let found = deployment_at(&event);
            if found != hover.map(|hover| hover.at) {
                hover.set(found.map(|at| Hover { at, x: event.client_x(), y: event.client_y() }));
            }
        });
        let onpointerleave = Callback::from(move |_: PointerEvent| left.set(None));
        Self { onclick, onpointermove, onpointerleave }
    }
}

/// Handles clicks: on a bar, on a stage's or group's name, on several bars in one.
fn clicks(
    drawn: &Option<DrawnPicture>,
    props: &TimelineProps,
    hover: &UseStateHandle<Option<Hover>>,
    is_drag: &Rc<Cell<bool>>,
) -> Callback<MouseEvent> {
    let (drawn, hover, is_drag) = (drawn.clone(), hover.clone(), is_drag.clone());
    let (act, on_reveal, view) = (props.act.clone(), props.on_reveal.clone(), props.view.clone());
    let on_stage = props.on_stage.clone();
    Callback::from(move |event: MouseEvent| {
        let Some(drawn) = drawn.as_ref().filter(|_| !is_drag.get()) else { return };
        // From then on the details below say it.
        hover.set(None);
        let fold = |group: Option<GroupId>| group.map(|group| toggled(&view, group));
        let look = match hit(&event) {
            Some(Hit::Deployment(at) | Hit::BarEnd(at)) => return on_reveal.emit(at),
            Some(Hit::StageSource(stage)) => return on_stage.emit(stage),
            Some(Hit::Stage(stage)) => fold(drawn.stage_group(stage)),
            Some(Hit::Group(header)) => {
                fold(drawn.scene.headers.get(header).and_then(|header| header.group.clone()))
            }
            Some(Hit::Cluster(cluster)) => drawn.scene.clusters.get(cluster).map(|cluster| {
                let end = drawn.derived.analysis.schedule.end;
                let window = Some(TimeWindow::fit(cluster.from, cluster.to, end));
                View { window, ..view.clone() }
            }),
            None => None,
        };
        if let Some(view) = look {
            act.emit(Action::Look(view));
        }
    })
}

//! The picture: draws a scene, and finds what is under the pointer and the keys.

mod compared;
mod drag;
mod graph;
mod keys;
mod overview;
mod print;
mod retained;
mod shapes;
mod size;
mod tooltip;
mod wheel;

use std::cell::Cell;
use std::rc::Rc;

use deployline_engine::insight::{chain, critical_path, levels};
use deployline_engine::{At, format};
use deployline_timeline::{GroupId, LayoutOptions, Picture, Px, Scene, TimeWindow, Viewport};
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use self::compared::Compared;
use self::drag::Preview;
pub(crate) use self::keys::KEYS;
pub(crate) use self::print::use_is_printed;
use self::shapes::{Lit, Marks};
use self::size::use_size;
use self::tooltip::{Hover, Tooltip};
use crate::browser;
use crate::cursor::{self, AtCursor};
use crate::derived::{Derived, Shared};
use crate::moved::Moved;
use crate::state::{Action, View};

#[derive(Properties, PartialEq)]
pub(crate) struct TimelineProps {
    pub(crate) derived: Shared<Derived>,
    /// Against the pinned plan, if there is one.
    pub(crate) moved: Option<Shared<Moved>>,
    pub(crate) view: View,
    pub(crate) selection: Option<At>,
    /// Another number, another pick by the user.
    pub(crate) picks: u32,
    /// What the line of the cursor makes.
    pub(crate) at_cursor: AtCursor,
    pub(crate) act: Callback<Action>,
    /// Shows a stage in the YAML.
    pub(crate) on_stage: Callback<usize>,
    /// Picks a deployment and shows it in the YAML.
    pub(crate) on_reveal: Callback<At>,
}

/// What is drawn and how: all that events need to find their way back to the run.
#[derive(Clone)]
pub(super) struct Drawn {
    pub(super) derived: Shared<Derived>,
    pub(super) picture: Rc<Picture>,
    pub(super) scene: Rc<Scene>,
    pub(super) viewport: Viewport,
    pub(super) options: LayoutOptions,
}

#[function_component(Timeline)]
pub(crate) fn timeline(props: &TimelineProps) -> Html {
    let TimelineProps { derived, view, selection, act, .. } = props;
    let scroller = use_node_ref();
    let is_printed = use_is_printed();
    let visible = use_size(&scroller);
    let compared = use_memo((derived.clone(), props.moved.clone()), |(derived, moved)| {
        Compared::new(derived, moved.as_ref())
    });
    let picture =
        use_memo((derived.clone(), view.arrangement.clone()), |(derived, arrangement)| {
            derived.picture(arrangement)
        });
    let end = derived.analysis.schedule.end;
    let window = view.window.map(|window| window.within(end));
    let preview = use_state_eq(|| None::<Preview>);
    let hover = use_state_eq(|| None::<Hover>);
    let id = use_memo((), |()| {
        // The picture that is drawn without a browser gives way to one with another name.
        let number = browser::window().map_or(0.0, |_| js_sys::Math::random() * 1e9);
        format!("dl-{:x}", number as u64)
    });

    let shown = visible.map(|visible| visible.viewport(window, is_printed));
    let deps = (shown, Shared(picture.clone()), Shared(compared), derived.clone());
    let scene = use_memo(deps, |(shown, picture, compared, derived)| {
        Some(Rc::new(lay_out((*shown)?, picture, compared, derived)))
    });
    let drawn = shown.zip((*scene).clone()).map(|(viewport, scene)| Drawn {
        derived: derived.clone(),
        picture: picture.clone(),
        scene,
        viewport,
        options: options(viewport.width),
    });
    // Listeners that live longer than a picture read what is drawn by then.
    let latest = use_mut_ref(|| None::<Drawn>);
    latest.borrow_mut().clone_from(&drawn);

    wheel::use_zooming(&scroller, &latest, view, act);
    use_into_view(&scroller, &latest, (*selection, props.picks), view, act);
    let onkeydown = keys::handler(&latest, props);
    let drags = drag::use_drags(&scroller, &latest, view, act, &preview);
    let onclick = clicks(&drawn, props, &hover, &drags.is_drag);
    let (onpointermove, onpointerleave) = hovering(&hover);
    let marks = use_memo((derived.clone(), *selection, view.shows_critical_path), |deps| {
        let (derived, selection, shows_critical_path) = deps;
        marks(derived, *selection, *shows_critical_path)
    });
    let lit = Lit {
        id: (*id).clone(),
        selection: *selection,
        playhead: view.playhead,
        marks: marks.clone(),
        preview: *preview,
        at_cursor: props.at_cursor.clone(),
    };
    let shapes = drawn.as_ref().map(|drawn| shapes::rows(drawn, &lit)).unwrap_or_default();
    let rows = retained::use_shapes(shapes);
    let deps = (derived.clone(), props.at_cursor.clone());
    let at_cursor = use_memo(deps, |(derived, places)| at_cursor_in_words(derived, places));
    let levels = use_memo(derived.clone(), |derived| levels(&derived.analysis.schedule));
    let graph_id = format!("{id}-graph");
    // Of many that lie in one place, or are somewhere else, there is no element to point to.
    let bars = drawn.as_ref().map_or(&[][..], |drawn| &drawn.scene.bars);
    let is_drawn = |at: &At| {
        bars.iter().any(|bar| (bar.stage, bar.index) == (at.stage as usize, at.index as usize))
    };
    let active = selection.filter(is_drawn).map(|at| shapes::bar_id(&id, at));
    let role = if bars.is_empty() { "group" } else { "listbox" };
    let nothing_found =
        (picture.found() == 0).then(|| view.arrangement.filter.trim()).filter(|it| !it.is_empty());
    let height = drawn.as_ref().map_or(0.0, |drawn| drawn.scene.height);
    // The element stays the same one from the first time on: its size is watched.
    html! {
        <>
            <overview::Strip derived={derived.clone()} {picture} {window} {visible} {height}
                scroller={scroller.clone()} view={view.clone()} act={act.clone()} />
            <div class={classes!("dl-timeline", is_printed.then_some("dl-printed"))} ref={scroller}
                tabindex="0" {role} aria-label={label(derived)}
                aria-activedescendant={active} aria-describedby={graph_id.clone()} {onkeydown} onpointerdown={drags.down}>
                if let Some(filter) = nothing_found {
                    <p class="dl-nothing" role="status">
                        {format!("No deployment has “{filter}” in its name.")}
                    </p>
                }
                if let Some(drawn) = &drawn {
                    {shapes::axis(&drawn.scene)}
                    <svg class="dl-rows" role="presentation"
                        width={shapes::px(drawn.scene.width)} height={shapes::px(height)}
                        viewBox={format!("0 0 {} {}", Px(drawn.scene.width), Px(height))}
                        {onclick} {onpointermove} {onpointerleave}>
                        {rows}
                        {links(drawn, &marks)}
                        {shapes::playhead(drawn, view.playhead)}
                    </svg>
                    <graph::Graph levels={Shared(levels.clone())} scale={drawn.scene.scale}
                        width={drawn.scene.width} playhead={view.playhead} />
                }
            </div>
            <p class="dl-at-cursor-note" role="status">{(*at_cursor).clone()}</p>
            <p class="dl-unseen" id={graph_id}>{graph::summary(&levels)}</p>
            if let Some(hover) = (*hover).filter(|_| preview.is_none()) {
                <Tooltip derived={derived.clone()} {hover} />
            }
        </>
    }
}

fn label(derived: &Derived) -> String {
    let count = format::count(derived.deployment_count(), "deployment");
    format!("Deployments over time: {count}, {} in all", derived.analysis.schedule.end)
}

/// What the bars with an outline are.
fn at_cursor_in_words(derived: &Derived, places: &AtCursor) -> String {
    match cursor::count(places, derived) {
        0 => String::new(),
        n => format!("At the cursor: {}, outlined.", format::count(n, "deployment")),
    }
}

/// With room for what leads to the YAML, and for what folds.
fn options(width: f64) -> LayoutOptions {
    LayoutOptions { header_room: 44.0, ..LayoutOptions::for_width(width) }
}

fn lay_out(viewport: Viewport, picture: &Picture, compared: &Compared, derived: &Derived) -> Scene {
    let options = options(viewport.width);
    let ghost = |stage: usize, index: usize| compared.span(derived, stage, index);
    picture.layout_with_ghosts(derived.planned(), &viewport, &options, &ghost)
}

/// The deployments that are marked in the picture, and the chains that are drawn.
fn marks(derived: &Derived, selection: Option<At>, shows_critical_path: bool) -> Marks {
    let schedule = &derived.analysis.schedule;
    let chain = selection.map(|at| chain(schedule, at)).unwrap_or_default();
    let critical = if shows_critical_path { critical_path(schedule) } else { Vec::new() };
    Marks { chain, critical }
}

fn links(drawn: &Drawn, marks: &Marks) -> Html {
    let path = |chain: &[At], class: &'static str| {
        let Drawn { derived, picture, viewport, options, .. } = drawn;
        // Mostly there is none, and to find places in the picture takes longer than to see that.
        if chain.is_empty() {
            return Html::default();
        }
        let chain: Vec<_> = chain.iter().map(|at| (at.stage as usize, at.index as usize)).collect();
        let links = picture.path(derived.planned(), viewport, options, &chain);
        links
            .into_iter()
            .map(move |link| html! { <path {class} d={link.path} /> })
            .collect::<Html>()
    };
    html! {
        <>
            {path(&marks.critical, "dl-chain-line dl-critical-line")}
            {path(&marks.chain, "dl-chain-line")}
        </>
    }
}

/// A click on a bar, on a stage's or group's name, or on several bars in one.
fn clicks(
    drawn: &Option<Drawn>,
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
        if let Some(at) = bar_at(&event) {
            on_reveal.emit(at);
        } else if let Some(band) =
            number_at(&event, "data-to-stage").and_then(|at| drawn.scene.bands.get(at))
        {
            on_stage.emit(band.stage);
        } else if let Some(group) = number_at(&event, "data-head").and_then(|at| head(drawn, at)) {
            act.emit(Action::Look(toggled(&view, group)));
        } else if let Some(group) = number_at(&event, "data-band").and_then(|at| band(drawn, at)) {
            act.emit(Action::Look(toggled(&view, group)));
        } else if let Some(cluster) =
            number_at(&event, "data-cluster").and_then(|at| drawn.scene.clusters.get(at))
        {
            let end = drawn.derived.analysis.schedule.end;
            let window = TimeWindow::fit(cluster.from, cluster.to, end);
            act.emit(Action::Look(View { window: Some(window), ..view.clone() }));
        }
    })
}

fn head(drawn: &Drawn, at: usize) -> Option<GroupId> {
    drawn.scene.heads.get(at)?.group.clone()
}

fn band(drawn: &Drawn, at: usize) -> Option<GroupId> {
    let stage = drawn.scene.bands.get(at)?.stage;
    let pipeline = &drawn.derived.analysis.plan.pipeline;
    Some(GroupId::Stage(pipeline.stages.get(stage)?.identifier.clone()))
}

/// The view with a group folded, or unfolded.
pub(super) fn toggled(view: &View, group: GroupId) -> View {
    let mut view = view.clone();
    if !view.arrangement.collapsed.remove(&group) {
        view.arrangement.collapsed.insert(group);
    }
    view
}

/// What shows and hides the note beside the pointer.
fn hovering(
    hover: &UseStateHandle<Option<Hover>>,
) -> (Callback<PointerEvent>, Callback<PointerEvent>) {
    let (on_move, on_leave) = (hover.clone(), hover.clone());
    let moved = Callback::from(move |event: PointerEvent| {
        let found = bar_at(&event);
        // The note stays where the bar was entered.
        if found == on_move.map(|hover| hover.at) {
            return;
        }
        on_move.set(found.map(|at| Hover { at, x: event.client_x(), y: event.client_y() }));
    });
    (moved, Callback::from(move |_: PointerEvent| on_leave.set(None)))
}

/// Scrolls to the picked deployment, whoever picked it. The time moves to it only for a pick of the
/// user, of which there was one more: another tab or a link has a window of its own.
#[hook]
fn use_into_view(
    scroller: &NodeRef,
    latest: &Rc<std::cell::RefCell<Option<Drawn>>>,
    picked: (Option<At>, u32),
    view: &View,
    act: &Callback<Action>,
) {
    let (scroller, latest, view, act) =
        (scroller.clone(), latest.clone(), view.clone(), act.clone());
    let last = use_mut_ref(|| picked.1);
    use_effect_with(picked, move |(selection, picks)| {
        let is_pick = last.replace(*picks) != *picks;
        let drawn = latest.borrow().clone();
        let (Some(at), Some(drawn), Some(scroller)) =
            (*selection, drawn, scroller.cast::<Element>())
        else {
            return;
        };
        let place = (at.stage as usize, at.index as usize);
        let planned = drawn.derived.planned();
        if let Some(place) = drawn.picture.place_of(planned, &drawn.viewport, &drawn.options, place)
        {
            size::scroll_to(&scroller, place.y, place.height);
        }
        let run = drawn.derived.analysis.schedule.run(at);
        if let (true, Some(window), Some(run)) = (is_pick, view.window, run)
            && (run.end <= window.from || run.start >= window.to)
        {
            let end = drawn.derived.analysis.schedule.end;
            let middle = window.from.0.midpoint(window.to.0) as i64;
            let window = window.pan(run.start.0.midpoint(run.end.0) as i64 - middle, end);
            act.emit(Action::Look(View { window: Some(window), ..view }));
        }
    });
}

/// The bar an event happened on.
fn bar_at(event: &MouseEvent) -> Option<At> {
    let bar = closest(event, "[data-index]")?;
    let number = |name: &str| bar.get_attribute(name)?.parse().ok();
    Some(At { stage: number("data-stage")?, index: number("data-index")? })
}

fn number_at(event: &MouseEvent, name: &str) -> Option<usize> {
    closest(event, &format!("[{name}]"))?.get_attribute(name)?.parse().ok()
}

fn closest(event: &MouseEvent, selector: &str) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(selector).ok()?
}

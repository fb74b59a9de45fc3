//! The picture: draws the shapes of a scene, and finds what is under the pointer and the keys.

mod compared;
mod drag;
mod drawn;
mod graph;
mod into_view;
mod keys;
mod marked;
mod overview;
mod pointer;
mod print;
mod retained;
mod size;
#[cfg(test)]
mod style_tests;
mod tooltip;
mod wheel;

use std::rc::Rc;

use deployline_engine::insight::levels;
use deployline_engine::{DeploymentId, format};
use deployline_timeline::{
    AXIS_HEIGHT, DraggedBar, GroupId, Picture, Px, Semantics, axis_shapes, bar_id,
};
use yew::prelude::*;

use self::drawn::{DrawnPicture, use_drawn};
use self::graph::Graph;
pub(crate) use self::keys::KEYS;
use self::marked::Chains;
use self::overview::Strip;
use self::pointer::PointerHandlers;
pub(crate) use self::print::use_is_printed;
use self::tooltip::{Hover, Tooltip};
use crate::browser;
use crate::comparison::PinnedComparison;
use crate::cursor::{self, AtCursor};
use crate::dependents::Otherwise;
use crate::derived::{Derived, Shared};
use crate::state::{Action, View};

#[derive(Properties, PartialEq)]
pub(crate) struct TimelineProps {
    pub(crate) derived: Shared<Derived>,
    /// Against the pinned plan, if there is one.
    pub(crate) comparison: Option<Shared<PinnedComparison>>,
    /// Against the run with an assumption otherwise, where the bars that depend on it are marked.
    pub(crate) otherwise: Option<Shared<Otherwise>>,
    pub(crate) view: View,
    pub(crate) selection: Option<DeploymentId>,
    /// Another number, another pick by the user.
    pub(crate) picks: u32,
    /// Deployments that the line of the cursor makes.
    pub(crate) at_cursor: AtCursor,
    pub(crate) act: Callback<Action>,
    /// Shows a stage in the YAML.
    pub(crate) on_stage: Callback<usize>,
    /// Picks a deployment and shows it in the YAML.
    pub(crate) on_reveal: Callback<DeploymentId>,
}

#[function_component(Timeline)]
pub(crate) fn timeline(props: &TimelineProps) -> Html {
    let TimelineProps { derived, view, selection, act, .. } = props;
    let scroller = use_node_ref();
    let is_printed = use_is_printed();
    let visible = size::use_size(&scroller);
    let picture =
        use_memo((derived.clone(), view.arrangement.clone()), |(derived, arrangement)| {
            derived.picture(arrangement)
        });
    let window = view.window.map(|window| window.within(derived.analysis.schedule.end));
    let dragged = use_state_eq(|| None::<DraggedBar>);
    let hover = use_state_eq(|| None::<Hover>);
    let id = use_picture_id();
    let drawn = use_drawn(props, &picture, visible, window, is_printed);
    // Listeners that live longer than a picture read what is drawn by then.
    let latest = use_mut_ref(|| None::<DrawnPicture>);
    latest.borrow_mut().clone_from(&drawn);

    wheel::use_zooming(&scroller, &latest, view, act);
    into_view::use_into_view(&scroller, &latest, props);
    let drags = drag::use_drags(&scroller, &latest, view, act, &dragged);
    let handlers = PointerHandlers::new(&drawn, props, &hover, &drags.is_drag);
    let rows = use_rows(drawn.as_ref(), props, &id, *dragged, handlers);
    let levels = use_memo(derived.clone(), |derived| levels(&derived.analysis.schedule));
    let graph_id = format!("{id}-graph");
    let active = selection.filter(|at| drawn.as_ref().is_some_and(|drawn| drawn.has_bar(*at)));
    let has_bars = drawn.as_ref().is_some_and(|drawn| !drawn.scene.bars.is_empty());
    let height = drawn.as_ref().map_or(0.0, |drawn| drawn.scene.height);
    // The element stays the same one from the first time on: its size is watched.
    html! {
        <>
            <Strip derived={derived.clone()} picture={picture.clone()} {window} {visible} {height}
                scroller={scroller.clone()} view={view.clone()} act={act.clone()} />
            <div class={classes!("dl-timeline", is_printed.then_some("dl-printed"))} ref={scroller}
                tabindex="0" role={if has_bars { "listbox" } else { "group" }} aria-label={label(derived)}
                aria-activedescendant={active.map(|at| bar_id(&id, at))} aria-describedby={graph_id.clone()}
                onkeydown={keys::handler(&latest, props)} onpointerdown={drags.down}>
                {nothing_found(&picture, view)}
                {rows}
                if let Some(drawn) = &drawn {
                    <Graph levels={Shared(levels.clone())} scale={drawn.scene.scale}
                        width={drawn.scene.width} playhead={view.playhead} />
                }
            </div>
            <CursorNote derived={derived.clone()} at_cursor={props.at_cursor.clone()} />
            <p class="dl-unseen" id={graph_id}>{graph::summary(&levels)}</p>
            if let Some(hover) = (*hover).filter(|_| dragged.is_none()) {
                <Tooltip derived={derived.clone()} {hover} />
            }
        </>
    }
}

/// A name for the elements of this picture. The one that is drawn without a browser gives way to one
/// with another name.
#[hook]
fn use_picture_id() -> Rc<String> {
    use_memo((), |()| {
        let number = browser::window().map_or(0.0, |_| js_sys::Math::random() * 1e9);
        format!("dl-{:x}", number as u64)
    })
}

/// The time axis and the rows below it.
#[hook]
fn use_rows(
    drawn: Option<&DrawnPicture>,
    props: &TimelineProps,
    id: &str,
    dragged: Option<DraggedBar>,
    handlers: PointerHandlers,
) -> Html {
    let TimelineProps { derived, selection, view, .. } = props;
    let deps = (derived.clone(), *selection, view.shows_critical_path);
    let chains = use_memo(deps, |(derived, selection, is_critical_shown)| {
        Chains::new(derived, *selection, *is_critical_shown)
    });
    let ticks = drawn.map(|drawn| axis_shapes(&drawn.scene)).unwrap_or_default();
    let ticks = retained::use_shapes(ticks, Semantics::Image);
    let shapes = drawn.map(|drawn| marked::row_shapes(drawn, props, &chains, dragged));
    let semantics = Semantics::ListBox { id_prefix: Some(id) };
    let rows = retained::use_shapes(shapes.unwrap_or_default(), semantics);
    let Some(drawn) = drawn else { return Html::default() };
    let (width, height) = (px(drawn.scene.width), px(drawn.scene.height));
    let PointerHandlers { onclick, onpointermove, onpointerleave } = handlers;
    html! {
        <>
            <svg class="dl-axis" aria-hidden="true" width={width.clone()} height={px(AXIS_HEIGHT)}>
                {ticks}
            </svg>
            <svg class="dl-rows" role="presentation" viewBox={format!("0 0 {width} {height}")}
                {width} {height} {onclick} {onpointermove} {onpointerleave}>
                {rows}
            </svg>
        </>
    }
}

/// Says that the filter leaves nothing, where it does.
fn nothing_found(picture: &Picture, view: &View) -> Html {
    let filter = view.arrangement.filter.trim();
    if filter.is_empty() || picture.found() > 0 {
        return Html::default();
    }
    html! {
        <p class="dl-nothing" role="status">{format!("No deployment has “{filter}” in its name.")}</p>
    }
}

#[derive(Properties, PartialEq)]
struct CursorNoteProps {
    derived: Shared<Derived>,
    at_cursor: AtCursor,
}

/// Says what the bars with an outline are.
#[function_component(CursorNote)]
fn cursor_note(CursorNoteProps { derived, at_cursor }: &CursorNoteProps) -> Html {
    let note = match cursor::count(at_cursor, derived) {
        0 => String::new(),
        n => format!("At the cursor: {}, outlined.", format::count(n, "deployment")),
    };
    html! { <p class="dl-at-cursor-note" role="status">{note}</p> }
}

fn label(derived: &Derived) -> String {
    let count = format::count(derived.deployment_count(), "deployment");
    format!("Deployments over time: {count}, {} in all", derived.analysis.schedule.end)
}

/// The view with a group folded, or unfolded.
pub(super) fn toggled(view: &View, group: GroupId) -> View {
    let mut view = view.clone();
    if !view.arrangement.collapsed.remove(&group) {
        view.arrangement.collapsed.insert(group);
    }
    view
}

/// Pixels with at most two decimals.
pub(super) fn px(value: f64) -> String {
    Px(value).to_string()
}

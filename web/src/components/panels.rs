//! The panels beside the YAML, one at a time, and the tabs that choose among them.
//!
//! Where there is room, the YAML stays and the chosen panel stands beside it; where there is none,
//! each takes the other's place (`web/style/shell.css`). What isn't chosen isn't there: it is neither
//! computed nor drawn.

use deployline_engine::At;
use deployline_span::Span;
use yew::platform::spawn_local;
use yew::prelude::*;

use super::form::FormPanel;
use super::inputs::InputsPanel;
use super::resolved::ResolvedPanel;
use super::stage_cards::Flip;
use super::tabs;
use crate::chunk::{Loaded, chunk, use_chunk};
use crate::derived::{Derived, Shared};
use crate::state::{Action, Panel, Source};

/// What a panel shows: each has its component here.
fn body(props: &PanelProps) -> Html {
    match props.panel {
        Panel::Yaml => Html::default(),
        Panel::Form => html! {
            <FormPanel key={props.document} text={props.source.text.clone()}
                derived={props.shown.clone()} is_stale={props.is_stale}
                selection={props.selection} act={props.act.clone()}
                on_flip={props.on_flip.clone()} on_go_to={props.on_go_to.clone()}
                on_show={props.on_show.clone()} on_undo={props.on_undo.clone()} />
        },
        Panel::Inputs => html! {
            <InputsPanel source={props.source.clone()} derived={props.derived.clone()}
                act={props.act.clone()} on_go_to={props.on_go_to.clone()} />
        },
        Panel::Resolved => html! { <ResolvedPanel derived={props.derived.clone()} /> },
    }
}

/// All that a panel may ask of the page.
#[derive(Clone, Properties, PartialEq)]
pub(crate) struct PanelProps {
    pub(crate) panel: Panel,
    /// What the user gave: the text as it is now, choices, assumptions.
    pub(crate) source: Source,
    /// Another number, another document.
    pub(crate) document: u32,
    /// The latest plan. While someone types into a large pipeline it is of an older text: its places
    /// are those of `derived.text`, and an edit is made of `source.text`.
    pub(crate) derived: Shared<Derived>,
    /// What the timeline shows: while the YAML is broken, the last plan before it was.
    pub(crate) shown: Shared<Derived>,
    /// Whether `shown` is an older one, because the YAML is broken.
    pub(crate) is_stale: bool,
    /// The deployment that is picked in the timeline.
    pub(crate) selection: Option<At>,
    pub(crate) act: Callback<Action>,
    /// Shows a place of `derived` in the YAML.
    pub(crate) on_go_to: Callback<Span>,
    /// Marks a place of `shown` in the YAML, and leaves the focus where it is; an empty one marks
    /// nothing.
    pub(crate) on_show: Callback<Span>,
    pub(crate) on_flip: Callback<Flip>,
    /// Takes the last edit back, or (`true`) does it once more.
    pub(crate) on_undo: Callback<bool>,
}

chunk!(panels: load_body -> fn(&PanelProps) -> Html = body);

/// Loads what draws panels, for one who seems to be about to choose one.
fn load_ahead() {
    spawn_local(async {
        // Where that fails, it is told when one has been chosen.
        let _ = load_body().await;
    });
}

/// The panel beside the YAML.
#[function_component(PanelBeside)]
pub(crate) fn panel_beside(props: &PanelProps) -> Html {
    let (loaded, again) = use_chunk(load_body);
    let inside = match loaded {
        Loaded::Here(body) => body(props),
        Loaded::NotYet => {
            html! { <p class="dl-beside-note dl-loading" role="status">{"Loading…"}</p> }
        }
        Loaded::Failed => html! {
            <div class="dl-beside-note" role="alert">
                <p>{"This part of the page could not be loaded. Where trying again does not help, \
                    reload the page: its texts are kept."}</p>
                <button type="button" class="dl-control" onclick={again.reform(|_: MouseEvent| ())}>
                    {"Try again"}
                </button>
            </div>
        },
    };
    html! {
        <div class="dl-beside" role="tabpanel" aria-label={props.panel.caption()}>{inside}</div>
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct TabsProps {
    pub(crate) panel: Panel,
    /// How many things the YAML leaves open, told on the tab of what fills them.
    pub(crate) open_count: usize,
    pub(crate) on_pick: Callback<Panel>,
}

/// The tabs, where there is something to choose from.
#[function_component(PanelTabs)]
pub(crate) fn panel_tabs(TabsProps { panel, open_count, on_pick }: &TabsProps) -> Html {
    let list = use_node_ref();
    let tabs: Html = Panel::ALL
        .into_iter()
        .map(|tab| {
            let is_chosen = tab == *panel;
            let open_count = if tab == Panel::Inputs { *open_count } else { 0 };
            html! {
                <button type="button" role="tab" class="dl-tab" aria-selected={is_chosen.to_string()}
                    tabindex={tabs::tabindex(is_chosen)} onclick={on_pick.reform(move |_| tab)}>
                    {tab.caption()}
                    if open_count > 0 {
                        <span class="dl-badge">
                            {open_count}<span class="dl-unseen">{" open"}</span>
                        </span>
                    }
                </button>
            }
        })
        .collect();
    let onkeydown = {
        let (list, panel, on_pick) = (list.clone(), *panel, on_pick.clone());
        move |event: KeyboardEvent| {
            let from = Panel::ALL.iter().position(|tab| *tab == panel).unwrap_or(0);
            if let Some(to) = tabs::after_key(&event.key(), from, Panel::ALL.len()) {
                event.prevent_default();
                tabs::focus(&list, to);
                on_pick.emit(Panel::ALL[to]);
            }
        }
    };
    html! {
        <div class="dl-tabs" role="tablist" aria-label="Ways to edit" ref={list} {onkeydown}
            onpointerenter={|_| load_ahead()} onfocusin={|_| load_ahead()}>{tabs}</div>
    }
}

//! The panels beside the YAML, one at a time, and the tabs that choose among them.
//!
//! Where there is room, the YAML stays and the chosen panel stands beside it; where there is none,
//! each takes the other's place (`web/style/shell.css`). What isn't chosen isn't there: it is neither
//! computed nor drawn.

use deployline_engine::DeploymentId;
use deployline_inputs::open_count;
use yew::platform::spawn_local;
use yew::prelude::*;

use super::form::FormPanel;
use super::inputs::InputsPanel;
use super::resolved::ResolvedPanel;
use super::tabs;
use crate::answers;
use crate::chunk::{Loading, NotLoaded, chunk, use_chunk};
use crate::context::use_act;
use crate::debounce::use_unhurried;
use crate::derived::{Derived, Shared};
use crate::source::Source;
use crate::state::{Action, Panel};

/// The component of each panel.
fn body(props: &PanelProps) -> Html {
    match props.panel {
        Panel::Yaml => Html::default(),
        Panel::Form => html! {
            <FormPanel key={props.document} derived={props.shown.clone()}
                is_stale={props.is_stale} selection={props.selection} />
        },
        Panel::Inputs => html! {
            <InputsPanel source={props.source.clone()} derived={props.derived.clone()} />
        },
        Panel::Resolved => html! { <ResolvedPanel derived={props.derived.clone()} /> },
    }
}

/// Parts of the page that a panel shows.
#[derive(Properties, PartialEq)]
pub(crate) struct PanelProps {
    pub(crate) panel: Panel,
    /// Text, answers and assumptions as they are now.
    pub(crate) source: Source,
    /// Another number, another document.
    pub(crate) document: u32,
    /// The latest plan. While someone types into a large pipeline it is of an older text: its places
    /// are those of `derived.text`, and an edit is made of `source.text`.
    pub(crate) derived: Shared<Derived>,
    /// The plan that the timeline shows: while the YAML is broken, the last one before it was.
    pub(crate) shown: Shared<Derived>,
    /// `true` where `shown` is an older one, because the YAML is broken.
    pub(crate) is_stale: bool,
    /// The deployment that is picked in the timeline.
    pub(crate) selection: Option<DeploymentId>,
    /// Set to `true` when what draws panels has been loaded.
    pub(crate) are_loaded: UseStateSetter<bool>,
}

chunk!(panels: load_body -> fn(&PanelProps) -> Html = body);

/// Loads what draws panels, and what the answers need that are given there.
async fn load_panel() -> Result<fn(&PanelProps) -> Html, NotLoaded> {
    let body = load_body().await?;
    answers::load().await?;
    Ok(body)
}

/// Fetches what draws panels; gives `true` once it is there.
pub(crate) async fn load_ahead() -> bool {
    // Where that fails, the panel that is chosen says so.
    load_panel().await.is_ok()
}

async fn load_near() {
    load_ahead().await;
}

/// The panel beside the YAML.
#[function_component(PanelBeside)]
pub(crate) fn panel_beside(props: &PanelProps) -> Html {
    let chunk = use_chunk(load_panel);
    let is_loaded = matches!(chunk.loading, Loading::Ready(_));
    let are_loaded = props.are_loaded.clone();
    use_effect_with(is_loaded, move |is_loaded| {
        if *is_loaded {
            are_loaded.set(true);
        }
    });
    html! {
        <div class="dl-beside" role="tabpanel" aria-label={props.panel.caption()}>
            {chunk.draw(|body| body(props))}
        </div>
    }
}

chunk!(panels: load_open_count -> fn(&Derived) -> usize = count_open);

fn count_open(derived: &Derived) -> usize {
    open_count(derived.open())
}

#[derive(Properties, PartialEq)]
pub(crate) struct PanelTabsProps {
    pub(crate) panel: Panel,
    pub(crate) derived: Shared<Derived>,
    /// `true` once what counts the things that the YAML leaves open is loaded.
    pub(crate) has_count: bool,
}

/// The tabs that choose a panel.
#[function_component(PanelTabs)]
pub(crate) fn panel_tabs(props: &PanelTabsProps) -> Html {
    let PanelTabsProps { panel, derived, has_count } = props;
    let act = use_act();
    let list = use_node_ref();
    let tabs = Panel::ALL.into_iter().map(|tab| {
        let is_chosen = tab == *panel;
        html! {
            <button type="button" role="tab" class="dl-tab" aria-selected={is_chosen.to_string()}
                tabindex={tabs::tabindex(is_chosen)}
                onclick={act.reform(move |_| Action::ShowPanel(tab))}>
                {tab.caption()}
                if *has_count && tab == Panel::Inputs {
                    <OpenCount derived={derived.clone()} />
                }
            </button>
        }
    });
    let onkeydown = {
        let (list, panel, act) = (list.clone(), *panel, act.clone());
        move |event: KeyboardEvent| {
            let from = Panel::ALL.iter().position(|tab| *tab == panel).unwrap_or(0);
            if let Some(to) = tabs::after_key(&event.key(), from, Panel::ALL.len()) {
                event.prevent_default();
                tabs::focus(&list, to);
                act.emit(Action::ShowPanel(Panel::ALL[to]));
            }
        }
    };
    html! {
        <div class="dl-tabs" role="tablist" aria-label="Ways to edit" ref={list.clone()} {onkeydown}
            onpointerenter={|_| spawn_local(load_near())} onfocusin={|_| spawn_local(load_near())}>
            { for tabs }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct OpenCountProps {
    derived: Shared<Derived>,
}

/// Number of things that the YAML leaves open, on the tab of the panel that fills them.
#[function_component(OpenCount)]
fn open_count_badge(OpenCountProps { derived }: &OpenCountProps) -> Html {
    // Counting them takes as long as planning: it waits for a pause where that is long.
    let derived = use_unhurried(derived);
    let count = match use_chunk(load_open_count).loading {
        Loading::Ready(count) => count(&derived),
        Loading::Pending | Loading::Failed => 0,
    };
    html! {
        if count > 0 {
            <span class="dl-badge">{count}<span class="dl-unseen">{" open"}</span></span>
        }
    }
}

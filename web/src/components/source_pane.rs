//! The pipeline's source: the YAML with its checkboxes, and the panel beside it.

use yew::prelude::*;

use deployline_engine::DeploymentId;

use super::editor_pane::EditorPane;
use super::outline::Outline;
use super::panels::{PanelBeside, PanelTabs};
use super::problems::Problems;
use super::stage_cards::StageCards;
use crate::derived::{Derived, Shared};
use crate::source::Source;
use crate::state::Panel;

#[derive(Properties, PartialEq)]
pub(crate) struct SourcePaneProps {
    pub(crate) panel: Panel,
    /// Text, answers and assumptions as they are now.
    pub(crate) source: Source,
    /// Another number, another document.
    pub(crate) document: u32,
    /// The deployment that is picked in the timeline.
    pub(crate) selection: Option<DeploymentId>,
    /// The latest plan.
    pub(crate) derived: Shared<Derived>,
    /// The plan that the timeline shows.
    pub(crate) shown: Shared<Derived>,
    /// `true` where `shown` is an older one, because the YAML is broken.
    pub(crate) is_stale: bool,
    /// `true` once what draws panels has been loaded.
    pub(crate) are_panels_loaded: UseStateHandle<bool>,
    /// `true` once the page loads what it needs later.
    pub(crate) is_loading_ahead: bool,
    /// With the byte the cursor is at.
    pub(crate) on_cursor: Callback<usize>,
}

#[function_component(SourcePane)]
pub(crate) fn source_pane(props: &SourcePaneProps) -> Html {
    let SourcePaneProps {
        panel,
        source,
        document,
        derived,
        shown,
        is_stale,
        are_panels_loaded,
        ..
    } = props;
    let has_beside = *panel != Panel::Yaml;
    html! {
        <section class="dl-source" aria-label="Pipeline">
            <PanelTabs panel={*panel} derived={shown.clone()} has_count={**are_panels_loaded} />
            <div class={classes!("dl-sides", has_beside.then_some("dl-has-beside"))}>
                <div class="dl-yaml">
                    // The form has the same checkboxes.
                    if *panel != Panel::Form {
                        <StageCards derived={shown.clone()} is_stale={*is_stale} />
                    }
                    <Outline text={source.text.clone()} />
                    <EditorPane text={source.text.clone()} document={*document}
                        derived={derived.clone()} on_cursor={props.on_cursor.clone()} />
                    <Problems derived={derived.clone()}
                        is_loading_ahead={props.is_loading_ahead} />
                </div>
                if has_beside {
                    <PanelBeside panel={*panel} source={source.clone()} document={*document}
                        derived={derived.clone()} shown={shown.clone()} is_stale={*is_stale}
                        selection={props.selection} are_loaded={are_panels_loaded.setter()} />
                }
            </div>
        </section>
    }
}

//! The picture of the run, with its controls and all that explains it.

use std::rc::Rc;

use deployline_engine::DeploymentId;
use yew::prelude::*;

use super::details::SelectionDetails;
use super::legend::Legend;
use super::play::Play;
use super::report::ReportPlace;
use super::timeline::{KEYS, Timeline};
use super::toolbar::Toolbar;
use crate::comparison::PinnedComparison;
use crate::context::{AppContext, use_app};
use crate::cursor::AtCursor;
use crate::debounce::use_unhurried;
use crate::dependents;
use crate::derived::{Derived, Shared};
use crate::paint::use_is_painted;
use crate::state::{Action, View};

#[derive(Properties, PartialEq)]
pub(crate) struct PictureProps {
    pub(crate) view: View,
    pub(crate) selection: Option<DeploymentId>,
    /// Another number, another pick by the user.
    pub(crate) picks: u32,
    pub(crate) derived: Shared<Derived>,
    /// The plan that was pinned to compare with.
    pub(crate) pinned: Option<Shared<Derived>>,
    /// `true` where the picture is older than the text.
    pub(crate) is_stale: bool,
    pub(crate) at_cursor: AtCursor,
}

/// Everything that shows or explains the run.
#[function_component(Picture)]
pub(crate) fn picture(props: &PictureProps) -> Html {
    let PictureProps { view, selection, picks, derived, pinned, is_stale, at_cursor } = props;
    let AppContext { act, editor } = use_app();
    let place = use_node_ref();
    let unhurried = use_unhurried(derived);
    let is_painted = use_is_painted();
    let comparison = use_memo((derived.clone(), pinned.clone()), |(derived, pinned)| {
        pinned.as_ref().map(|pinned| Shared(Rc::new(PinnedComparison::new(pinned, derived))))
    });
    let deps = (derived.clone(), view.dependents_of.clone());
    let otherwise = use_memo(deps, |(derived, key)| dependents::otherwise(key.as_deref(), derived));
    let on_reveal = {
        let deps = (act.clone(), editor.clone(), derived.clone());
        use_callback(deps, |at: DeploymentId, (act, editor, derived)| {
            act.emit(Action::Select(Some(at)));
            if let Some((from, also)) = derived.origins(at) {
                editor.select(&derived.text, from, also);
            }
        })
    };
    let on_stage = use_callback((editor, derived.clone()), |stage: usize, (editor, derived)| {
        if let Some(line) = derived.line_of_stage(stage) {
            editor.select(&derived.text, line, None);
        }
    });
    let stages = &derived.analysis.plan.pipeline.stages;
    let has_steps = stages.iter().any(|stage| !stage.steps.tree.is_empty());
    html! {
        <>
            <div class="dl-stage" ref={place.clone()}>
                <Toolbar view={view.clone()} end={derived.analysis.schedule.end} {has_steps}
                    on_full_screen={move |_| full_screen(&place)} />
                <Legend derived={derived.clone()} color_by={view.arrangement.color_by} />
                <Timeline derived={derived.clone()} comparison={(*comparison).clone()} view={view.clone()}
                    otherwise={(*otherwise).clone()}
                    selection={*selection} picks={*picks} at_cursor={at_cursor.clone()}
                    act={act.clone()} on_reveal={on_reveal.clone()} {on_stage} />
                <Play derived={derived.clone()} playhead={view.playhead} />
                {keys()}
            </div>
            if is_painted {
                <SelectionDetails derived={derived.clone()} selection={*selection}
                    comparison={(*comparison).clone()} />
                <ReportPlace derived={derived.clone()} {unhurried} comparison={(*comparison).clone()}
                    is_stale={*is_stale} dependents_of={view.dependents_of.clone()} selection={*selection}
                    on_select={on_reveal} />
            }
        </>
    }
}

fn keys() -> Html {
    html! {
        <details class="dl-keys">
            <summary>{"Keys"}</summary>
            <dl>
                { for KEYS.iter().map(|(key, does)| html! { <div><dt>{*key}</dt><dd>{*does}</dd></div> }) }
            </dl>
        </details>
    }
}

/// Shows the picture alone, or the page again.
fn full_screen(place: &NodeRef) {
    let document = gloo::utils::document();
    if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
    } else if let Some(element) = place.cast::<web_sys::Element>() {
        // Where the browser refuses, the page stays as it is.
        let _ = element.request_fullscreen();
    }
}

//! A welcome, where there is nothing to draw.

use yew::prelude::*;

use crate::context::use_act;
use crate::examples::EXAMPLES;
use crate::state::{Action, OpenedText};

#[derive(Properties, PartialEq)]
pub(crate) struct WelcomeProps {
    pub(crate) is_empty: bool,
}

#[function_component(Welcome)]
pub(crate) fn welcome(WelcomeProps { is_empty }: &WelcomeProps) -> Html {
    let act = use_act();
    let open = |number: usize| {
        act.reform(move |_: MouseEvent| {
            Action::Open(vec![OpenedText::example(&EXAMPLES[number])], None)
        })
    };
    let (title, hint) = if *is_empty {
        (
            "Paste a pipeline",
            "Paste its YAML into the editor, or drop a file anywhere on this page.",
        )
    } else {
        (
            "No stages to draw yet",
            "Expected a pipeline, or a part of one: stages, a single stage, or a stage's spec.",
        )
    };
    html! {
        <div class="dl-welcome">
            <h2>{title}</h2>
            <p>{hint}</p>
            <p class="dl-muted">{"Nothing you paste leaves your browser."}</p>
            <p class="dl-welcome-actions">
                <button type="button" class="dl-control" onclick={open(2)}>
                    {"Show a small example"}
                </button>
                <button type="button" class="dl-control" onclick={open(6)}>
                    {"Show a shop's release"}
                </button>
            </p>
        </div>
    }
}

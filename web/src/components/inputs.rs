//! Everything that the YAML leaves open, with a field for each.

use std::rc::Rc;

use deployline_inputs::answers::{self, AnswerDocuments};
use deployline_inputs::{OpenInput, Origin, open_count};
use deployline_span::Span;
use yew::prelude::*;

use super::copy_button::CopyButton;
use super::go_to::use_go_to;
use super::input_field::{InputField, taken_back};
use super::rich_text::{plain_text, rich_text};
use super::show_more::use_shown_items;
use crate::context::use_act;
use crate::derived::{Derived, Shared};
use crate::source::{RemainingAnswers, Source};
use crate::state::Action;

/// Number of fields before someone asks for more.
const AT_FIRST: usize = 100;

#[derive(Properties, PartialEq)]
pub(crate) struct InputsProps {
    /// The text as it is now, to which answers can be added.
    pub(crate) source: Source,
    pub(crate) derived: Shared<Derived>,
}

#[function_component(InputsPanel)]
pub(crate) fn inputs_panel(props: &InputsProps) -> Html {
    let InputsProps { source, derived } = props;
    let act = &use_act();
    let on_go_to = &use_go_to(&derived.text);
    let shown = use_shown_items(AT_FIRST);
    let open = derived.open();
    let rows = &open[..open.len().min(shown.most())];
    let stages = rows.chunk_by(|a, b| a.stage == b.stage).map(|of_stage| {
        let name = &of_stage[0].stage;
        html! {
            <section class="dl-open-stage" role="group" aria-label={name.clone()}>
                <h3>{name}</h3>
                <ul>{ for of_stage.iter().map(|input| row(input, act, on_go_to)) }</ul>
            </section>
        }
    });
    html! {
        <div class="dl-inputs">
            <header class="dl-open-head">
                <h2>{"What the YAML leaves open"}</h2>
                <p class="dl-muted" role="status">{summary(open)}</p>
            </header>
            {for stages}
            {shown.button(open.len())}
            <GivenByHand source={source.clone()} derived={derived.clone()} />
        </div>
    }
}

fn summary(open: &[OpenInput]) -> String {
    let given = open.iter().filter(|input| input.origin == Origin::Answer).count();
    match (open.len(), open_count(open), given) {
        (0, ..) => "Nothing: everything it needs is in it.".to_owned(),
        (_, 0, 0) => "All of it is settled by the text.".to_owned(),
        (_, still, 0) => format!("{still} open"),
        (_, still, given) => format!("{still} open, {given} given by hand"),
    }
}

fn row(input: &OpenInput, act: &Callback<Action>, on_go_to: &Callback<Span>) -> Html {
    let span = input.span;
    let on_place = on_go_to.reform(move |_: MouseEvent| span);
    let place = if input.place.is_empty() { "in the YAML" } else { &input.place };
    let origin = match input.origin {
        Origin::Open => "open",
        Origin::Default => "by default",
        Origin::InputSet => "from an input set",
        Origin::Answer => "by hand",
    };
    let on_remove = {
        let action = taken_back(input);
        act.reform(move |_: MouseEvent| action.clone())
    };
    html! {
        <li key={input.key.clone()} class={classes!("dl-open", (input.origin == Origin::Open).then_some("dl-still"))}>
            <InputField input={input.clone()} />
            <span class="dl-origin">
                {origin}
                if input.origin == Origin::Answer {
                    <button type="button" class="dl-remove" onclick={on_remove}
                        aria-label={format!("Remove: {}", plain_text(&input.question))}>{"×"}</button>
                }
            </span>
            <button type="button" class="dl-link dl-open-place" onclick={on_place}
                aria-label={format!("Show {place} in the YAML")}>{place}</button>
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct GivenProps {
    source: Source,
    derived: Shared<Derived>,
}

/// Answers given by hand, as YAML to copy or to add.
#[function_component(GivenByHand)]
fn given_by_hand(GivenProps { source, derived }: &GivenProps) -> Html {
    let act = use_act();
    let made = use_memo(derived.clone(), |derived| {
        answers::for_people(&derived.analysis.documents, &derived.inputs, &derived.answers)
    });
    if derived.answers.is_empty() && derived.inputs.parallel.is_empty() {
        return Html::default();
    }
    let on_add = {
        let (made, source) = (made.clone(), source.clone());
        act.reform(move |_: MouseEvent| added(&source, &made))
    };
    let on_reset = act.reform(|_: MouseEvent| Action::ForgetAnswers);
    let is_nothing = made.text.is_empty();
    html! {
        <section class="dl-given" aria-label="Given by hand">
            <p class="dl-muted">
                {"Kept beside the YAML. As an input set and documents it can be part of it."}
            </p>
            <div class="dl-given-actions">
                <CopyButton text={Rc::<str>::from(made.text.as_str())} caption="Copy as YAML" disabled={is_nothing}>
                    <button type="button" class="dl-control" disabled={is_nothing || derived.analysis.is_broken}
                        onclick={on_add}>{"Add to the text"}</button>
                    <button type="button" class="dl-control" onclick={on_reset}>{"Reset"}</button>
                </CopyButton>
            </div>
            {stays(&made)}
            if !is_nothing {
                <details>
                    <summary>{"As YAML"}</summary>
                    <pre class="dl-yaml-text" tabindex="0" aria-label="Given by hand, as YAML">{&made.text}</pre>
                </details>
            }
        </section>
    }
}

fn stays(made: &Rc<AnswerDocuments>) -> Html {
    let words = match made.left_out {
        0 => return Html::default(),
        1 => "One answer stays here: an input set fills only `<+input>`.".to_owned(),
        many => format!("{many} answers stay here: an input set fills only `<+input>`."),
    };
    html! { <p class="dl-muted">{rich_text(&words)}</p> }
}

fn added(source: &Source, made: &AnswerDocuments) -> Action {
    let mut remaining =
        RemainingAnswers { inputs: source.inputs.clone(), answers: source.answers.clone() };
    remaining.answers.retain(|key, _| !made.included.contains(key));
    remaining.inputs.parallel.retain(|flag, _| !made.included_flags.contains(flag));
    Action::AddAnswers(answers::append_documents(&source.text, &made.text).into(), remaining)
}

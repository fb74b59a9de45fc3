//! A field for one thing that the YAML leaves open.

use deployline_inputs::{Field, OpenInput, Origin};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::callbacks::emit_found;
use super::rich_text::{plain_text, rich_text};
use crate::context::use_act;
use crate::state::Action;

#[derive(Properties, PartialEq)]
pub(crate) struct InputFieldProps {
    pub(crate) input: OpenInput,
}

/// The question with its field.
#[function_component(InputField)]
pub(crate) fn input_field(InputFieldProps { input }: &InputFieldProps) -> Html {
    let act = use_act();
    let on_answer = {
        let input = input.clone();
        act.reform(move |answer: Option<String>| answered(&input, answer))
    };
    let field = match &input.field {
        Field::Text => text(input, "", &on_answer),
        Field::Names => text(input, "Names, or how many", &on_answer),
        Field::Choice(words) => {
            let choices = words.iter().map(|word| (word.clone(), word.clone()));
            choice(input, choices.collect(), &on_answer)
        }
        Field::Flag => {
            let (yes, no) =
                if input.axis.is_some() { ("In parallel", "In sequence") } else { ("Yes", "No") };
            let choices = [("true", yes), ("false", no)];
            let choices = choices.map(|(value, caption)| (value.to_owned(), caption.to_owned()));
            choice(input, choices.into(), &on_answer)
        }
        Field::Number { least } => return stepper(input, *least, &on_answer),
        Field::Count => return stepper(input, 1, &on_answer),
        Field::Nothing => return nothing(input),
    };
    html! {
        <label class="dl-field">
            <span class="dl-question">{rich_text(&input.question)}</span>
            {field}
        </label>
    }
}

/// Action for an answer.
fn answered(input: &OpenInput, answer: Option<String>) -> Action {
    match (&input.axis, answer) {
        (Some((stage, axis)), Some(answer)) => {
            Action::Choose { stage: stage.clone(), axis: *axis, parallel: answer == "true" }
        }
        (Some((stage, axis)), None) => Action::Unchoose { stage: stage.clone(), axis: *axis },
        (None, answer) => Action::Answer(input.key.clone(), answer),
    }
}

/// Action that takes back an answer.
pub(crate) fn taken_back(input: &OpenInput) -> Action {
    answered(input, None)
}

/// The given answer.
fn given(input: &OpenInput) -> String {
    let value = input.value.clone().filter(|_| input.origin == Origin::Answer);
    value.unwrap_or_default()
}

/// Value that holds without an answer.
fn otherwise(input: &OpenInput) -> Option<&str> {
    input.value.as_deref().filter(|_| input.origin != Origin::Answer)
}

/// Value of a field; `None` where it was emptied.
fn value_of(event: &Event) -> Option<Option<String>> {
    let value = event.target()?.dyn_into::<HtmlInputElement>().ok()?.value();
    let value = value.trim();
    Some((!value.is_empty()).then(|| value.to_owned()))
}

fn text(input: &OpenInput, hint: &'static str, on_answer: &Callback<Option<String>>) -> Html {
    let placeholder = otherwise(input).unwrap_or(hint).to_owned();
    let onchange = emit_found(on_answer, |event: Event| value_of(&event));
    html! {
        <input class="dl-control" type="text" autocomplete="off" spellcheck="false"
            value={given(input)} {placeholder} {onchange} />
    }
}

fn choice(
    input: &OpenInput,
    choices: Vec<(String, String)>,
    on_answer: &Callback<Option<String>>,
) -> Html {
    let given = given(input);
    let caption_of = |value: &str| {
        let found = choices.iter().find(|(own, _)| own == value);
        found.map_or_else(|| value.to_owned(), |(_, caption)| caption.clone())
    };
    let none = otherwise(input)
        .map_or_else(|| "Open".to_owned(), |value| format!("As it is: {}", caption_of(value)));
    let onchange = emit_found(on_answer, |event: Event| {
        let value = event.target()?.dyn_into::<HtmlSelectElement>().ok()?.value();
        Some((!value.is_empty()).then_some(value))
    });
    let option = |(value, caption): &(String, String)| {
        html! { <option value={value.clone()} selected={*value == given}>{caption}</option> }
    };
    html! {
        <select class="dl-control" {onchange}>
            <option value="" selected={given.is_empty()}>{none}</option>
            { for choices.iter().map(option) }
        </select>
    }
}

/// A number with a button on either side.
fn stepper(input: &OpenInput, least: u32, on_answer: &Callback<Option<String>>) -> Html {
    let given = given(input);
    let number: Option<u32> = given.parse().ok().or_else(|| otherwise(input)?.parse().ok());
    let step = |to: Option<u32>| on_answer.reform(move |_: MouseEvent| to.map(|to| to.to_string()));
    let less = number.and_then(|number| number.checked_sub(1)).filter(|to| *to >= least);
    let more = number.map_or(least, |number| number.saturating_add(1));
    let onchange = emit_found(on_answer, |event: Event| value_of(&event));
    let placeholder = otherwise(input).unwrap_or("?").to_owned();
    html! {
        <div class="dl-field" role="group" aria-label={plain_text(&input.question)}>
            <span class="dl-question">{rich_text(&input.question)}</span>
            <span class="dl-stepper">
            <button type="button" class="dl-control" aria-label="Fewer" disabled={less.is_none()}
                onclick={step(less)}>{"−"}</button>
            <input class="dl-control" type="number" min={least.to_string()} step="1"
                aria-label={plain_text(&input.question)} value={given} {placeholder} {onchange} />
            <button type="button" class="dl-control" aria-label="More"
                onclick={step(Some(more))}>{"+"}</button>
            </span>
        </div>
    }
}

/// Placeholder for what no field could hold.
fn nothing(input: &OpenInput) -> Html {
    html! {
        <div class="dl-field">
            <span class="dl-question">{rich_text(&input.question)}</span>
            <span>{"Only a run knows, or a document in this text that tells."}</span>
        </div>
    }
}

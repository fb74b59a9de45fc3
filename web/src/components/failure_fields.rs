//! How a deployment fails that is assumed to: with which error, in which step, and at which attempt it succeeds
//! after all.

use deployline_engine::{DeploymentId, ErrorType, Failure, FailureStrategies, words};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::callbacks::emit_found;
use crate::context::use_act;
use crate::derived::{Derived, Shared};
use crate::state::{Action, Assumption};

#[derive(Properties, PartialEq)]
pub(crate) struct FailureFieldsProps {
    pub(crate) derived: Shared<Derived>,
    pub(crate) at: DeploymentId,
}

/// The fields; nothing for a deployment that doesn't fail.
#[function_component(FailureFields)]
pub(crate) fn failure_fields(FailureFieldsProps { derived, at }: &FailureFieldsProps) -> Html {
    let act = use_act();
    let stages = &derived.analysis.plan.pipeline.stages;
    let Some(stage) = stages.get(at.stage as usize) else { return Html::default() };
    let key = (stage.identifier.clone(), at.index);
    let Some(failure) = derived.assumptions.failures.get(&key) else { return Html::default() };
    let strategies = &stage.failure;
    let action = strategies.action(failure.step.as_deref(), failure.error);
    let assume = {
        let (derived, at) = (derived.clone(), *at);
        act.reform(move |mut failure: Failure| {
            let strategies = &derived.analysis.plan.pipeline.stages[at.stage as usize].failure;
            let action = strategies.action(failure.step.as_deref(), failure.error);
            // Where there is no such attempt, none is said to succeed.
            failure.succeeds_at = failure.succeeds_at.filter(|it| *it <= action.attempts());
            Action::Assume(Assumption::Failure(key.0.clone(), key.1, Some(failure)))
        })
    };
    html! {
        <div class="dl-failure" role="group" aria-label="How it fails">
            if !strategies.is_empty() {
                <div class="dl-fields">
                    {error_type(strategies, failure, &assume)}
                    {step(strategies, failure, &assume)}
                    {attempt(action.attempts(), failure, &assume)}
                </div>
            }
            <p class="dl-muted">{format!("Then: {}", words::action(action))}</p>
        </div>
    }
}

/// Error types: those that a rule names, and those for which `AllErrors` stands.
fn error_type(
    strategies: &FailureStrategies,
    failure: &Failure,
    assume: &Callback<Failure>,
) -> Html {
    let is_named = |error: &ErrorType| strategies.names(failure.step.as_deref(), *error);
    let all = (0..).map(ErrorType::Named).take(ErrorType::NAMES.len());
    let (named, others): (Vec<_>, Vec<_>) = all.partition(is_named);
    let options = |errors: &[ErrorType]| -> Html {
        errors.iter().map(|error| option(error.name(), *error == failure.error)).collect()
    };
    let any = if named.is_empty() { "Any" } else { "Any other" };
    let shown = html! {
        <>
            {option(any, failure.error == ErrorType::AllErrors)}
            if !named.is_empty() {
                <optgroup label="Named by a rule">{options(&named)}</optgroup>
            }
            <optgroup label="As any other">{options(&others)}</optgroup>
        </>
    };
    let errors: Vec<ErrorType> =
        [ErrorType::AllErrors].into_iter().chain(named).chain(others).collect();
    choice("Error type", shown, failure, assume, move |failure, chosen| {
        failure.error = errors.get(chosen).copied().unwrap_or_default();
    })
}

/// Steps with rules of their own; nothing where there are none.
fn step(strategies: &FailureStrategies, failure: &Failure, assume: &Callback<Failure>) -> Html {
    let mut steps: Vec<Option<String>> =
        strategies.of_steps.iter().map(|rules| Some(rules.step.clone())).collect();
    // One that a link names, or that was there before an edit.
    if failure.step.is_some() && !steps.contains(&failure.step) {
        steps.push(failure.step.clone());
    }
    if steps.is_empty() {
        return Html::default();
    }
    steps.insert(0, None);
    let caption = |step: &Option<String>| step.clone().unwrap_or_else(|| "Any other".to_owned());
    let shown = steps.iter().map(|step| option(&caption(step), *step == failure.step)).collect();
    choice("In step", shown, failure, assume, move |failure, chosen| {
        failure.step = steps.get(chosen).cloned().flatten();
    })
}

fn option(caption: &str, selected: bool) -> Html {
    html! { <option {selected}>{caption.to_owned()}</option> }
}

/// A list of options; `choose` changes the failure to the one at a place.
fn choice(
    label: &'static str,
    options: Html,
    failure: &Failure,
    assume: &Callback<Failure>,
    choose: impl Fn(&mut Failure, usize) + 'static,
) -> Html {
    let failure = failure.clone();
    let onchange = emit_found(assume, move |event: Event| {
        let select: HtmlSelectElement = event.target()?.dyn_into().ok()?;
        let mut failure = failure.clone();
        choose(&mut failure, usize::try_from(select.selected_index()).ok()?);
        Some(failure)
    });
    html! {
        <label class="dl-field">
            <span>{label}</span>
            <select class="dl-control" {onchange}>{options}</select>
        </label>
    }
}

/// The attempt that succeeds, where there are several.
fn attempt(attempts: u32, failure: &Failure, assume: &Callback<Failure>) -> Html {
    if attempts < 2 {
        return Html::default();
    }
    let onchange = {
        let failure = failure.clone();
        emit_found(assume, move |event: Event| {
            let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
            let attempt = input.value().trim().parse::<u32>().ok();
            let succeeds_at = attempt.map(|attempt| attempt.clamp(2, attempts));
            // Where nothing changes, nothing is drawn anew.
            input.set_value(&succeeds_at.map(|attempt| attempt.to_string()).unwrap_or_default());
            Some(Failure { succeeds_at, ..failure.clone() })
        })
    };
    let value = failure.succeeds_at.map(|attempt| attempt.to_string()).unwrap_or_default();
    html! {
        <label class="dl-field">
            <span>{"Succeeds at attempt"}</span>
            <input class="dl-control dl-number-field" type="number" min="2" max={attempts.to_string()} step="1"
                placeholder={format!("none of {attempts}")} {value} {onchange} />
        </label>
    }
}

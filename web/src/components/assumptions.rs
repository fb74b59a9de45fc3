//! Everything that is assumed about the run, in one list: each can be taken back.

use std::rc::Rc;

use deployline_engine::words::{
    self,
    shown::{self, isolated},
};
use deployline_engine::{AccountPlan, Assumptions, DurationKey, Ms, Plan};
use deployline_inputs::Origin;
use deployline_planner::assumed::{self, AssumedValue};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::assumed_rows::AssumedRows;
use super::callbacks::emit_found;
use super::duration_field::DurationField;
use super::input_field::taken_back;
use super::rich_text::{plain_text, rich_text};
use super::stage_choice::StageChoice;
use crate::chunk::{Loading, chunk, use_chunk};
use crate::context::use_act;
use crate::derived::{Derived, Shared};
use crate::source::without_choices;
use crate::state::{Action, Assumption, SourceChange};

#[derive(Properties, PartialEq)]
struct AnswerItemsProps {
    derived: Shared<Derived>,
}

#[derive(Properties, PartialEq)]
pub(crate) struct AssumptionsProps {
    pub(crate) derived: Shared<Derived>,
    /// The same, or while it changes often, the one before.
    pub(crate) unhurried: Shared<Derived>,
    /// Key of the assumption whose bars are marked.
    pub(crate) dependents_of: Option<Rc<str>>,
}

#[function_component(AssumptionsPanel)]
pub(crate) fn assumptions_panel(props: &AssumptionsProps) -> Html {
    let AssumptionsProps { derived, unhurried, dependents_of } = props;
    let act = &use_act();
    let assumptions = &derived.assumptions;
    let assume = act.reform(Action::Assume);
    let listed = listed(assumptions, &derived.analysis.plan);
    let has_answers = !derived.answers.is_empty() || !derived.inputs.parallel.is_empty();
    let has_choices = derived.inputs != without_choices(&derived.inputs);
    let partial = partial(derived);
    let is_any = has_answers || !listed.is_empty() || !partial.is_empty();
    let listed = listed.into_iter().map(|(words, undo)| (words, Action::Assume(undo)));
    let items = listed.chain(partial).map(|(words, undo)| item(words, undo, act));
    let reset = act.reform(|_: MouseEvent| Action::Reset);
    html! {
        <section class="dl-panel" aria-label="Assumptions">
            <h2>{"What if"}</h2>
            <p class="dl-muted">{"Assumed for this picture only. The YAML stays as it is."}</p>
            <div class="dl-fields">
                {default_duration(assumptions, &assume)}
                {account_limit(assumptions, &assume)}
                {uneven(assumptions, &assume)}
            </div>
            <AssumedRows derived={derived.clone()} unhurried={unhurried.clone()}
                dependents_of={dependents_of.clone()} />
            <StageChoice derived={derived.clone()} />
            if is_any {
                <ul class="dl-assumed" aria-label="Assumed">
                    { for items }
                    if has_answers { <AnswerItems derived={derived.clone()} /> }
                </ul>
            }
            if is_any || has_choices {
                <button type="button" class="dl-control" onclick={reset}>{"Reset all"}</button>
            } else {
                <p class="dl-muted">
                    {"Pick a bar to give it a duration or let it fail, or drag its end."}
                </p>
            }
        </section>
    }
}

/// An assumption with the button that takes it back.
fn item(words: String, undo: Action, act: &Callback<Action>) -> Html {
    let label = format!("Remove: {}", plain_text(&words));
    let onclick = act.reform(move |_: MouseEvent| undo.clone());
    html! {
        <li>
            <span>{rich_text(&words)}</span>
            <button type="button" class="dl-remove" aria-label={label} {onclick}>{"×"}</button>
        </li>
    }
}

/// Answers to what the YAML leaves open, as items of the list.
#[function_component(AnswerItems)]
fn answer_items(AnswerItemsProps { derived }: &AnswerItemsProps) -> Html {
    let act = use_act();
    let chunk = use_chunk(load_answers);
    match chunk.loading {
        Loading::Ready(answers) => {
            let items = answers(derived).into_iter();
            items.map(|(words, undo)| item(words, undo, &act)).collect()
        }
        Loading::Pending | Loading::Failed => {
            html! { <li>{chunk.draw(|_| Html::default())}</li> }
        }
    }
}

fn default_duration(assumptions: &Assumptions, assume: &Callback<Assumption>) -> Html {
    let default = Assumptions::default().duration;
    let on_change = assume.reform(move |duration: Option<Ms>| {
        Assumption::DefaultDuration(duration.unwrap_or(default))
    });
    html! {
        <DurationField label="Each deployment takes" value={Some(assumptions.duration)}
            placeholder={default.to_string()} {on_change} />
    }
}

fn account_limit(assumptions: &Assumptions, assume: &Callback<Assumption>) -> Html {
    let onchange = emit_found(assume, |event: Event| {
        let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
        let limit = input.value().trim().parse::<u32>().ok().filter(|limit| *limit > 0);
        Some(Assumption::AccountLimit(limit))
    });
    let value = assumptions.account_limit.map(|limit| limit.to_string()).unwrap_or_default();
    let from_plan = assumptions.account_plan.at_once();
    let from_plan = from_plan.map_or("none".to_owned(), |at_once| at_once.to_string());
    html! {
        <label class="dl-field">
            <span>{"Account's limit in a stage"}</span>
            <input class="dl-control dl-number-field" type="number" min="1" step="1"
                placeholder={from_plan} {value} {onchange} />
        </label>
    }
}

fn uneven(assumptions: &Assumptions, assume: &Callback<Assumption>) -> Html {
    let next = assumptions.uneven.map_or(1, |seed| seed.wrapping_add(1));
    let onclick = assume.reform(move |_: MouseEvent| Assumption::Uneven(Some(next)));
    let caption =
        if assumptions.uneven.is_some() { "Other uneven durations" } else { "Uneven durations" };
    html! {
        <div class="dl-field">
            <span>{"As in real life"}</span>
            <button type="button" class="dl-control" {onclick}
                title="Gives each deployment a plausible duration of its own">{caption}</button>
        </div>
    }
}

/// Each assumption in words, with the one that takes it back.
fn listed(assumptions: &Assumptions, plan: &Plan) -> Vec<(String, Assumption)> {
    let default = Assumptions::default().duration;
    let mut listed = Vec::new();
    if assumptions.duration != default {
        let words = format!("Each deployment takes {}", assumptions.duration);
        listed.push((words, Assumption::DefaultDuration(default)));
    }
    if let Some(seed) = assumptions.uneven {
        listed.push((format!("Uneven durations, number {seed}"), Assumption::Uneven(None)));
    }
    let enterprise = AccountPlan::default();
    if assumptions.account_plan != enterprise {
        let words = format!("Account plan: {}", assumptions.account_plan.caption());
        listed.push((words, Assumption::AccountPlan(enterprise)));
    }
    if let Some(limit) = assumptions.account_limit {
        let words = format!("The account runs at most {limit} at once in a stage");
        listed.push((words, Assumption::AccountLimit(None)));
    }
    listed.extend(assumptions.durations.iter().map(|(key, duration)| {
        let words = format!("{} takes {duration}", subject(key));
        (words, Assumption::Duration(key.clone(), None))
    }));
    listed.extend(assumptions.failures.iter().map(|((stage, index), failure)| {
        let name = deployment_name(plan, stage, *index);
        let words = format!("{name} {}", words::failure(failure));
        (words, Assumption::Failure(stage.clone(), *index, None))
    }));
    if let Some(rollback) = assumptions.rollback {
        listed.push((format!("A rollback takes {rollback}"), Assumption::Rollback(None)));
    }
    listed
}

/// The stages that the run is started for, with the action that takes the choice back.
fn partial(derived: &Derived) -> Vec<(String, Action)> {
    let all = assumed::list(&derived.analysis.plan.pipeline, &derived.assumptions).into_iter();
    let of_run = all.filter_map(|assumption| {
        let AssumedValue::Stages(stages) = assumption.value else { return None };
        let stages: Vec<_> = stages.iter().map(|stage| isolated(stage)).collect();
        let stages = stages.join(", ");
        let words = match assumption.key.as_str() {
            assumed::RUN_STAGES => format!("Only these stages run: {stages}"),
            _ => format!("The run is repeated from {stages}"),
        };
        let key = assumption.key;
        let undo = SourceChange(Rc::new(move |source| {
            assumed::take_back(&key, &mut source.inputs, &mut source.assumptions);
        }));
        Some((words, Action::Change(undo)))
    });
    of_run.collect()
}

chunk!(links: load_answers -> fn(&Derived) -> Vec<(String, Action)> = answers);

/// Each answer in words, with the action that takes it back.
fn answers(derived: &Derived) -> Vec<(String, Action)> {
    let by_hand = derived.open().iter().filter(|input| input.origin == Origin::Answer);
    let asked = by_hand.map(|input| {
        let value = input.value.as_deref().unwrap_or_default();
        (format!("{}: {} {value}", input.stage, input.question), taken_back(input))
    });
    let is_asked = |key: &str| derived.open().iter().any(|input| input.key == key);
    let others = derived.answers.iter().filter(|(key, _)| !is_asked(key)).map(|(key, answer)| {
        let words = format!("{key}: {answer}, for which nothing asks now");
        (words, Action::Answer(key.clone(), None))
    });
    asked.chain(others).collect()
}

/// Subject of a duration, in words.
pub(crate) fn subject(key: &DurationKey) -> String {
    match key {
        DurationKey::Stage(stage) => format!("Everything in {}", isolated(stage)),
        DurationKey::Infrastructure(infrastructure) => {
            format!("Everything to {}", isolated(infrastructure))
        }
        DurationKey::Target(environment, infrastructure) => {
            format!("Everything to {}/{}", isolated(environment), isolated(infrastructure))
        }
        DurationKey::Service(service) => format!("{}, wherever it goes,", isolated(service)),
        DurationKey::ServiceInfrastructure(service, infrastructure)
        | DurationKey::ServiceTarget(service, _, infrastructure) => {
            format!("{} to {}", isolated(service), isolated(infrastructure))
        }
        DurationKey::Deployment(stage, index) => {
            format!("Number {} of {}", index + 1, isolated(stage))
        }
    }
}

fn deployment_name(plan: &Plan, stage: &str, index: u32) -> String {
    let stages = plan.pipeline.stages.iter().zip(&plan.stages);
    let found = stages.into_iter().find(|(of, _)| of.identifier == stage);
    match found.filter(|(_, plan)| (index as usize) < plan.deployments.len()) {
        Some((stage, plan)) => shown::label(stage, plan, index as usize),
        None => format!("Number {} of {stage}, which is not there now,", index + 1),
    }
}

//! The stages that the run is started for: all in a list, and the one of the picked deployment.

use deployline_engine::words::{left_out, shown};
use deployline_engine::{Absence, PartialRun, Plan, Stage};
use yew::prelude::*;

use super::show_more::use_shown_items;
use crate::context::use_act;
use crate::derived::{Derived, Shared};
use crate::state::{Action, SourceChange};

/// Rows that are drawn at first.
const MAX_ITEMS: usize = 10;

#[derive(Properties, PartialEq)]
pub(crate) struct StageChoiceProps {
    pub(crate) derived: Shared<Derived>,
}

/// A checkbox and a way to repeat the run for each stage; nothing for a pipeline of one.
#[function_component(StageChoice)]
pub(crate) fn stage_choice(StageChoiceProps { derived }: &StageChoiceProps) -> Html {
    let act = use_act();
    let shown = use_shown_items(MAX_ITEMS);
    // Open from the start where a link or the last visit has a choice; later it is as the user leaves it.
    let is_open = use_memo((), |()| !derived.analysis.plan.pipeline.partial.is_whole());
    let plan = &derived.analysis.plan;
    let count = plan.own_stage_count();
    if count < 2 && plan.pipeline.partial.is_whole() {
        return Html::default();
    }
    let rows = (0..count.min(shown.most())).map(|stage| row(derived, stage, &act));
    let own = plan.pipeline.stages.iter().take(count);
    let running = own.filter(|stage| stage.absence.is_none()).count();
    let summary = match plan.pipeline.partial.is_whole() {
        true => format!("Stages of this run: all {count}"),
        false => format!("Stages of this run: {running} of {count}"),
    };
    html! {
        <details class="dl-run-stages" open={*is_open}>
            <summary>{summary}</summary>
            <ul aria-label="Stages of this run">{for rows}</ul>
            {shown.button(count)}
        </details>
    }
}

fn row(derived: &Derived, index: usize, act: &Callback<Action>) -> Html {
    let plan = &derived.analysis.plan;
    let stage = &plan.pipeline.stages[index];
    let is_chosen = stage.absence != Some(Absence::NotChosen);
    let next = plan.with_stage(&stage.identifier, !is_chosen);
    let is_last = next.is_none();
    let title = is_last.then_some("A run has at least one stage");
    let onchange = act.reform(move |_: Event| change(next.clone().unwrap_or_default()));
    let state = left_out(stage, &derived.analysis.schedule.stages[index]);
    html! {
        <li key={index} class={classes!(stage.absence.map(|_| "dl-muted"))}>
            <label class="dl-check" {title}>
                <input type="checkbox" checked={is_chosen} disabled={is_last} {onchange} />
                <span>{&*shown::isolated(&stage.name)}</span>
            </label>
            if let Some(state) = state { <span class="dl-muted">{state}</span> }
            if is_chosen { {rerun(plan, stage, act)} }
        </li>
    }
}

/// Switch that repeats the run from a stage.
fn rerun(plan: &Plan, stage: &Stage, act: &Callback<Action>) -> Html {
    let reruns = plan.pipeline.partial.rerun_from.contains(&stage.identifier);
    let next = plan.with_rerun_from(&stage.identifier, !reruns);
    let onclick = act.reform(move |_: MouseEvent| change(next.clone()));
    html! {
        <button type="button" class="dl-control" aria-pressed={reruns.to_string()} {onclick}
            aria-label={format!("Rerun from here: {}", stage.name)}
            title="What does not wait for it keeps the result of the run before">
            {"Rerun from here"}
        </button>
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct PickedStageProps {
    pub(crate) derived: Shared<Derived>,
    /// Index of the stage.
    pub(crate) stage: u32,
}

/// The stage of the picked deployment: left out of the run, alone in it, or the one it is repeated from.
#[function_component(PickedStage)]
pub(crate) fn picked_stage(PickedStageProps { derived, stage: index }: &PickedStageProps) -> Html {
    let act = &use_act();
    let plan = &derived.analysis.plan;
    let count = plan.own_stage_count();
    let stage = plan.pipeline.stages.get(*index as usize).filter(|_| (*index as usize) < count);
    let Some(stage) = stage.filter(|_| count > 1) else { return Html::default() };
    let is_chosen = stage.absence != Some(Absence::NotChosen);
    let verb = if is_chosen { "Leave out of the run" } else { "Take into the run" };
    let button = |caption: &'static str, next: PartialRun| {
        let onclick = act.reform(move |_: MouseEvent| change(next.clone()));
        html! { <button type="button" class="dl-control" {onclick}>{caption}</button> }
    };
    let toggled = plan.with_stage(&stage.identifier, !is_chosen);
    let alone = plan.with_stage_alone(&stage.identifier);
    html! {
        <div class="dl-failure dl-picked-stage" role="group" aria-label="Stage in this run">
            <span>{"Stage "}<strong>{&*shown::isolated(&stage.name)}</strong></span>
            if let Some(next) = toggled { {button(verb, next)} }
            if alone != plan.pipeline.partial { {button("Run it alone", alone)} }
            if is_chosen { {rerun(plan, stage, act)} }
            if !plan.pipeline.partial.is_whole() {
                {button("Run all stages", PartialRun::default())}
            }
        </div>
    }
}

/// Starts the run for other stages.
fn change(partial: PartialRun) -> Action {
    Action::Change(SourceChange(std::rc::Rc::new(move |source| {
        source.inputs.partial = partial.clone();
    })))
}

//! A card per deployment stage: what it multiplies, its two checkboxes, and the limit that follows.

use deployline_planner::{
    AxisName, Stage, StagePlan, StageRun, Toggle, ToggleEffect, Work, toggle, words,
};
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::callbacks::emit_found;
use crate::derived::{Derived, Shared};

/// A checkbox was flipped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Flip {
    pub(crate) stage: usize,
    pub(crate) axis: AxisName,
    pub(crate) parallel: bool,
    /// Whether it changes the viewer's choice and not the text.
    pub(crate) is_choice: bool,
}

#[derive(Properties, PartialEq)]
pub(crate) struct StageCardsProps {
    pub(crate) derived: Shared<Derived>,
    /// Whether the picture is older than the text.
    pub(crate) is_stale: bool,
    pub(crate) on_flip: Callback<Flip>,
}

#[function_component(StageCards)]
pub(crate) fn stage_cards(props: &StageCardsProps) -> Html {
    let analysis = &props.derived.analysis;
    let plan = &analysis.plan;
    let stages = plan.pipeline.stages.iter().zip(&plan.stages).zip(&analysis.schedule.stages);
    let cards = stages.enumerate().filter_map(|(index, ((stage, plan), run))| {
        let Work::Deploy(_) = &stage.work else { return None };
        Some(card(index, stage, plan, run, props))
    });
    let cards: Vec<Html> = cards.collect();
    if cards.is_empty() {
        return Html::default();
    }
    html! { <div class="dl-cards" role="group" aria-label="Deployment stages" tabindex="0">{cards}</div> }
}

fn card(
    index: usize,
    stage: &Stage,
    plan: &StagePlan,
    run: &StageRun,
    props: &StageCardsProps,
) -> Html {
    let Work::Deploy(deploy) = &stage.work else { return Html::default() };
    let total = words::count(plan.deployments.len(), "deployment");
    let multiplies = stage.looping.is_none() && deploy.listed.is_none();
    let counts = if multiplies {
        let services = words::count(deploy.services.items.len(), "service");
        format!("{services} × {} = {total}", words::count(deploy.targets.items.len(), "target"))
    } else {
        total
    };
    let unknown = plan.deployments.iter().filter(|deployment| deployment.is_placeholder).count();
    html! {
        <fieldset class="dl-card" key={index}>
            <legend>{&stage.name}</legend>
            <p class="dl-counts">
                <span>{counts}</span>
                <span>{"Max concurrency "}<strong>{run.max_concurrency}</strong></span>
                if unknown > 0 {
                    <span class="dl-muted">{format!("{unknown} of them placeholders")}</span>
                }
            </p>
            {checkbox(index, stage, AxisName::Services, props)}
            {checkbox(index, stage, AxisName::Targets, props)}
        </fieldset>
    }
}

fn checkbox(index: usize, stage: &Stage, axis: AxisName, props: &StageCardsProps) -> Html {
    let Some(toggle) = toggle(stage, axis) else { return Html::default() };
    let Toggle { is_checked, effect, note } = toggle;
    let label = match axis {
        AxisName::Services => "Deploy services in parallel",
        AxisName::Targets => "Deploy to environments or infrastructures in parallel",
    };
    let is_stale = props.is_stale;
    let is_disabled = is_stale || effect == ToggleEffect::Nothing;
    let note = if is_stale { Some("Mend the YAML first.") } else { note };
    let onchange = emit_found(&props.on_flip, move |event: Event| {
        let input: web_sys::HtmlInputElement = event.target()?.dyn_into().ok()?;
        let parallel = input.checked();
        // The text decides what the box shows: it follows when the edit is done.
        input.set_checked(is_checked);
        let is_choice = effect == ToggleEffect::ChoosesAssumption;
        Some(Flip { stage: index, axis, parallel, is_choice })
    });
    html! {
        <label class={classes!("dl-check", is_disabled.then_some("dl-disabled"))}>
            <input type="checkbox" checked={is_checked} disabled={is_disabled} {onchange} />
            <span>
                {label}
                if let Some(note) = note { <small>{note}</small> }
            </span>
        </label>
    }
}

//! The two checkboxes of a deployment stage, and its counts.

use deployline_engine::{AxisName, Stage, StagePlan, StageRun, Work, format};
use deployline_planner::{Toggle, ToggleEffect, toggle};
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::callbacks::emit_found;
use super::rich_text::rich_text;
use crate::context::use_act;
use crate::derived::{Derived, Shared};
use crate::flags::Flip;
use crate::state::Action;

/// Counts of a stage: services × targets, and how many run at once.
pub(super) fn counts(stage: &Stage, plan: &StagePlan, run: &StageRun) -> Html {
    let Work::Deploy(deploy) = &stage.work else { return Html::default() };
    let total = format::count(plan.deployments.len(), "deployment");
    let multiplies = stage.looping.is_none() && deploy.listed.is_none();
    let counts = if multiplies {
        let services = format::count(deploy.services.items.len(), "service");
        format!("{services} × {} = {total}", format::count(deploy.targets.items.len(), "target"))
    } else {
        total
    };
    let unknown = plan.deployments.iter().filter(|deployment| deployment.is_placeholder).count();
    html! {
        <p class="dl-counts">
            <span>{counts}</span>
            <span>{"Max concurrency "}<strong>{run.max_concurrency}</strong></span>
            if unknown > 0 {
                <span class="dl-muted">{format!("{unknown} of them placeholders")}</span>
            }
        </p>
    }
}

/// Callback for a flipped box of a plan.
#[hook]
pub(super) fn use_flip(plan: &Shared<Derived>) -> Callback<Flip> {
    let plan = plan.clone();
    use_act().reform(move |flip| Action::Flip(flip, plan.clone()))
}

/// The checkbox of an axis of the stage with an index.
pub(super) fn toggle_box(
    index: usize,
    stage: &Stage,
    axis: AxisName,
    is_stale: bool,
    on_flip: &Callback<Flip>,
) -> Html {
    let Some(toggle) = toggle(stage, axis) else { return Html::default() };
    let Toggle { is_checked, effect, note } = toggle;
    let label = match axis {
        AxisName::Services => "Deploy services in parallel",
        AxisName::Targets => "Deploy to environments or infrastructures in parallel",
    };
    let is_disabled = is_stale || effect == ToggleEffect::Nothing;
    let note = if is_stale { Some("Fix the YAML errors first.") } else { note };
    let onchange = emit_found(on_flip, move |event: Event| {
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
                if let Some(note) = note { <small>{rich_text(note)}</small> }
            </span>
        </label>
    }
}

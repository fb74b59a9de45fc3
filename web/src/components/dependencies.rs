//! The stages that one of a DAG depends on, and those that depend on it.

use deployline_engine::DeploymentId;
use deployline_engine::insight::{first_and_last, waiting_for};
use deployline_engine::words::shown;
use yew::prelude::*;

use crate::context::use_act;
use crate::derived::{Derived, Shared};
use crate::state::Action;

/// Number of stages that are written out.
const MAX_STAGES: usize = 12;

#[derive(Properties, PartialEq)]
pub(crate) struct DependenciesProps {
    pub(crate) derived: Shared<Derived>,
    /// Index of the stage.
    pub(crate) stage: u32,
}

/// In a DAG, the stages that one waits for and those that wait for it, each a way there.
#[function_component(Dependencies)]
pub(crate) fn dependencies(DependenciesProps { derived, stage }: &DependenciesProps) -> Html {
    let act = &use_act();
    let (plan, schedule) = (&derived.analysis.plan, &derived.analysis.schedule);
    let (pipeline, is_in_dag) = (&plan.pipeline, plan.is_in_dag(*stage as usize));
    let of_stage = pipeline.stages.get(*stage as usize).filter(|_| is_in_dag);
    let Some(of_stage) = of_stage else { return Html::default() };
    let ends = |stage: u32| first_and_last(schedule, stage);
    let before = of_stage.after.iter().map(|other| (*other, ends(*other).map(|(_, last)| last)));
    let behind = waiting_for(pipeline, *stage);
    let behind = behind.map(|other| (other, ends(other).map(|(first, _)| first)));
    let (before, behind) = (before.collect(), behind.collect());
    html! {
        <div class="dl-failure" role="group" aria-label="Dependencies">
            <dl class="dl-dependencies">
                <dt>{"Waits for"}</dt>
                <dd>{stages(derived, before, act)}</dd>
                <dt>{"Waited for by"}</dt>
                <dd>{stages(derived, behind, act)}</dd>
            </dl>
        </div>
    }
}

/// Stages, each with the deployment that a click picks.
fn stages(
    derived: &Derived,
    stages: Vec<(u32, Option<DeploymentId>)>,
    act: &Callback<Action>,
) -> Html {
    if stages.is_empty() {
        return html! { <span class="dl-muted">{"nothing"}</span> };
    }
    let more = stages.len().saturating_sub(MAX_STAGES);
    let names = stages.into_iter().take(MAX_STAGES).enumerate().map(|(number, (stage, at))| {
        let at = at.unwrap_or(DeploymentId { stage, index: 0 });
        let name = &derived.analysis.plan.pipeline.stages[stage as usize].name;
        let onclick = act.reform(move |_: MouseEvent| Action::Select(Some(at)));
        html! {
            <>
                if number > 0 { {", "} }
                <button type="button" class="dl-link" {onclick}>{&*shown::isolated(name)}</button>
            </>
        }
    });
    html! { <>{for names}if more > 0 { {format!(", and {more} more")} }</> }
}

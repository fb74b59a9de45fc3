//! One deployment in words.

use deployline_planner::{Steps, words};
use yew::prelude::*;

use crate::derived::{Derived, Shared};
use crate::state::Selection;

#[derive(Properties, PartialEq)]
pub(crate) struct DetailsProps {
    pub(crate) derived: Shared<Derived>,
    pub(crate) selection: Option<Selection>,
}

/// The picked deployment, announced when it changes.
#[function_component(SelectionDetails)]
pub(crate) fn selection_details(DetailsProps { derived, selection }: &DetailsProps) -> Html {
    html! {
        <div class="dl-details" role="status">
            { selection.map_or_else(
                || html! { <p class="dl-muted">{"Pick a bar to see why it starts when it does."}</p> },
                |selection| details(derived, selection),
            ) }
        </div>
    }
}

/// What it is, when it runs, and what it waited for.
pub(crate) fn details(derived: &Derived, selection: Selection) -> Html {
    let analysis = &derived.analysis;
    let Selection { stage: stage_idx, index } = selection;
    let Some(stage) = analysis.plan.pipeline.stages.get(stage_idx) else { return Html::default() };
    let Some(run) = analysis.schedule.stages[stage_idx].runs.get(index) else {
        return Html::default();
    };
    let plan = &analysis.plan.stages[stage_idx];
    let deployment = plan.deployments[index];
    html! {
        <>
            <p>
                <strong>{format!("{}. {}", index + 1, words::label(stage, plan, index))}</strong>
                <span class="dl-muted">{&stage.name}</span>
            </p>
            <p>{format!("{} to {}, takes {}", run.start, run.end, run.end - run.start)}</p>
            <p>{words::why(&analysis.plan, &analysis.schedule, stage_idx, index)}</p>
            if !stage.steps.lines.is_empty() {
                <p class="dl-muted">{steps(&stage.steps)}</p>
            }
            if deployment.is_placeholder {
                <p class="dl-muted">{"A placeholder for what the YAML alone can't say."}</p>
            }
        </>
    }
}

/// `3 steps: Roll out, Check, …`
fn steps(steps: &Steps) -> String {
    let names: Vec<&str> = steps.lines.iter().map(|line| line.trim()).collect();
    let more = if names.len() < steps.count as usize { ", …" } else { "" };
    let names = names.join(", ");
    match steps.count {
        0 => names,
        count => format!("{}: {names}{more}", words::count(count as usize, "step")),
    }
}

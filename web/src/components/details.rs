//! One deployment in words, and what may be assumed about it.

use deployline_engine::insight::chain;
use deployline_engine::words::{self, shown};
use deployline_engine::{
    DeploymentId, DurationKey, Failure, Ms, Plan, Run, Stage, StagePlan, Status, Steps, Work,
    format,
};
use deployline_planner::Analysis;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::assumptions::subject;
use super::callbacks::emit_found;
use super::duration_field::DurationField;
use crate::comparison::PinnedComparison;
use crate::context::use_act;
use crate::derived::{Derived, Shared};
use crate::state::{Action, Assumption};

/// Number of links of a chain that are written out, the last ones.
const MAX_LINKS: usize = 12;

#[derive(Properties, PartialEq)]
pub(crate) struct DetailsProps {
    pub(crate) derived: Shared<Derived>,
    pub(crate) selection: Option<DeploymentId>,
    /// Against the pinned plan, if there is one.
    pub(crate) comparison: Option<Shared<PinnedComparison>>,
}

/// The picked deployment, announced when it changes.
#[function_component(SelectionDetails)]
pub(crate) fn selection_details(props: &DetailsProps) -> Html {
    let DetailsProps { derived, selection, comparison } = props;
    let act = &use_act();
    let found = selection.filter(|at| derived.analysis.schedule.run(*at).is_some());
    let Some(at) = found else {
        return html! {
            <section class="dl-details" aria-label="Picked deployment">
                <p class="dl-muted">{"Pick a bar to see why it starts when it does, and to try another duration or a failure."}</p>
            </section>
        };
    };
    html! {
        <section class="dl-details" aria-label="Picked deployment">
            <div role="status">
                {details(derived, at)}
                if let (Some(comparison), Some(run)) = (comparison, derived.analysis.schedule.run(at)) {
                    <p>{comparison.one_in_words(at, run)}</p>
                }
            </div>
            {why(derived, at, act)}
            {what_if(derived, at, act)}
        </section>
    }
}

/// Name, times and reasons of a deployment.
pub(crate) fn details(derived: &Derived, at: DeploymentId) -> Html {
    let analysis = &derived.analysis;
    let Some((stage, plan, run)) = parts(derived, at) else { return Html::default() };
    let index = at.index as usize;
    let deployment = plan.deployments[index];
    html! {
        <>
            <p>
                <strong>{format!("{}. {}", index + 1, shown::label(stage, plan, index))}</strong>
                <span class="dl-muted">{&*shown::isolated(&stage.name)}</span>
            </p>
            if run.status != Status::Skipped {
                <p>
                    {format!("{} to {}, takes {}", run.start, run.end, run.end - run.start)}
                    {and_fails(run.status)}
                </p>
            }
            <p>{why_then(analysis, at)}</p>
            if !stage.steps.lines.is_empty() {
                <p class="dl-muted">{steps(&stage.steps)}</p>
            }
            if deployment.is_placeholder {
                <p class="dl-muted">{"A placeholder for what the YAML alone can't say."}</p>
            }
        </>
    }
}

/// `, and fails` behind the times of what does.
fn and_fails(status: Status) -> Option<String> {
    let fails = words::fails(status);
    (!fails.is_empty()).then(|| format!(", and {fails}"))
}

fn parts(derived: &Derived, at: DeploymentId) -> Option<(&Stage, &StagePlan, &Run)> {
    let plan = &derived.analysis.plan;
    let run = derived.analysis.schedule.run(at)?;
    let stage = at.stage as usize;
    Some((plan.pipeline.stages.get(stage)?, plan.stages.get(stage)?, run))
}

/// `3 steps: Roll out, Check, …`
fn steps(steps: &Steps) -> String {
    let names = steps.lines.iter().map(|line| shown::isolated(line.trim()));
    let names: Vec<_> = names.collect();
    let more = if names.len() < steps.count as usize { ", …" } else { "" };
    let names = names.join(", ");
    match steps.count {
        0 => names,
        count => format!("{}: {names}{more}", format::count(count as usize, "step")),
    }
}

fn what_if(derived: &Derived, at: DeploymentId, act: &Callback<Action>) -> Html {
    let Some((stage, _, run)) = parts(derived, at) else { return Html::default() };
    let failure = (stage.identifier.clone(), at.index);
    let fails = derived.assumptions.failures.contains_key(&failure);
    let onchange = emit_found(act, move |event: Event| {
        let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
        let (stage, index) = failure.clone();
        let fails = input.checked().then(Failure::default);
        Some(Action::Assume(Assumption::Failure(stage, index, fails)))
    });
    html! {
        <div class="dl-fields">
            // One that runs another pipeline lasts as long as that.
            if derived.analysis.plan.child_at(at).is_none() {
                <DurationChoice key={format!("{}:{}", at.stage, at.index)}
                    subjects={subjects(&derived.analysis.plan, at)} takes={derived.analysis.schedule.work(at)}
                    is_skipped={run.status == Status::Skipped}
                    said={derived.assumptions.durations.clone()}
                    on_assume={act.reform(Action::Assume)} />
            }
            <label class="dl-check">
                <input type="checkbox" checked={fails} {onchange} />
                <span>{"Let it fail"}</span>
            </label>
        </div>
    }
}

/// Subjects that a duration can be given for, from this one deployment to all of the stage.
pub(crate) fn subjects(plan: &Plan, at: DeploymentId) -> Vec<DurationKey> {
    let stage = &plan.pipeline.stages[at.stage as usize];
    let one = DurationKey::Deployment(stage.identifier.clone(), at.index);
    let deployment = plan.stages[at.stage as usize].deployments[at.index as usize];
    let of_stage = DurationKey::Stage(stage.identifier.clone());
    let (Work::Deploy(deploy), Some(service), Some(target)) =
        (&stage.work, deployment.service, deployment.target)
    else {
        return vec![one, of_stage];
    };
    let service = &deploy.services.items[service as usize].name.text;
    let target = &deploy.targets.items[target as usize];
    let mut subjects = vec![one, DurationKey::Service(service.clone())];
    if let Some(infrastructure) = &target.infrastructure {
        subjects.push(DurationKey::Infrastructure(infrastructure.text.clone()));
    }
    subjects.push(of_stage);
    subjects
}

#[derive(Properties, PartialEq)]
struct DurationChoiceProps {
    subjects: Vec<DurationKey>,
    takes: Ms,
    is_skipped: bool,
    said: deployline_map::Map<DurationKey, Ms>,
    on_assume: Callback<Assumption>,
}

/// A duration, and the choice of its subject.
#[function_component(DurationChoice)]
fn duration_choice(props: &DurationChoiceProps) -> Html {
    let chosen = use_state_eq(|| 0_usize);
    let Some(subject_key) = props.subjects.get(*chosen).cloned() else { return Html::default() };
    let said = props.said.get(&subject_key).copied();
    let shown = said.or((*chosen == 0 && !props.is_skipped).then_some(props.takes));
    let onchange = {
        let chosen = chosen.clone();
        Callback::from(move |event: Event| {
            let select = event.target().and_then(|it| it.dyn_into::<HtmlSelectElement>().ok());
            if let Some(select) = select {
                chosen.set(usize::try_from(select.selected_index()).unwrap_or(0));
            }
        })
    };
    let options = props.subjects.iter().enumerate().map(|(index, key)| {
        let caption = if index == 0 { "Only this one".to_owned() } else { subject(key) };
        html! { <option selected={index == *chosen}>{caption.trim_end_matches(',').to_owned()}</option> }
    });
    let on_change =
        props.on_assume.reform(move |duration| Assumption::Duration(subject_key.clone(), duration));
    html! {
        <>
            <DurationField label="Takes" value={shown} placeholder="as before" {on_change} />
            <label class="dl-field">
                <span>{"For"}</span>
                <select class="dl-control" {onchange}>{for options}</select>
            </label>
        </>
    }
}

/// The chain of what it waited for, the last links of it, each a way to that deployment.
fn why(derived: &Derived, at: DeploymentId, act: &Callback<Action>) -> Html {
    let analysis = &derived.analysis;
    let chain = chain(&analysis.schedule, at);
    if chain.len() < 2 {
        return Html::default();
    }
    let hidden = chain.len().saturating_sub(MAX_LINKS);
    let links = chain[hidden..].iter().map(|link| {
        let at = *link;
        let stage = &analysis.plan.pipeline.stages[at.stage as usize];
        let plan = &analysis.plan.stages[at.stage as usize];
        let onclick = act.reform(move |_: MouseEvent| Action::Select(Some(at)));
        html! {
            <li>
                <button type="button" class="dl-link" {onclick}>
                    {shown::label(stage, plan, at.index as usize)}
                </button>
                {" "}<span class="dl-muted">{why_then(analysis, at)}</span>
            </li>
        }
    });
    html! {
        <details class="dl-chain">
            <summary>{format!("What led to it: {}", format::count(chain.len() - 1, "link"))}</summary>
            if hidden > 0 { <p class="dl-muted">{format!("After {} before:", format::count(hidden, "link"))}</p> }
            <ol start={(hidden + 1).to_string()}>{for links}</ol>
        </details>
    }
}

fn why_then(analysis: &Analysis, at: DeploymentId) -> String {
    shown::why(&analysis.plan, &analysis.schedule, at.stage as usize, at.index as usize)
}

//! The steps of the picked deployment: their times, and the durations that are assumed of them.

use std::rc::Rc;

use deployline_engine::words::shown;
use deployline_engine::{
    DeploymentId, MAX_DURATION, Ms, Stage, Step, StepKind, StepSpan, StepTimes, WaitKind, format,
};
use yew::prelude::*;

use super::duration_field::DurationField;
use super::show_more::use_shown_items;
use crate::context::use_act;
use crate::derived::{Derived, Shared};
use crate::source::Source;
use crate::state::{Action, SourceChange};

/// Steps that are listed at first.
const MAX_ITEMS: usize = 30;
/// The deepest group that is set in.
const MAX_INDENT: usize = 4;

#[derive(Properties, PartialEq)]
pub(crate) struct StepListProps {
    pub(crate) derived: Shared<Derived>,
    pub(crate) at: DeploymentId,
}

/// The steps in the order of the text; nothing for a deployment without steps, or one that is skipped.
#[function_component(StepList)]
pub(crate) fn step_list(StepListProps { derived, at }: &StepListProps) -> Html {
    let act = use_act();
    let items = use_shown_items(MAX_ITEMS);
    let (plan, schedule) = (&derived.analysis.plan, &derived.analysis.schedule);
    let stage = at.stage as usize;
    let times_of_stage = StepTimes::new(plan, schedule, &derived.assumptions, stage);
    let (spans, of_rollback) = times_of_stage
        .map(|times| (times.of(at.index), times.of_rollback(at.index)))
        .unwrap_or_default();
    if spans.is_empty() {
        return Html::default();
    }
    let of_stage = &plan.pipeline.stages[stage];
    let working = schedule.work(*at);
    let depths = depths(&of_stage.steps.tree);
    // A duration is that of all runs of a step.
    let tree = &of_stage.steps.tree;
    let is_first = |span: &StepSpan| {
        let own = &tree[span.step as usize].identifier;
        !tree[..span.step as usize].iter().any(|step| {
            step.identifier == *own && matches!(step.kind, StepKind::Work | StepKind::Wait)
        })
    };
    let rows = spans.iter().take(items.most()).map(|span| {
        let step = &of_stage.steps.tree[span.step as usize];
        let depth = depths[span.step as usize].min(MAX_INDENT).to_string();
        html! {
            <li key={span.step} data-depth={depth}>
                <span class="dl-step-name">
                    {name(step)}
                    {" "}<span class="dl-muted">{kind(step)}</span>
                </span>
                <span class="dl-step-times">{times(span, step, working)}</span>
                {if is_first(span) { duration(derived, of_stage, span, &act) } else { Html::default() }}
            </li>
        }
    });
    let count = format::count(of_stage.steps.count as usize, "step");
    html! {
        <details class="dl-step-list">
            <summary>{format!("{count} in this deployment")}</summary>
            <p class="dl-muted">
                {"A duration here counts in every deployment of the stage. A step without one has an equal share of the work."}
            </p>
            <ol aria-label="Steps of this deployment">{for rows}</ol>
            {items.button(spans.len())}
            {rollback(&of_rollback, &of_stage.steps.rollback)}
        </details>
    }
}

/// The steps of the rollback, the first ones where they are many.
fn rollback(spans: &[StepSpan], tree: &[Step]) -> Html {
    if spans.is_empty() {
        return Html::default();
    }
    let depths = depths(tree);
    let rows = spans.iter().take(MAX_ITEMS).map(|span| {
        let step = &tree[span.step as usize];
        let depth = depths[span.step as usize].min(MAX_INDENT).to_string();
        html! {
            <li key={span.step} data-depth={depth}>
                <span class="dl-step-name">
                    {name(step)}
                    {" "}<span class="dl-muted">{kind(step)}</span>
                </span>
                <span class="dl-step-times">{times(span, step, Ms(0))}</span>
            </li>
        }
    });
    let more = spans.len().saturating_sub(MAX_ITEMS);
    html! {
        <>
            <p class="dl-muted">{"Then it is rolled back; these steps share the length of that."}</p>
            <ol aria-label="Steps of the rollback">{for rows}</ol>
            if more > 0 {
                <p class="dl-muted">{format!("and {} more", format::count(more, "step"))}</p>
            }
        </>
    }
}

fn name(step: &Step) -> String {
    let name = if step.name.is_empty() { &step.identifier } else { &step.name };
    match (name.is_empty(), step.kind) {
        (false, _) => shown::isolated(name).into_owned(),
        (true, StepKind::SideBySide) => "Side by side".to_owned(),
        (true, StepKind::Group) => "Group".to_owned(),
        (true, _) => "Step".to_owned(),
    }
}

fn kind(step: &Step) -> String {
    match step.kind {
        StepKind::Group | StepKind::SideBySide => String::new(),
        StepKind::Loop { at_once: None } => "all runs at once".to_owned(),
        StepKind::Loop { at_once: Some(1) } => "one run after the other".to_owned(),
        StepKind::Loop { at_once: Some(limit) } => format!("{limit} runs at once"),
        StepKind::Work | StepKind::Wait | StepKind::LeftOut => {
            shown::isolated(&step.step_type).into_owned()
        }
    }
}

/// `0s to 20s, 20 % of the work`
fn times(span: &StepSpan, step: &Step, working: Ms) -> String {
    let length = span.end - span.start;
    let times = format!("{} to {}", span.start, span.end);
    match step.kind {
        StepKind::Work if working > Ms(0) => {
            let percent = (length.0 as f64 * 100.0 / working.0 as f64).round();
            format!("{times}, {percent} % of the work")
        }
        StepKind::Wait => format!("{times}, waits {length}"),
        _ => times,
    }
}

/// The field for the duration of a step, as far as one can be assumed.
fn duration(derived: &Derived, stage: &Stage, span: &StepSpan, act: &Callback<Action>) -> Html {
    let step = &stage.steps.tree[span.step as usize];
    if step.identifier.is_empty() {
        return Html::default();
    }
    let place = (stage.own_identifier().to_owned(), step.identifier.clone());
    let wait = stage.steps.waits.iter().find(|wait| wait.step == span.step);
    let is_barrier = wait.is_some_and(|wait| matches!(wait.kind, WaitKind::Barrier(_)));
    let of_waits = match step.kind {
        StepKind::Work => false,
        StepKind::Wait if !is_barrier => true,
        _ => return Html::default(),
    };
    let assumptions = &derived.assumptions;
    let all = if of_waits { &assumptions.waits } else { &assumptions.step_durations };
    let value = all.get(&place).copied();
    let on_change = act.reform(move |duration| set(of_waits, place.clone(), duration));
    let label = if of_waits { "Waits" } else { "Takes" };
    let placeholder = (span.end - span.start).to_string();
    html! { <DurationField {label} {value} {placeholder} {on_change} /> }
}

fn set(is_wait: bool, place: (String, String), duration: Option<Ms>) -> Action {
    Action::Change(SourceChange(Rc::new(move |source: &mut Source| {
        let assumptions = &mut source.assumptions;
        let all = if is_wait { &mut assumptions.waits } else { &mut assumptions.step_durations };
        match duration {
            Some(duration) => drop(all.insert(place.clone(), duration.min(MAX_DURATION))),
            None => drop(all.remove(&place)),
        }
    })))
}

/// By step: the number of groups around it.
fn depths(tree: &[Step]) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let depth = |(at, step): (usize, &Step)| {
        while ends.last().is_some_and(|end| *end <= at) {
            ends.pop();
        }
        let depth = ends.len();
        ends.push(at + 1 + step.inner as usize);
        depth
    };
    tree.iter().enumerate().map(depth).collect()
}

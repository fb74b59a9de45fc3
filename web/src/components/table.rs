//! The same as the picture, as a table: by page, so that any size stays quick.

use deployline_engine::{Deploy, DeploymentId, Plan, Status, Work, words};
use yew::prelude::*;

use super::timeline::use_is_printed;
use crate::derived::{Derived, Shared};

/// Rows of a page.
const PAGE: usize = 100;
/// The most rows on paper.
const PRINTED: usize = 2_000;

#[derive(Properties, PartialEq)]
pub(crate) struct TableProps {
    pub(crate) derived: Shared<Derived>,
    pub(crate) on_select: Callback<DeploymentId>,
}

#[function_component(DeploymentTable)]
pub(crate) fn deployment_table(TableProps { derived, on_select }: &TableProps) -> Html {
    let page = use_state(|| 0_usize);
    let is_printed = use_is_printed();
    let plan = &derived.analysis.plan;
    let count: usize = plan.stages.iter().map(|stage| stage.deployments.len()).sum();
    let size = if is_printed { PRINTED } else { PAGE };
    let pages = count.div_ceil(size).max(1);
    let current = (*page).min(pages - 1);
    let rows = selections(plan, current * size, size).map(|at| row(derived, at, on_select));
    let turn = |to: usize| {
        let page = page.clone();
        Callback::from(move |_: MouseEvent| page.set(to))
    };
    let (from, to) = (current * size + 1, (current * size + size).min(count));
    html! {
        <section class="dl-table" aria-label="Table">
            <div class="dl-table-scroll" role="region" aria-label="Deployments in order" tabindex="0">
                <table>
                    <caption>{"Deployments in order"}</caption>
                    <thead><tr>
                        { for ["#", "Stage", "Service", "Environment", "Infrastructure", "Start", "End", "Why then"]
                            .map(|title| html! { <th scope="col">{title}</th> }) }
                    </tr></thead>
                    <tbody>{for rows}</tbody>
                </table>
            </div>
            if pages > 1 {
                <p class="dl-pages">
                    <button type="button" class="dl-control" disabled={current == 0}
                        onclick={turn(current.saturating_sub(1))}>{"Previous"}</button>
                    <span>{format!("{from} to {to} of {count}")}</span>
                    <button type="button" class="dl-control" disabled={current + 1 == pages}
                        onclick={turn(current + 1)}>{"Next"}</button>
                </p>
            }
        </section>
    }
}

/// The deployments of all stages, `most` of them from number `first` on.
fn selections(plan: &Plan, first: usize, most: usize) -> impl Iterator<Item = DeploymentId> {
    let mut skip = first;
    let mut left = most;
    plan.shown_order().into_iter().flat_map(move |stage| {
        let count = plan.stages[stage].deployments.len();
        let from = skip.min(count);
        let to = (from + left).min(count);
        skip -= from;
        left -= to - from;
        (from..to).map(move |index| DeploymentId { stage: stage as u32, index: index as u32 })
    })
}

fn row(derived: &Derived, at: DeploymentId, on_select: &Callback<DeploymentId>) -> Html {
    let analysis = &derived.analysis;
    let (stage_idx, index) = (at.stage as usize, at.index as usize);
    let stage = &analysis.plan.pipeline.stages[stage_idx];
    let deployment = analysis.plan.stages[stage_idx].deployments[index];
    let run = &analysis.schedule.stages[stage_idx].runs[index];
    let [service, environment, infrastructure] = match &stage.work {
        Work::Deploy(deploy) => names(deploy, deployment.service, deployment.target),
        Work::Other | Work::Unknown => Default::default(),
    };
    let number = index + 1;
    let onclick = on_select.reform(move |_: MouseEvent| at);
    html! {
        <tr key={format!("{}:{}", at.stage, at.index)}>
            <th scope="row">
                <button type="button" {onclick}
                    aria-label={format!("Show number {number} of {} in the YAML", stage.name)}>
                    {number}
                </button>
            </th>
            <td>{words::shown::stage_name(&analysis.plan, stage_idx).into_owned()}</td>
            <td>{service}</td>
            <td>{environment}</td>
            <td>{infrastructure}</td>
            <td>{run.start.to_string()}</td>
            <td>{run.end.to_string()}{comma_fails(run.status)}</td>
            <td>{words::shown::why(&analysis.plan, &analysis.schedule, stage_idx, index)}</td>
        </tr>
    }
}

/// `, fails` behind the end of what does.
fn comma_fails(status: Status) -> Option<String> {
    let fails = words::fails(status);
    (!fails.is_empty()).then(|| format!(", {fails}"))
}

fn names(deploy: &Deploy, service: Option<u32>, target: Option<u32>) -> [String; 3] {
    let service = service.and_then(|i| deploy.services.items.get(i as usize));
    let target = target.and_then(|i| deploy.targets.items.get(i as usize));
    let environment = target.and_then(|target| target.environment.as_ref());
    let infrastructure = target.and_then(|target| target.infrastructure.as_ref());
    [
        service.map(|service| service.name.text.clone()).unwrap_or_default(),
        environment.map(|name| name.text.clone()).unwrap_or_default(),
        infrastructure
            .map(|name| name.text.clone())
            .or_else(|| target.and_then(|target| target.detail.clone()))
            .unwrap_or_default(),
    ]
}

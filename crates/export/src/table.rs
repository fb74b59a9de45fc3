//! The deployments as rows of a table, the same as on the page.

use std::borrow::Cow;

use deployline_engine::{Deploy, DeploymentId, Run, Work, words};

use crate::Report;

/// The columns, for people.
pub(crate) const COLUMNS: [&str; 8] =
    ["#", "Stage", "Service", "Environment", "Infrastructure", "Start", "End", "Why then"];

/// A deployment, or what a stage does that deploys nothing.
pub(crate) struct Row<'a> {
    /// Its place in its stage's list, from 1.
    pub(crate) number: usize,
    pub(crate) stage: Cow<'a, str>,
    /// What is deployed; of a stage that deploys nothing, empty.
    pub(crate) service: &'a str,
    pub(crate) environment: &'a str,
    pub(crate) infrastructure: &'a str,
    /// What a looping strategy gave it; empty without one.
    pub(crate) iteration: String,
    pub(crate) run: Run,
    /// Why it did not start earlier.
    pub(crate) why: String,
}

impl Row<'_> {
    /// `2m`, `2m, fails`
    pub(crate) fn end(&self) -> String {
        match words::fails(self.run.status) {
            "" => self.run.end.to_string(),
            fails => format!("{}, {fails}", self.run.end),
        }
    }
}

/// How many rows there are in all.
pub(crate) fn row_count(report: &Report<'_>) -> usize {
    report.plan.stages.iter().map(|stage| stage.deployments.len()).sum()
}

/// The rows in order.
pub(crate) fn rows<'a>(report: Report<'a>) -> impl Iterator<Item = Row<'a>> {
    let places = report.plan.shown_order().into_iter().flat_map(move |stage| {
        let indexes = 0..report.plan.stages[stage].deployments.len();
        indexes.map(move |index| DeploymentId { stage: stage as u32, index: index as u32 })
    });
    places.map(move |at| row(&report, at))
}

fn row<'a>(report: &Report<'a>, at: DeploymentId) -> Row<'a> {
    let (stage_idx, index) = (at.stage as usize, at.index as usize);
    let plan = report.plan;
    let stage = &plan.pipeline.stages[stage_idx];
    let deployment = plan.stages[stage_idx].deployments[index];
    let [service, environment, infrastructure] = match &stage.work {
        Work::Deploy(deploy) => names(deploy, deployment.service, deployment.target),
        Work::Other | Work::Unknown => Default::default(),
    };
    let child = stage.looping.as_ref().map(|looping| words::child_label(looping, index));
    Row {
        number: index + 1,
        stage: words::stage_name(plan, stage_idx),
        service,
        environment,
        infrastructure,
        iteration: child.unwrap_or_default(),
        run: report.schedule.stages[stage_idx].runs[index],
        why: words::why(plan, report.schedule, stage_idx, index),
    }
}

fn names(deploy: &Deploy, service: Option<u32>, target: Option<u32>) -> [&str; 3] {
    let service = service.and_then(|i| deploy.services.items.get(i as usize));
    let target = target.and_then(|i| deploy.targets.items.get(i as usize));
    let environment = target.and_then(|target| target.environment.as_ref());
    let infrastructure = target.and_then(|target| target.infrastructure.as_ref());
    let detail = || target.and_then(|target| target.detail.as_deref());
    [
        service.map_or("", |service| &service.name.text),
        environment.map_or("", |name| &name.text),
        infrastructure.map(|name| name.text.as_str()).or_else(detail).unwrap_or_default(),
    ]
}

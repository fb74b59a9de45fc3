//! Services times targets, in the engine's order, with the limit that follows.
//!
//! Follows `docs/semantics.md`, "From YAML to an ordered list and a limit".

use deployline_yaml::Diagnostic;

use crate::{Axis, Deploy, Parallel, Pipeline, Stage, Work};

/// The most deployments a plan may hold.
pub const DEPLOYMENT_BUDGET: usize = 200_000;

/// A pipeline with its deployments in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What was planned; `stages[i]` below is the plan of its stage `i`.
    pub pipeline: Pipeline,
    /// One per stage.
    pub stages: Vec<StagePlan>,
    /// What could not be expanded.
    pub diagnostics: Vec<Diagnostic>,
}

/// One stage's deployments in order, never none: a stage that deploys nothing is one bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagePlan {
    /// In the order of the engine's list.
    pub deployments: Vec<Deployment>,
    /// How many run at once, from 1 to the number of deployments.
    pub max_concurrency: u32,
}

/// One service on one target: indexes into the axes of its stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deployment {
    /// Into `services.items`; `None` in a stage that deploys nothing.
    pub service: Option<u32>,
    /// Into `targets.items`; `None` in a stage that deploys nothing.
    pub target: Option<u32>,
    /// It stands for something the text can't say.
    pub is_placeholder: bool,
}

/// Multiplies each stage out.
pub fn expand(pipeline: Pipeline) -> Plan {
    let mut diagnostics = Vec::new();
    let mut budget_left = DEPLOYMENT_BUDGET;
    let stages = pipeline.stages.iter().map(|stage| {
        let plan = match &stage.work {
            Work::Deploy(deploy) if count(deploy) > budget_left => {
                diagnostics.push(too_many(stage, deploy));
                one_bar(true)
            }
            Work::Deploy(deploy) => combinations(deploy),
            Work::Other => one_bar(false),
            Work::Unknown => one_bar(true),
        };
        budget_left = budget_left.saturating_sub(plan.deployments.len());
        plan
    });
    let stages = stages.collect();
    Plan { pipeline, stages, diagnostics }
}

fn count(deploy: &Deploy) -> usize {
    deploy.services.items.len().saturating_mul(deploy.targets.items.len())
}

fn one_bar(is_placeholder: bool) -> StagePlan {
    let bar = Deployment { service: None, target: None, is_placeholder };
    StagePlan { deployments: vec![bar], max_concurrency: 1 }
}

fn too_many(stage: &Stage, deploy: &Deploy) -> Diagnostic {
    let message = format!(
        "{} services times {} targets are {} deployments; at most {DEPLOYMENT_BUDGET} are \
         drawn in one pipeline. Shorten one of the two lists.",
        deploy.services.items.len(),
        deploy.targets.items.len(),
        count(deploy),
    );
    Diagnostic::error("too-many-deployments", stage.span, message)
}

/// The two nestings, with their limits:
///
/// | services parallel | targets parallel | order | max concurrency |
/// |---|---|---|---|
/// | no  | no  | for each target: for each service | 1 |
/// | yes | no  | for each target: for each service | services |
/// | no  | yes | for each service: for each target | targets |
/// | yes | yes | for each target: for each service | services × targets |
fn combinations(deploy: &Deploy) -> StagePlan {
    let (services, targets) = (indexes(&deploy.services), indexes(&deploy.targets));
    let services_parallel = is_parallel(deploy.services.parallel);
    let targets_parallel = is_parallel(deploy.targets.parallel);
    let both_are_lists = deploy.services.parallel.is_some() && deploy.targets.parallel.is_some();
    let pair = |service: u32, target: u32| deployment(deploy, service, target);
    let deployments: Vec<_> = if both_are_lists && !services_parallel && targets_parallel {
        services.clone().flat_map(|s| targets.clone().map(move |t| pair(s, t))).collect()
    } else {
        targets.clone().flat_map(|t| services.clone().map(move |s| pair(s, t))).collect()
    };
    let computed = match (services_parallel, targets_parallel) {
        (false, false) => 1,
        (true, false) => services.end,
        (false, true) => targets.end,
        (true, true) => services.end.saturating_mul(targets.end),
    };
    let is_multi = deploy.services.parallel.is_some() || deploy.targets.parallel.is_some();
    let limit = deploy.max_concurrency.filter(|_| is_multi).unwrap_or(computed);
    let count = u32::try_from(deployments.len()).unwrap_or(u32::MAX);
    StagePlan { max_concurrency: limit.clamp(1, count.max(1)), deployments }
}

fn indexes<T>(axis: &Axis<T>) -> std::ops::Range<u32> {
    0..u32::try_from(axis.items.len()).unwrap_or(u32::MAX)
}

fn is_parallel(parallel: Option<Parallel>) -> bool {
    parallel.is_some_and(|parallel| parallel.value)
}

fn deployment(deploy: &Deploy, service: u32, target: u32) -> Deployment {
    let service_known = deploy.services.items[service as usize].name.is_known;
    let target_unknown = deploy.targets.items[target as usize].is_placeholder();
    Deployment {
        service: Some(service),
        target: Some(target),
        is_placeholder: !service_known || target_unknown,
    }
}

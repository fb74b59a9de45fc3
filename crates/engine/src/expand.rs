//! Services times targets, in the engine's order, with the limit that follows.
//!
//! Follows `docs/semantics.md`, "From YAML to an ordered list and a limit".

use deployline_map::Map;

use crate::chained;
use crate::plan::{DEPLOYMENT_BUDGET, Deployment, Plan, StagePlan};
use crate::{
    Axis, AxisName, Deploy, Listed, Looping, Parallel, Pipeline, Schema, Stage, Target, Work,
};

/// A sequential list that a stage goes through item by item.
///
/// ```text
/// targets in sequence, 3 services     S1 I1, S2 I1, S3 I1 | S1 I2, S2 I2, S3 I2 | …
///                                     \______ len 3 _____/
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// The list.
    pub axis: AxisName,
    /// Number of deployments side by side for each of its items; at least 1.
    pub len: usize,
}

impl Plan {
    /// Number of stages that the text has: a rollback of the whole pipeline is one more, the last.
    pub fn written_stage_count(&self) -> usize {
        self.stages.len() - usize::from(self.rolls_back.is_some())
    }

    /// The outer axis of a stage, where it is a sequential list and decides the order.
    pub fn sequence(&self, stage_idx: usize) -> Option<Sequence> {
        let stage = self.pipeline.stages.get(stage_idx)?;
        let Work::Deploy(deploy) = &stage.work else { return None };
        if stage.looping.is_some() || deploy.listed.is_some() || self.is_beyond_budget(stage_idx) {
            return None;
        }
        let axis = outer_axis(deploy, self.schema_of(stage_idx));
        let inner = match axis {
            AxisName::Services => deploy.targets.items.len(),
            AxisName::Targets => deploy.services.items.len(),
        };
        let is_sequential = deploy.parallel(axis).is_some_and(|parallel| !parallel.value);
        is_sequential.then_some(Sequence { axis, len: inner.max(1) })
    }

    /// Returns `true` where one bar stands for the deployments of a stage, since they are more than were
    /// left of [`DEPLOYMENT_BUDGET`].
    pub fn is_beyond_budget(&self, stage_idx: usize) -> bool {
        let stage = self.pipeline.stages.get(stage_idx).zip(self.stages.get(stage_idx));
        stage.is_some_and(|(stage, plan)| stage.deployment_count() != plan.deployments.len())
    }
}

/// Multiplies each stage out. A stage with more deployments than are left of [`DEPLOYMENT_BUDGET`]
/// becomes one bar; [`Plan::is_beyond_budget`] tells.
pub fn expand(pipeline: Pipeline) -> Plan {
    let mut pipeline = pipeline;
    let mut budget_left = DEPLOYMENT_BUDGET;
    let schema = pipeline.schema;
    let own = pipeline.stages.iter().map(|stage| within_budget(stage, schema, &mut budget_left));
    let mut stages: Vec<StagePlan> = own.collect();
    let children = chained::unfold(&mut pipeline, &stages);
    for child in &children {
        let of_child = child.stages.clone().map(|index| &pipeline.stages[index as usize]);
        let schema = child.pipeline.schema;
        stages.extend(of_child.map(|stage| within_budget(stage, schema, &mut budget_left)));
    }
    Plan { pipeline, stages, children, rolls_back: None }
}

fn within_budget(stage: &Stage, schema: Schema, budget_left: &mut usize) -> StagePlan {
    let count = stage.deployment_count();
    // One bar is drawn in any case.
    if count > 1 && count > *budget_left {
        return one_bar(true);
    }
    *budget_left = budget_left.saturating_sub(count);
    let plan = plan_of(stage, schema);
    StagePlan { ambiguous_targets: ambiguous_targets(stage), ..plan }
}

impl StagePlan {
    /// The plan of a stage, however many deployments it has.
    pub fn new(stage: &Stage, schema: Schema) -> Self {
        plan_of(stage, schema)
    }
}

fn plan_of(stage: &Stage, schema: Schema) -> StagePlan {
    match (&stage.work, &stage.looping) {
        (work, Some(looping)) => children(work, looping),
        (Work::Deploy(deploy), None) => match &deploy.listed {
            Some(listed) => pairs(deploy, listed),
            None => combinations(deploy, schema),
        },
        (Work::Other, None) => one_bar(false),
        (Work::Unknown, None) => one_bar(true),
    }
}

fn one_bar(is_placeholder: bool) -> StagePlan {
    let bar = Deployment { service: None, target: None, is_placeholder };
    StagePlan { deployments: vec![bar], max_concurrency: 1, ambiguous_targets: Vec::new() }
}

/// The children of a looping strategy, in its order.
fn children(work: &Work, looping: &Looping) -> StagePlan {
    let deployments = looping.children.iter().map(|child| {
        let is_unknown = match (work, child.service, child.target) {
            (Work::Deploy(deploy), Some(service), Some(target)) => {
                deployment(deploy, service, target).is_placeholder
            }
            (Work::Deploy(deploy), None, Some(target)) => {
                deploy.targets.items[target as usize].is_placeholder()
            }
            (Work::Unknown, ..) => true,
            _ => false,
        };
        let is_placeholder = child.is_placeholder || is_unknown;
        Deployment { service: child.service, target: child.target, is_placeholder }
    });
    limited(deployments.collect(), looping.max_concurrency)
}

/// Pairs in an order of their own.
fn pairs(deploy: &Deploy, listed: &Listed) -> StagePlan {
    let deployments = listed.pairs.iter().map(|(s, t)| deployment(deploy, *s, *t));
    let configured = deploy.max_concurrency.map(|limit| limit.value);
    limited(deployments.collect(), configured.or(listed.limit).unwrap_or(u32::MAX))
}

fn limited(deployments: Vec<Deployment>, limit: u32) -> StagePlan {
    let count = u32::try_from(deployments.len()).unwrap_or(u32::MAX);
    let max_concurrency = limit.clamp(1, count.max(1));
    StagePlan { deployments, max_concurrency, ambiguous_targets: Vec::new() }
}

/// Found once for a stage: asking for each label would take the square of their number.
pub(crate) fn ambiguous_targets(stage: &Stage) -> Vec<u32> {
    let Work::Deploy(deploy) = &stage.work else { return Vec::new() };
    let targets = &deploy.targets.items;
    let mut environments = targets.iter().map(|target| Some(&target.environment.as_ref()?.text));
    let first = environments.next();
    if environments.all(|other| Some(other) == first) {
        return Vec::new();
    }
    let names = || (0..).zip(targets.iter().map(Target::short_name));
    let mut of_name: Map<&str, u32> = Map::new();
    for (_, name) in names() {
        *of_name.or_default(name) += 1;
    }
    let is_shared = |name: &str| of_name.get(name).is_some_and(|count| *count > 1);
    names().filter(|(_, name)| is_shared(name)).map(|(index, _)| index).collect()
}

/// The two nestings, with their limits:
///
/// | services parallel | targets parallel | order | max concurrency |
/// |---|---|---|---|
/// | no  | no  | for each target: for each service | 1 |
/// | yes | no  | for each target: for each service | services |
/// | no  | yes | for each service: for each target | targets |
/// | yes | yes | for each target: for each service | services × targets |
///
/// In the newer schema the order is for each target: for each service, always.
fn combinations(deploy: &Deploy, schema: Schema) -> StagePlan {
    if deploy.services.items.is_empty() {
        return without_services(deploy);
    }
    let services = numbered(&deploy.services, |service| service.name.is_known);
    let targets = numbered(&deploy.targets, Target::is_placeholder);
    let count = |list: &[_]| u32::try_from(list.len()).unwrap_or(u32::MAX);
    let services_parallel = is_parallel(deploy.services.parallel);
    let targets_parallel = is_parallel(deploy.targets.parallel);
    // Exactly as long as it gets: a list that grows would hold up to twice its memory.
    let mut deployments = Vec::with_capacity(services.len() * targets.len());
    let pair = |(service, is_known): (u32, bool), (target, is_unknown): (u32, bool)| {
        let is_placeholder = !is_known || is_unknown;
        Deployment { service: Some(service), target: Some(target), is_placeholder }
    };
    if outer_axis(deploy, schema) == AxisName::Services {
        for s in &services {
            deployments.extend(targets.iter().map(|t| pair(*s, *t)));
        }
    } else {
        for t in &targets {
            deployments.extend(services.iter().map(|s| pair(*s, *t)));
        }
    }
    let computed = match (services_parallel, targets_parallel) {
        (false, false) => 1,
        (true, false) => count(&services),
        (false, true) => count(&targets),
        (true, true) => count(&services).saturating_mul(count(&targets)),
    };
    let is_multi = deploy.services.parallel.is_some() || deploy.targets.parallel.is_some();
    let configured = deploy.max_concurrency.filter(|_| is_multi).map(|limit| limit.value);
    limited(deployments, configured.unwrap_or(computed))
}

/// The targets of a Custom stage with an environment.
fn without_services(deploy: &Deploy) -> StagePlan {
    let targets = numbered(&deploy.targets, Target::is_placeholder);
    let on = |(target, is_placeholder)| Deployment {
        service: None,
        target: Some(target),
        is_placeholder,
    };
    limited(targets.into_iter().map(on).collect(), 1)
}

/// The axis of which each item comes with all of the other axis before the next one's turn.
fn outer_axis(deploy: &Deploy, schema: Schema) -> AxisName {
    match (deploy.services.parallel, deploy.targets.parallel) {
        (Some(services), Some(targets))
            if schema == Schema::V0 && !services.value && targets.value =>
        {
            AxisName::Services
        }
        (Some(_), None) if deploy.targets.items.len() == 1 => AxisName::Services,
        _ => AxisName::Targets,
    }
}

/// The items of an axis by number, each asked once and not once for each deployment.
fn numbered<T>(axis: &Axis<T>, ask: impl Fn(&T) -> bool) -> Vec<(u32, bool)> {
    (0..).zip(axis.items.iter().map(ask)).collect()
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

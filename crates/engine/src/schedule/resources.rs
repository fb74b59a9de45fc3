//! The resource constraint: one deployment at a time of a service on an infrastructure.
//!
//! Follows `docs/semantics.md`, "Resource constraint".

use std::collections::VecDeque;

use deployline_map::Map;

use super::CrowdedResource;
use crate::{Deploy, Deployment, DeploymentId, Plan, Stage, Target, Work, unscoped};

/// The most deployments that the product lets wait for one resource: the next one fails at once.
pub const MAX_WAITING: u32 = 20;

/// Deployments that have a resource, and those that wait for it.
pub(crate) struct Resources {
    /// By stage: the numbers of its services and targets; none where no conflict is possible.
    numbers: Vec<Option<Numbers>>,
    /// Deployments that wait for a resource that is in use; `None` where it is free again.
    in_use: Map<(u32, u32), Option<Waiting>>,
    /// Those for which too many have waited at a time.
    crowded: Map<(u32, u32), CrowdedResource>,
}

/// Deployments that wait for a resource.
#[derive(Default)]
struct Waiting {
    /// In the order in which they asked, those that are skipped by now included.
    queue: VecDeque<DeploymentId>,
    /// Number of those that are still wanted.
    count: u32,
}

/// The same name has the same number in all stages. `None` takes part in no constraint.
struct Numbers {
    services: Vec<Option<u32>>,
    targets: Vec<Option<u32>>,
}

impl Resources {
    pub(crate) fn new(plan: &Plan) -> Self {
        let stages = &plan.pipeline.stages;
        // Stages that may run side by side: of a DAG, and where stages run others, all.
        let is_any = plan.pipeline.is_dag() || !plan.children.is_empty();
        let side_by_side = |stage: &Stage| if is_any { 0 } else { stage.entry };
        let mut deploying: Map<u32, usize> = Map::new();
        for stage in stages.iter().filter(|stage| matches!(stage.work, Work::Deploy(_))) {
            *deploying.or_default(side_by_side(stage)) += 1;
        }
        let mut services: Map<&str, u32> = Map::new();
        let mut targets: Map<TargetKey<'_>, u32> = Map::new();
        let numbers = stages.iter().map(|stage| {
            let Work::Deploy(deploy) = &stage.work else { return None };
            let is_alone = deploying[&side_by_side(stage)] == 1;
            if deploy.is_gitops || is_alone && !may_use_twice(stage, deploy) {
                return None;
            }
            Some(Numbers {
                services: deploy
                    .services
                    .items
                    .iter()
                    .map(|service| {
                        service
                            .name
                            .is_known
                            .then(|| number(&mut services, unscoped(&service.name.text)))
                    })
                    .collect(),
                targets: deploy
                    .targets
                    .items
                    .iter()
                    .map(|target| target_key(target).map(|key| number(&mut targets, key)))
                    .collect(),
            })
        });
        Self { numbers: numbers.collect(), in_use: Map::new(), crowded: Map::new() }
    }

    /// Takes the resource of a deployment; `false` where it has to wait until it is given it.
    pub(crate) fn take(&mut self, at: DeploymentId, deployment: Deployment) -> bool {
        let Some(key) = self.key(at.stage, deployment) else { return true };
        match self.in_use.or_default(key) {
            Some(waiting) => {
                waiting.queue.push_back(at);
                waiting.count += 1;
                if waiting.count > MAX_WAITING {
                    let count = waiting.count;
                    let first = || CrowdedResource { first_refused: at, waiting: count };
                    let crowded = self.crowded.or_insert_with(key, first);
                    crowded.waiting = crowded.waiting.max(count);
                }
                false
            }
            free => {
                *free = Some(Waiting::default());
                true
            }
        }
    }

    /// Takes note that a deployment which waits for its resource is skipped.
    pub(crate) fn leave(&mut self, stage: usize, deployment: Deployment) {
        let Some(key) = self.key(super::index_u32(stage), deployment) else { return };
        if let Some(Some(waiting)) = self.in_use.get_mut(&key) {
            waiting.count -= 1;
        }
    }

    /// The resources for which too many have waited at a time.
    pub(crate) fn into_crowded(self) -> Vec<CrowdedResource> {
        self.crowded.into_iter().map(|(_, crowded)| crowded).collect()
    }

    /// Gives the resource of a deployment that ended to the first that waits for it and is still
    /// wanted.
    pub(crate) fn pass_on(
        &mut self,
        at: DeploymentId,
        deployment: Deployment,
        is_wanted: impl Fn(DeploymentId) -> bool,
    ) -> Option<DeploymentId> {
        let key = self.key(at.stage, deployment)?;
        let waiting = self.in_use.get_mut(&key)?;
        let of_resource = waiting.as_mut()?;
        while let Some(next) = of_resource.queue.pop_front() {
            if is_wanted(next) {
                of_resource.count -= 1;
                return Some(next);
            }
        }
        *waiting = None;
        None
    }

    fn key(&self, stage: u32, deployment: Deployment) -> Option<(u32, u32)> {
        let numbers = self.numbers[stage as usize].as_ref()?;
        let service = numbers.services[deployment.service? as usize]?;
        let target = numbers.targets[deployment.target? as usize]?;
        Some((service, target))
    }
}

/// Returns `true` where the stage itself may use a resource twice.
fn may_use_twice(stage: &Stage, deploy: &Deploy) -> bool {
    stage.looping.is_some()
        || repeats(deploy.services.items.iter().map(|item| unscoped(&item.name.text)))
        || repeats(deploy.targets.items.iter().map(target_key))
}

fn repeats<T: Ord>(names: impl Iterator<Item = T>) -> bool {
    let mut seen = Map::new();
    names.into_iter().any(|name| seen.insert(name, ()).is_some())
}

/// Environment, and the values of its infrastructure or the name that tells it from others.
type TargetKey<'a> = (&'a str, InfrastructureKey<'a>);

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum InfrastructureKey<'a> {
    Values(&'a str),
    Name(&'a str),
}

fn target_key(target: &Target) -> Option<TargetKey<'_>> {
    if target.is_placeholder() || target.allows_simultaneous {
        return None;
    }
    let environment = unscoped(&target.environment.as_ref()?.text);
    if let Some(values) = &target.constraint_values {
        return Some((environment, InfrastructureKey::Values(values)));
    }
    let infrastructure = target.infrastructure.as_ref().map(|name| unscoped(&name.text));
    let name = infrastructure.or(target.detail.as_deref())?;
    Some((environment, InfrastructureKey::Name(name)))
}

fn number<K: Ord>(numbers: &mut Map<K, u32>, key: K) -> u32 {
    let next = super::index_u32(numbers.len());
    *numbers.or_insert_with(key, || next)
}

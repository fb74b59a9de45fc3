//! The duration of each deployment of a stage, looked up once per name instead of per deployment.

use std::collections::BTreeMap;

use crate::{Assumptions, Deploy, Deployment, DurationKey, Ms, Reference, Stage, Target, Work};

/// What is said of each service, from the least to the most specific.
pub(crate) struct ByService<'a>(BTreeMap<&'a str, Vec<(&'a DurationKey, Ms)>>);

impl<'a> ByService<'a> {
    pub(crate) fn new(assumptions: &'a Assumptions) -> Self {
        let mut all: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        // The map goes from the least to the most specific key.
        for (key, duration) in &assumptions.durations {
            if let DurationKey::Service(name)
            | DurationKey::ServiceInfrastructure(name, _)
            | DurationKey::ServiceTarget(name, ..) = key
            {
                all.entry(name).or_default().push((key, *duration));
            }
        }
        Self(all)
    }
}

/// The durations of one stage.
pub(crate) struct StageDurations {
    default: Ms,
    by_service: Vec<OfService>,
}

#[derive(Clone, Default)]
struct OfService {
    anywhere: Option<Ms>,
    /// Only what some key names, by target.
    by_target: Vec<(u32, Ms)>,
}

impl StageDurations {
    pub(crate) fn new(stage: &Stage, assumptions: &Assumptions, said: &ByService<'_>) -> Self {
        let stage_key = DurationKey::Stage(stage.identifier.clone());
        let default = assumptions.durations.get(&stage_key).copied();
        let by_service = match &stage.work {
            Work::Deploy(deploy) if !said.0.is_empty() => by_service(deploy, said),
            _ => Vec::new(),
        };
        Self { default: default.unwrap_or(assumptions.duration), by_service }
    }

    pub(crate) fn of(&self, deployment: Deployment) -> Ms {
        let (Some(service), Some(target)) = (deployment.service, deployment.target) else {
            return self.default;
        };
        let Some(of) = self.by_service.get(service as usize) else { return self.default };
        let at = of.by_target.binary_search_by_key(&target, |(target, _)| *target);
        at.ok().map(|at| of.by_target[at].1).or(of.anywhere).unwrap_or(self.default)
    }
}

fn by_service(deploy: &Deploy, said: &ByService<'_>) -> Vec<OfService> {
    let mut by_infrastructure: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (target, index) in deploy.targets.items.iter().zip(0..) {
        if let Some(infrastructure) = &target.infrastructure {
            by_infrastructure.entry(&infrastructure.text).or_default().push(index);
        }
    }
    let of_service = |name: &Reference| {
        let mut of = OfService::default();
        for (key, duration) in said.0.get(name.text.as_str()).into_iter().flatten() {
            let (DurationKey::ServiceInfrastructure(_, infrastructure)
            | DurationKey::ServiceTarget(_, _, infrastructure)) = key
            else {
                of.anywhere = Some(*duration);
                continue;
            };
            let candidates = by_infrastructure.get(infrastructure.as_str()).into_iter().flatten();
            let named =
                candidates.filter(|at| in_environment(key, &deploy.targets.items[**at as usize]));
            of.by_target.extend(named.map(|at| (*at, *duration)));
        }
        keep_last(&mut of.by_target);
        of
    };
    deploy.services.items.iter().map(|service| of_service(&service.name)).collect()
}

/// Sorts by target; of several durations of one, the last and most specific stays.
fn keep_last(by_target: &mut Vec<(u32, Ms)>) {
    by_target.reverse();
    by_target.sort_by_key(|(target, _)| *target);
    by_target.dedup_by_key(|(target, _)| *target);
}

/// Whether the key names the target's environment, or none.
fn in_environment(key: &DurationKey, target: &Target) -> bool {
    let DurationKey::ServiceTarget(_, environment, _) = key else { return true };
    target.environment.as_ref().is_some_and(|reference| reference.text == *environment)
}

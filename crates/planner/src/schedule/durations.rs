//! The duration of each deployment of a stage, looked up once per name instead of per deployment.

use std::collections::BTreeMap;

use crate::{Assumptions, Axis, Deployment, DurationKey, Ms, Service, Stage, Target, Work};

pub(crate) struct StageDurations {
    default: Ms,
    by_service: Vec<Option<Ms>>,
    /// By service and target; only what some key names.
    by_pair: BTreeMap<(u32, u32), Ms>,
}

impl StageDurations {
    pub(crate) fn new(stage: &Stage, assumptions: &Assumptions) -> Self {
        let stage_key = DurationKey::Stage(stage.identifier.clone());
        let default = assumptions.durations.get(&stage_key).copied();
        let mut durations = Self {
            default: default.unwrap_or(assumptions.duration),
            by_service: Vec::new(),
            by_pair: BTreeMap::new(),
        };
        if let Work::Deploy(deploy) = &stage.work {
            // The map goes from the least to the most specific key: later ones win.
            for (key, duration) in &assumptions.durations {
                durations.add(key, *duration, &deploy.services, &deploy.targets);
            }
        }
        durations
    }

    pub(crate) fn of(&self, deployment: Deployment) -> Ms {
        let (Some(service), Some(target)) = (deployment.service, deployment.target) else {
            return self.default;
        };
        let pair = || self.by_pair.get(&(service, target)).copied();
        let by_service = || self.by_service.get(service as usize).copied().flatten();
        // Looking into an empty map is free; most runs have no pair at all.
        pair().or_else(by_service).unwrap_or(self.default)
    }

    fn add(
        &mut self,
        key: &DurationKey,
        duration: Ms,
        services: &Axis<Service>,
        targets: &Axis<Target>,
    ) {
        let (DurationKey::Service(name)
        | DurationKey::ServiceInfrastructure(name, _)
        | DurationKey::ServiceTarget(name, ..)) = key
        else {
            return;
        };
        let named = (0..).zip(&services.items).filter(|(_, item)| item.name.text == *name);
        for (service, _) in named {
            if matches!(key, DurationKey::Service(_)) {
                self.by_service.resize(services.items.len(), None);
                self.by_service[service as usize] = Some(duration);
                continue;
            }
            let matching = (0..).zip(&targets.items).filter(|(_, item)| names_target(key, item));
            self.by_pair.extend(matching.map(|(target, _)| ((service, target), duration)));
        }
    }
}

fn names_target(key: &DurationKey, target: &Target) -> bool {
    let is = |reference: &Option<crate::Reference>, name: &str| {
        reference.as_ref().is_some_and(|reference| reference.text == name)
    };
    match key {
        DurationKey::Stage(_) | DurationKey::Service(_) => false,
        DurationKey::ServiceInfrastructure(_, infrastructure) => {
            is(&target.infrastructure, infrastructure)
        }
        DurationKey::ServiceTarget(_, environment, infrastructure) => {
            is(&target.infrastructure, infrastructure) && is(&target.environment, environment)
        }
    }
}

//! Deployments that a filter finds. Each name is matched once, however many deployments have it.

use deployline_engine::format::lower_case;
use deployline_engine::{Deployment, Stage, Work};

/// Deployments of a stage that a filter finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Matches {
    /// Everything: no filter, or the stage's own name matches.
    All,
    /// Those of one of these services or targets, by number.
    Some { services: Vec<bool>, targets: Vec<bool> },
}

impl Matches {
    /// Matches the names of a stage. `needle` is in lower case.
    pub(crate) fn new(stage: &Stage, needle: &str) -> Self {
        let is_in = |name: &str| lower_case(name).contains(needle);
        if needle.is_empty() || is_in(&stage.name) {
            return Self::All;
        }
        let Work::Deploy(deploy) = &stage.work else {
            return Self::Some { services: Vec::new(), targets: Vec::new() };
        };
        let services = deploy.services.items.iter().map(|service| is_in(&service.name.text));
        let targets = deploy.targets.items.iter().map(|target| {
            let environment = target.environment.as_ref();
            environment.is_some_and(|name| is_in(&name.text)) || is_in(target.short_name())
        });
        Self::Some { services: services.collect(), targets: targets.collect() }
    }

    /// Returns true for a deployment that the filter finds.
    pub(crate) fn has(&self, deployment: Deployment) -> bool {
        let Self::Some { services, targets } = self else { return true };
        let is_set = |flags: &[bool], i: Option<u32>| {
            i.and_then(|i| flags.get(i as usize)).copied().unwrap_or(false)
        };
        is_set(services, deployment.service) || is_set(targets, deployment.target)
    }
}

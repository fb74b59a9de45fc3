//! Durations for what no deployment is.

use deployline_engine::{Assumptions, Deploy, DurationKey, Plan, StagePlan, Target, Work};
use deployline_map::{Map, Set};

use super::{Stages, Unmatched, absent, expected, start_of_text};

/// Durations that no deployment has.
pub(super) fn unmatched(
    plan: &Plan,
    stages: &Stages<'_>,
    assumptions: &Assumptions,
) -> Vec<Unmatched> {
    if assumptions.durations.is_empty() {
        return Vec::new();
    }
    let names = Names::new(plan, assumptions);
    let found = assumptions.durations.keys().filter_map(|key| {
        let (span, why) = match key {
            DurationKey::Stage(stage) => (start_of_text(), no_stage(stage, stages)?),
            DurationKey::Deployment(stage, index) => {
                (stages.span_of(stage), stages.no_deployment(stage, *index)?)
            }
            key => (start_of_text(), names.why_not(key)?),
        };
        let message = format!("The duration for `{key}` is for no deployment: {why}");
        Some(Unmatched { span, message })
    });
    found.collect()
}

fn no_stage(stage: &str, stages: &Stages<'_>) -> Option<String> {
    stages.get(stage).is_none().then(|| stages.no_stage(stage))
}

/// Names of what is deployed, and where to.
#[derive(Default)]
struct Names<'p> {
    services: Set<&'p str>,
    infrastructures: Set<&'p str>,
    /// Infrastructures by environment.
    environments: Map<&'p str, Set<&'p str>>,
    /// Service and infrastructure of the deployments of those services that a key names with a place.
    pairs: Set<(&'p str, &'p str)>,
    /// The same with the environment between them.
    triples: Set<(&'p str, &'p str, &'p str)>,
}

impl<'p> Names<'p> {
    fn new(plan: &'p Plan, assumptions: &Assumptions) -> Self {
        let mut names = Self::default();
        let with_place: Set<&str> = assumptions.durations.keys().filter_map(with_place).collect();
        for (stage, planned) in plan.pipeline.stages.iter().zip(&plan.stages) {
            if let Work::Deploy(deploy) = &stage.work {
                names.add(deploy, planned, &with_place);
            }
        }
        names
    }

    fn add(&mut self, deploy: &'p Deploy, planned: &StagePlan, with_place: &Set<&str>) {
        let (services, targets) = (&deploy.services.items, &deploy.targets.items);
        self.services.extend(services.iter().map(|service| service.name.text.as_str()));
        for (environment, infrastructure) in targets.iter().filter_map(place) {
            self.infrastructures.insert(infrastructure);
            self.environments.or_default(environment).insert(infrastructure);
        }
        if with_place.is_empty() {
            return;
        }
        for deployment in &planned.deployments {
            let service = deployment.service.and_then(|it| services.get(it as usize));
            let target = deployment.target.and_then(|it| targets.get(it as usize));
            let (Some(service), Some(place)) = (service, target.and_then(place)) else { continue };
            let service = service.name.text.as_str();
            if with_place.contains(service) {
                self.pairs.insert((service, place.1));
                self.triples.insert((service, place.0, place.1));
            }
        }
    }

    /// Reason why no deployment has this key; `None` where one has.
    fn why_not(&self, key: &DurationKey) -> Option<String> {
        match key {
            DurationKey::Service(service) => self.no_service(service),
            DurationKey::Infrastructure(infrastructure) => self.no_infrastructure(infrastructure),
            DurationKey::Target(environment, infrastructure) => {
                self.no_target(environment, infrastructure)
            }
            DurationKey::ServiceInfrastructure(service, infrastructure) => {
                let is_there = self.pairs.contains(&(service.as_str(), infrastructure.as_str()));
                let why = || {
                    self.no_service(service)
                        .or_else(|| self.no_infrastructure(infrastructure))
                        .unwrap_or_else(|| never(service, infrastructure))
                };
                (!is_there).then(why)
            }
            DurationKey::ServiceTarget(service, environment, infrastructure) => {
                let triple = (service.as_str(), environment.as_str(), infrastructure.as_str());
                let why = || {
                    self.no_service(service)
                        .or_else(|| self.no_target(environment, infrastructure))
                        .unwrap_or_else(|| {
                            never(service, &format!("{environment}/{infrastructure}"))
                        })
                };
                (!self.triples.contains(&triple)).then(why)
            }
            DurationKey::Stage(_) | DurationKey::Deployment(..) => None,
        }
    }

    fn no_service(&self, service: &str) -> Option<String> {
        no("service", service, &self.services)
    }

    fn no_infrastructure(&self, infrastructure: &str) -> Option<String> {
        no("infrastructure", infrastructure, &self.infrastructures)
    }

    fn no_target(&self, environment: &str, infrastructure: &str) -> Option<String> {
        let Some(here) = self.environments.get(environment) else {
            return Some(absent("environment", environment, &names(self.environments.keys())));
        };
        if here.contains(infrastructure) {
            return None;
        }
        self.no_infrastructure(infrastructure).or_else(|| {
            let expected = expected(infrastructure, &names(here.iter()));
            Some(format!("`{infrastructure}` is no infrastructure of `{environment}`. {expected}"))
        })
    }
}

fn no(kind: &str, name: &str, known: &Set<&str>) -> Option<String> {
    (!known.contains(name)).then(|| absent(kind, name, &names(known.iter())))
}

fn names<'n>(known: impl Iterator<Item = &'n &'n str>) -> Vec<&'n str> {
    known.copied().collect()
}

fn never(service: &str, place: &str) -> String {
    format!("`{service}` is not deployed to `{place}`.")
}

/// The service that a key names together with a place.
fn with_place(key: &DurationKey) -> Option<&str> {
    match key {
        DurationKey::ServiceInfrastructure(service, _)
        | DurationKey::ServiceTarget(service, ..) => Some(service),
        _ => None,
    }
}

/// Names of environment and infrastructure; an environment that is not named is empty.
fn place(target: &Target) -> Option<(&str, &str)> {
    let environment = target.environment.as_ref().map_or("", |name| name.text.as_str());
    Some((environment, &target.infrastructure.as_ref()?.text))
}

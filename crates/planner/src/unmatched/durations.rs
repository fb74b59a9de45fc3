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
            DurationKey::Stage(stage) => match no_stage(stage, stages) {
                Some(why) => (start_of_text(), why),
                None => (stages.span_of(stage), runs_others(plan, stage, None)?),
            },
            DurationKey::Deployment(stage, index) => {
                let why = stages.no_deployment(stage, *index);
                let why = why.or_else(|| runs_others(plan, stage, Some(*index)));
                (stages.span_of(stage), why?)
            }
            key => (start_of_text(), names.why_not(key)?),
        };
        let message = format!("The duration for `{key}` is for no deployment: {why}");
        Some(Unmatched { span, message })
    });
    found.collect()
}

/// Reason why a duration has no effect on a stage, or on a deployment of it: that lasts as long as the pipeline that
/// it runs.
fn runs_others(plan: &Plan, stage: &str, index: Option<u32>) -> Option<String> {
    let mut of_stage = plan.children.iter().map(|child| child.of).filter(|of| {
        let is_of = plan.pipeline.stages[of.stage as usize].identifier == stage;
        is_of && index.is_none_or(|index| index == of.index)
    });
    let count = of_stage.next().map(|first| plan.stages[first.stage as usize].deployments.len())?;
    let is_all = index.is_some() || of_stage.count() + 1 == count;
    is_all.then(|| {
        "it lasts as long as the pipeline that it runs. Give durations for the stages of that one.".to_owned()
    })
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
    /// Numbers of those services that a key names with a place.
    service_numbers: Map<&'p str, u32>,
    infrastructure_numbers: Map<&'p str, u32>,
    /// By environment and infrastructure.
    place_numbers: Map<(&'p str, &'p str), u32>,
    /// `true` where a key names a service and an infrastructure; then these of each deployment, by number.
    has_pairs: bool,
    pairs: Set<(u32, u32)>,
    /// `true` where a key names a service and a place; then these of each deployment.
    has_triples: bool,
    triples: Set<(u32, u32)>,
}

impl<'p> Names<'p> {
    fn new(plan: &'p Plan, assumptions: &'p Assumptions) -> Self {
        let mut names = Self::default();
        let mut last = None;
        for key in assumptions.durations.keys() {
            names.has_pairs |= matches!(key, DurationKey::ServiceInfrastructure(..));
            names.has_triples |= matches!(key, DurationKey::ServiceTarget(..));
            // Keys of one service stand together.
            let Some(service) = with_place(key).filter(|service| last != Some(*service)) else {
                continue;
            };
            number(&mut names.service_numbers, service);
            last = Some(service);
        }
        for (stage, planned) in plan.pipeline.stages.iter().zip(&plan.stages) {
            if let Work::Deploy(deploy) = &stage.work {
                names.add(deploy, planned);
            }
        }
        names
    }

    fn add(&mut self, deploy: &'p Deploy, planned: &StagePlan) {
        let (services, targets) = (&deploy.services.items, &deploy.targets.items);
        self.services.extend(services.iter().map(|service| service.name.text.as_str()));
        for (environment, infrastructure) in targets.iter().filter_map(place) {
            self.infrastructures.insert(infrastructure);
            self.environments.or_default(environment).insert(infrastructure);
        }
        // A name is looked up once, and not for each deployment.
        let numbers = services.iter().map(|it| self.service_numbers.get(it.name.text.as_str()));
        let services: Vec<Option<u32>> = numbers.map(Option::<&u32>::copied).collect();
        if services.iter().all(Option::is_none) {
            return;
        }
        let places = targets.iter().map(|target| {
            let (environment, infrastructure) = place(target)?;
            let place = number(&mut self.place_numbers, (environment, infrastructure));
            Some((number(&mut self.infrastructure_numbers, infrastructure), place))
        });
        let places: Vec<Option<(u32, u32)>> = places.collect();
        for deployment in &planned.deployments {
            let service = deployment.service.and_then(|it| services[it as usize]);
            let place = deployment.target.and_then(|it| places[it as usize]);
            let (Some(service), Some((infrastructure, place))) = (service, place) else { continue };
            if self.has_pairs {
                self.pairs.insert((service, infrastructure));
            }
            if self.has_triples {
                self.triples.insert((service, place));
            }
        }
    }

    /// Returns `true` where a service is deployed to an infrastructure of any environment.
    fn has_pair(&self, service: &str, infrastructure: &str) -> bool {
        let service = self.service_numbers.get(service);
        let infrastructure = self.infrastructure_numbers.get(infrastructure);
        let pair = service.copied().zip(infrastructure.copied());
        pair.is_some_and(|pair| self.pairs.contains(&pair))
    }

    /// Returns `true` where a service is deployed to an infrastructure of this environment.
    fn has_triple(&self, service: &str, place: (&str, &str)) -> bool {
        let service = self.service_numbers.get(service);
        let triple = service.copied().zip(self.place_numbers.get(&place).copied());
        triple.is_some_and(|triple| self.triples.contains(&triple))
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
                let is_there = self.has_pair(service, infrastructure);
                let why = || {
                    self.no_service(service)
                        .or_else(|| self.no_infrastructure(infrastructure))
                        .unwrap_or_else(|| never(service, infrastructure))
                };
                (!is_there).then(why)
            }
            DurationKey::ServiceTarget(service, environment, infrastructure) => {
                let is_there = self.has_triple(service, (environment, infrastructure));
                let why = || {
                    self.no_service(service)
                        .or_else(|| self.no_target(environment, infrastructure))
                        .unwrap_or_else(|| {
                            never(service, &format!("{environment}/{infrastructure}"))
                        })
                };
                (!is_there).then(why)
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

fn number<K: Ord>(numbers: &mut Map<K, u32>, key: K) -> u32 {
    let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    *numbers.or_insert_with(key, || next)
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

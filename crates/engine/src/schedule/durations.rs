//! The duration of each deployment of a stage, looked up once for each name and not for each deployment.

use deployline_map::Map;

use super::uneven::UnevenDurations;
use crate::{Assumptions, Deploy, Deployment, DurationKey, Ms, Reference, Stage, Target, Work};

/// The given durations by the name that each is for, from the least to the most specific.
pub(crate) struct DurationTable<'a> {
    of_services: ByName<'a>,
    /// Those for any service.
    of_infrastructures: ByName<'a>,
    /// By stage identifier and index.
    of_deployments: Map<&'a str, ByIndex>,
}

type ByName<'a> = Map<&'a str, Vec<(&'a DurationKey, Ms)>>;

/// Durations by index, in ascending order.
type ByIndex = Vec<(u32, Ms)>;

impl<'a> DurationTable<'a> {
    pub(crate) fn new(assumptions: &'a Assumptions) -> Self {
        let mut table = Self {
            of_services: ByName::new(),
            of_infrastructures: ByName::new(),
            of_deployments: Map::new(),
        };
        // The map goes from the least to the most specific key.
        for (key, duration) in &assumptions.durations {
            table.add(key, *duration);
        }
        table
    }

    fn add(&mut self, key: &'a DurationKey, duration: Ms) {
        let (of, name) = match key {
            DurationKey::Service(name)
            | DurationKey::ServiceInfrastructure(name, _)
            | DurationKey::ServiceTarget(name, ..) => (&mut self.of_services, name),
            DurationKey::Infrastructure(name) | DurationKey::Target(_, name) => {
                (&mut self.of_infrastructures, name)
            }
            DurationKey::Deployment(stage, index) => {
                self.of_deployments.or_default(stage).push((*index, duration));
                return;
            }
            DurationKey::Stage(_) => return,
        };
        of.or_default(name).push((key, duration));
    }
}

/// The durations of one stage; for each deployment, the first of these fields that has one counts.
pub(crate) struct StageDurations {
    /// `None` where no deployment has its own.
    by_index: Option<ByIndex>,
    /// By service; empty where none is given for any.
    by_service: Vec<ServiceDurations>,
    /// By target; empty where none is given for any.
    by_target: Vec<Option<Ms>>,
    of_stage: Option<Ms>,
    uneven: Option<UnevenDurations>,
    default: Ms,
}

#[derive(Clone, Default)]
struct ServiceDurations {
    anywhere: Option<Ms>,
    /// By target, where one is given for this service there.
    by_target: Vec<(u32, Ms)>,
}

impl StageDurations {
    pub(crate) fn new(stage: &Stage, assumptions: &Assumptions, table: &DurationTable<'_>) -> Self {
        let stage_key = DurationKey::Stage(stage.identifier.clone());
        let deploy = match &stage.work {
            Work::Deploy(deploy) => Some(&**deploy),
            Work::Other | Work::Unknown => None,
        };
        let of_services = deploy.filter(|_| !table.of_services.is_empty());
        let of_targets = deploy.filter(|_| !table.of_infrastructures.is_empty());
        Self {
            by_index: table.of_deployments.get(stage.identifier.as_str()).cloned(),
            by_service: of_services.map(|deploy| by_service(deploy, table)).unwrap_or_default(),
            by_target: of_targets.map(|deploy| by_target(deploy, table)).unwrap_or_default(),
            of_stage: assumptions.durations.get(&stage_key).copied(),
            uneven: assumptions.uneven.and_then(|seed| UnevenDurations::new(stage, seed)),
            default: assumptions.duration,
        }
    }

    /// Duration of the deployment at `index`.
    #[inline]
    pub(crate) fn of(&self, index: u32, deployment: Deployment) -> Ms {
        if let Some(duration) = self.by_index.as_ref().and_then(|by_index| find(by_index, index)) {
            return duration;
        }
        let Some(target) = deployment.target else {
            return self.of_stage.unwrap_or(self.default);
        };
        let of_service = deployment.service.and_then(|it| self.by_service.get(it as usize));
        match of_service.and_then(|of| of.on(target)) {
            Some(duration) => duration,
            None => self.of_any_service(index, deployment, target),
        }
    }

    fn of_any_service(&self, index: u32, deployment: Deployment, target: u32) -> Ms {
        let given = self.by_target.get(target as usize).copied().flatten().or(self.of_stage);
        given
            .or_else(|| Some(self.uneven.as_ref()?.of(index, deployment, self.default)))
            .unwrap_or(self.default)
    }
}

impl ServiceDurations {
    fn on(&self, target: u32) -> Option<Ms> {
        find(&self.by_target, target).or(self.anywhere)
    }
}

/// Duration of an index, in a list in ascending order.
fn find(durations: &[(u32, Ms)], index: u32) -> Option<Ms> {
    let at = durations.binary_search_by_key(&index, |(index, _)| *index);
    at.ok().map(|at| durations[at].1)
}

/// Duration for each target and any service: the last and most specific that names it.
fn by_target(deploy: &Deploy, table: &DurationTable<'_>) -> Vec<Option<Ms>> {
    let of_target = |target: &Target| {
        let infrastructure = target.infrastructure.as_ref()?.text.as_str();
        let keys = table.of_infrastructures.get(infrastructure)?.iter().rev();
        keys.filter(|(key, _)| in_environment(key, target)).map(|(_, duration)| *duration).next()
    };
    deploy.targets.items.iter().map(of_target).collect()
}

fn by_service(deploy: &Deploy, table: &DurationTable<'_>) -> Vec<ServiceDurations> {
    let mut by_infrastructure: Map<&str, Vec<u32>> = Map::new();
    for (target, index) in deploy.targets.items.iter().zip(0..) {
        if let Some(infrastructure) = &target.infrastructure {
            by_infrastructure.or_default(&infrastructure.text).push(index);
        }
    }
    let of_service = |name: &Reference| {
        let mut of = ServiceDurations::default();
        for (key, duration) in table.of_services.get(name.text.as_str()).into_iter().flatten() {
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
    deployline_map::sort_by(by_target, |a, b| a.0.cmp(&b.0));
    by_target.dedup_by_key(|(target, _)| *target);
}

/// Returns `true` where the key names the target's environment, or none.
fn in_environment(key: &DurationKey, target: &Target) -> bool {
    let (DurationKey::ServiceTarget(_, environment, _) | DurationKey::Target(environment, _)) = key
    else {
        return true;
    };
    target.environment.as_ref().is_some_and(|reference| reference.text == *environment)
}

#[cfg(test)]
mod tests {
    use crate::{Assumptions, samples, schedule};

    #[test]
    fn the_most_specific_wins() {
        let stages = [samples::deploy((2, true), (2, true), 0), samples::other("b")];
        let plan = samples::plan(stages);
        // S1 I1, S2 I1, S1 I2, S2 I2; then b.
        let cases: [(&[_], _); _] = [
            (&[], [1, 1, 1, 1, 1]),
            (&[("stage:a", 9)], [9, 9, 9, 9, 1]),
            (&[("stage:a", 9), ("@I2", 2)], [9, 9, 2, 2, 1]),
            (&[("@I2", 2), ("@E/I2", 3), ("@F/I2", 4), ("@E/I1", 5)], [5, 5, 3, 3, 1]),
            (&[("@E/I2", 3), ("S1", 6)], [6, 1, 6, 3, 1]),
            (&[("@E/I2", 3), ("S1", 6), ("S1@I2", 7)], [6, 1, 7, 3, 1]),
            (&[("S1", 6), ("S1@I2", 7), ("S1@E/I2", 8), ("stage:a#3", 2)], [6, 1, 2, 1, 1]),
            (
                &[("stage:a#5", 2), ("stage:c#1", 3), ("stage:b#1", 4), ("stage:b", 5)],
                [1, 1, 1, 1, 4],
            ),
        ];
        for (minutes, expected) in cases {
            let durations = samples::minutes(minutes);
            let schedule = schedule(&plan, &Assumptions { durations, ..Assumptions::default() });
            let runs = schedule.stages.iter().flat_map(|stage| &stage.runs);
            let found = runs.map(|run| (run.end - run.start).0 / 60_000).collect::<Vec<_>>();
            assert_eq!(found, expected, "{minutes:?}");
        }
    }
}

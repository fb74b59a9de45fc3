//! The duration of each deployment of a stage, looked up once for each name and not for each deployment.

use deployline_map::Map;

use super::uneven::UnevenDurations;
use crate::{
    Assumptions, Deploy, Deployment, DurationKey, Ms, Plan, Reference, Stage, StagePlan, Target,
    Work,
};

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
        self.given(index, deployment).unwrap_or_else(|| match self.uneven_of(deployment) {
            Some(uneven) => uneven.of(index, deployment, self.default),
            None => self.default,
        })
    }

    /// Source of the duration of the deployment at `index`.
    fn source(&self, index: u32, deployment: Deployment) -> DurationSource {
        if self.given(index, deployment).is_some() {
            return DurationSource::Given;
        }
        match self.uneven_of(deployment) {
            Some(_) => DurationSource::Uneven,
            None => DurationSource::Default,
        }
    }

    #[inline]
    pub(crate) fn given(&self, index: u32, deployment: Deployment) -> Option<Ms> {
        if let Some(duration) = self.by_index.as_ref().and_then(|by_index| find(by_index, index)) {
            return Some(duration);
        }
        let Some(target) = deployment.target else { return self.of_stage };
        let of_service = deployment.service.and_then(|it| self.by_service.get(it as usize));
        let of_target = || self.by_target.get(target as usize).copied().flatten();
        of_service.and_then(|of| of.on(target)).or_else(of_target).or(self.of_stage)
    }

    /// Uneven durations, where the deployment has a target to tell it from others.
    fn uneven_of(&self, deployment: Deployment) -> Option<&UnevenDurations> {
        self.uneven.as_ref().filter(|_| deployment.target.is_some())
    }
}

/// Source of a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DurationSource {
    /// The one for every deployment.
    Default,
    /// A key of [`Assumptions::durations`].
    Given,
    /// Made up from the seed of uneven ones.
    Uneven,
}

/// Sources of the durations of all deployments, by stage.
pub fn duration_sources(plan: &Plan, assumptions: &Assumptions) -> Vec<Vec<DurationSource>> {
    let table = DurationTable::new(assumptions);
    let of_stage = |(stage, planned): (&Stage, &StagePlan)| {
        let durations = StageDurations::new(stage, assumptions, &table);
        let deployments = planned.deployments.iter().zip(0..);
        deployments.map(|(deployment, index)| durations.source(index, *deployment)).collect()
    };
    plan.pipeline.stages.iter().zip(&plan.stages).map(of_stage).collect()
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
    use super::{DurationSource, duration_sources};
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

    #[test]
    fn each_duration_has_a_source() {
        use DurationSource::{Default, Given, Uneven};
        let stages = [samples::deploy((2, true), (1, true), 0), samples::other("b")];
        let plan = samples::plan(stages);
        // S1 I1, S2 I1; then b, which has no target.
        for (uneven, minutes, expected) in [
            (None, &[][..], [Default, Default, Default]),
            (Some(7), &[], [Uneven, Uneven, Default]),
            (None, &[("S2", 3)], [Default, Given, Default]),
            (Some(7), &[("stage:a#1", 3), ("stage:b", 2)], [Given, Uneven, Given]),
        ] {
            let durations = samples::minutes(minutes);
            let assumptions = Assumptions { durations, uneven, ..Assumptions::default() };
            let found = duration_sources(&plan, &assumptions).concat();
            assert_eq!(found, expected, "{uneven:?} {minutes:?}");
        }
    }
}

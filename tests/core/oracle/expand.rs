//! The ordered list and the limit of a stage, from the tables of `docs/semantics.md`.

use std::collections::BTreeSet;

use super::asking::Before;
use super::looping::{ChildCase, LoopCase};
use super::model::{
    Case, Flag, OnFailure, Services, StageCase, Targets, WRITTEN_YES, environment_name,
    infrastructure_name, service_name,
};
use super::outcome::{Ends, Outcome, UNITS};

/// The deployments of a stage in order.
#[derive(Clone)]
pub(crate) struct Expected {
    pub(crate) deployments: Vec<One>,
    pub(crate) limit: usize,
    pub(crate) skip_queued: bool,
    /// The first failure cancels those that run, too.
    pub(crate) fail_fast: bool,
    /// Those that a condition skips, when their turn comes.
    pub(crate) skipped: BTreeSet<usize>,
}

impl Expected {
    /// A condition skips all of it.
    pub(crate) fn is_skipped(&self) -> bool {
        (0..self.deployments.len()).all(|i| self.skipped.contains(&i))
    }
}

/// One deployment. All is empty in a stage that deploys nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct One {
    pub(crate) service: String,
    pub(crate) environment: String,
    pub(crate) infrastructure: String,
    /// What a strategy gave it.
    pub(crate) values: String,
    /// What only one deployment at a time may have.
    pub(crate) place: Option<String>,
    /// Length of its work, in units of time.
    pub(crate) work: u64,
    /// What becomes of it.
    pub(crate) outcome: Outcome,
}

pub(crate) fn stage(case: &Case, stage: &StageCase, position: usize) -> Expected {
    let allowed = case.account_limit.map_or(usize::MAX, |limit| limit as usize);
    let (mut deployments, asked, skip_queued) = match &stage.looping {
        Some(looping) => {
            let children = children(case, stage, looping, position);
            let limit = looping.limit(children.len());
            (children, limit, looping.on_failure.skips(stage.is_deployment))
        }
        None if stage.is_deployment => {
            let (deployments, limit) = combinations(case, stage, position);
            (deployments, limit, stage.on_failure.skips(true))
        }
        None => (vec![bar(case, stage)], 1, false),
    };
    let limit = asked.min(allowed).min(deployments.len());
    let rollback = case.rollback.map(|seconds| seconds * UNITS);
    for (i, one) in deployments.iter_mut().enumerate() {
        one.outcome = match stage.failing.get(&i) {
            Some(failure) => Outcome::failure(&stage.strategies, failure, one.work, rollback),
            None => Outcome::success(one.work),
        };
    }
    let of_loop = stage.looping.as_ref().map(|looping| looping.on_failure);
    let fail_fast = of_loop == Some(OnFailure::FailFast);
    Expected { deployments, limit, skip_queued, fail_fast, skipped: BTreeSet::new() }
}

/// Those of a stage that its condition skips, where the stages before its entry ended so and all of them so.
pub(crate) fn skipped(
    stage: &StageCase,
    count: usize,
    before: &[Before],
    so_far: Ends,
) -> BTreeSet<usize> {
    let is_skipped = |i: &usize| match &stage.ask {
        None => stage.skipped.contains(i),
        Some((ask, true)) if !stage.skipped.is_empty() => {
            stage.skipped.contains(i) && ask.holds(before, so_far) == Some(false)
        }
        Some((ask, _)) => stage.skipped.contains(i) || ask.holds(before, so_far) == Some(false),
    };
    (0..count).filter(is_skipped).collect()
}

/// A stage that deploys nothing.
fn bar(case: &Case, stage: &StageCase) -> One {
    One { work: stage.duration.unwrap_or(case.duration) * UNITS, ..One::default() }
}

/// The children of a strategy.
fn children(case: &Case, stage: &StageCase, looping: &LoopCase, position: usize) -> Vec<One> {
    let child = |child: ChildCase| {
        if !stage.is_deployment {
            return One { values: child.values, ..bar(case, stage) };
        }
        let target =
            (environment_name(stage, position, 0), infrastructure_name(child.infrastructure));
        One { values: child.values, ..one(case, stage, &[target], (child.service, 0)) }
    };
    looping.kind.children().into_iter().map(child).collect()
}

/// Services times targets, and the limit.
fn combinations(case: &Case, stage: &StageCase, position: usize) -> (Vec<One>, usize) {
    let services = match stage.services {
        Services::One => 1,
        Services::List(count, _) => count,
    };
    let targets = targets(stage, position);
    let (services_parallel, targets_parallel) = match case.is_v1 {
        true => written_flags(stage),
        false => flags(stage),
    };
    let mut pairs = Vec::new();
    // Both nestings give the list as written when one axis stands alone.
    if !case.is_v1 && services_parallel == Some(false) && targets_parallel == Some(true) {
        for service in 0..services {
            pairs.extend((0..targets.len()).map(|target| (service, target)));
        }
    } else {
        for target in 0..targets.len() {
            pairs.extend((0..services).map(|service| (service, target)));
        }
    }
    let deployments: Vec<One> =
        pairs.into_iter().map(|pair| one(case, stage, &targets, pair)).collect();
    let computed = match (services_parallel, targets_parallel) {
        (Some(true), Some(true)) => services * targets.len(),
        (Some(true), _) => services,
        (_, Some(true)) => targets.len(),
        _ => 1,
    };
    (deployments, stage.max_concurrency.map_or(computed, |limit| limit as usize))
}

/// The flags of the newer schema, which are written; nothing for what is no list.
fn written_flags(stage: &StageCase) -> (Option<bool>, Option<bool>) {
    let is = |flag: Flag| flag == Flag::Written("true");
    let services = match stage.services {
        Services::One => None,
        Services::List(_, flag) => Some(is(flag)),
    };
    let targets = match stage.targets {
        Targets::One => None,
        Targets::Environments(_, flag) | Targets::Group(_, flag) => Some(is(flag)),
    };
    (services, targets)
}

/// Environment and infrastructure, in the order of the text.
pub(crate) fn targets(stage: &StageCase, position: usize) -> Vec<(String, String)> {
    let is_one = matches!(stage.targets, Targets::One);
    if stage.gitops {
        let environment = if is_one { environment_name(stage, position, 0) } else { String::new() };
        return vec![(environment, String::new())];
    }
    let counts: &[usize] = match &stage.targets {
        Targets::One => &[1],
        Targets::Environments(counts, _) | Targets::Group(counts, _) => counts,
    };
    let mut targets = Vec::new();
    for (i, count) in counts.iter().enumerate() {
        let environment = environment_name(stage, position, i);
        targets.extend((0..*count).map(|j| (environment.clone(), infrastructure_name(j))));
    }
    targets
}

/// Whether each axis is parallel; `None` where it is no list.
fn flags(stage: &StageCase) -> (Option<bool>, Option<bool>) {
    let services_list = matches!(stage.services, Services::List(..));
    let targets_list = !stage.gitops && !matches!(stage.targets, Targets::One);
    let both = services_list && targets_list;
    let services = match stage.services {
        Services::One => None,
        Services::List(_, Flag::Written(text)) => Some(WRITTEN_YES.contains(&text)),
        // Without `parallel`: the default, or drawn as parallel though the engine rejects it.
        Services::List(..) => Some(true),
    };
    let targets = match stage.targets {
        _ if !targets_list => None,
        Targets::Group(..) if both => Some(true),
        Targets::Environments(_, Flag::EmptyMetadata) if both => Some(false),
        Targets::Environments(_, Flag::Written(text)) | Targets::Group(_, Flag::Written(text)) => {
            Some(WRITTEN_YES.contains(&text))
        }
        _ => Some(true),
    };
    (services, targets)
}

fn one(case: &Case, stage: &StageCase, targets: &[(String, String)], pair: (usize, usize)) -> One {
    let (service, target) = pair;
    let (environment, infrastructure) = targets[target].clone();
    // From the most to the least specific; what has no infrastructure can't be named by one.
    let has_place = !infrastructure.is_empty();
    let by_target =
        has_own_durations(stage).then(|| stage.by_target[service * targets.len() + target]);
    let is_here = |(e, i): &(usize, usize)| {
        environment == format!("E{e}") && infrastructure == infrastructure_name(*i)
    };
    let simultaneous = case.simultaneous.iter().any(is_here);
    let name = match case.same_namespace.iter().any(is_here) {
        true => "one namespace",
        false => &infrastructure,
    };
    let place = (has_place && !simultaneous)
        .then(|| format!("{} {environment} {name}", service_name(service)));
    let by_infrastructure = (0..case.by_infrastructure.len())
        .filter(|i| service == 0 && infrastructure_name(*i) == infrastructure)
        .find_map(|i| case.by_infrastructure[i]);
    let duration = by_target
        .flatten()
        .or(by_infrastructure)
        .filter(|_| has_place)
        .or(case.by_service.get(service).copied().flatten())
        .or(stage.duration)
        .unwrap_or(case.duration);
    let service = service_name(service);
    let work = duration * UNITS;
    One { service, environment, infrastructure, place, work, ..One::default() }
}

/// Whether durations are said of single targets of the stage.
pub(crate) fn has_own_durations(stage: &StageCase) -> bool {
    stage.is_deployment && !stage.gitops && !stage.is_shared && stage.looping.is_none()
}

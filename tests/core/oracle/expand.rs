//! The ordered list and the limit of a stage, from the tables of `docs/semantics.md`.

use super::model::{
    Case, Flag, Services, StageCase, Targets, WRITTEN_YES, environment_name, infrastructure_name,
    service_name,
};

/// The deployments of a stage in order.
pub(crate) struct Expected {
    pub(crate) deployments: Vec<One>,
    pub(crate) limit: usize,
}

/// One deployment. All is empty in a stage that deploys nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct One {
    pub(crate) service: String,
    pub(crate) environment: String,
    pub(crate) infrastructure: String,
    pub(crate) duration: u64,
}

pub(crate) fn stage(case: &Case, stage: &StageCase, position: usize) -> Expected {
    if !stage.is_deployment {
        let duration = stage.duration.unwrap_or(case.duration);
        return Expected { deployments: vec![One { duration, ..One::default() }], limit: 1 };
    }
    let services = match stage.services {
        Services::One => 1,
        Services::List(count, _) => count,
    };
    let targets = targets(stage, position);
    let (services_parallel, targets_parallel) = flags(stage);
    let mut pairs = Vec::new();
    // Both nestings give the list as written when one axis stands alone.
    if services_parallel == Some(false) && targets_parallel == Some(true) {
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
    let asked = stage.max_concurrency.map_or(computed, |limit| limit as usize);
    let allowed = case.account_limit.map_or(usize::MAX, |limit| limit as usize);
    Expected { limit: asked.min(allowed).min(deployments.len()), deployments }
}

/// Environment and infrastructure, in the order of the text.
pub(crate) fn targets(stage: &StageCase, position: usize) -> Vec<(String, String)> {
    let is_one = matches!(stage.targets, Targets::One);
    if stage.gitops {
        let environment = if is_one { environment_name(position, 0) } else { String::new() };
        return vec![(environment, String::new())];
    }
    let counts: &[usize] = match &stage.targets {
        Targets::One => &[1],
        Targets::Environments(counts, _) | Targets::Group(counts, _) => counts,
    };
    let mut targets = Vec::new();
    for (i, count) in counts.iter().enumerate() {
        let environment = environment_name(position, i);
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
    let by_target = stage.by_target[service * targets.len() + target];
    let by_infrastructure = (0..case.by_infrastructure.len())
        .filter(|i| service == 0 && infrastructure_name(*i) == infrastructure)
        .find_map(|i| case.by_infrastructure[i]);
    let duration = by_target
        .or(by_infrastructure)
        .filter(|_| has_place)
        .or(case.by_service[service])
        .or(stage.duration)
        .unwrap_or(case.duration);
    One { service: service_name(service), environment, infrastructure, duration }
}

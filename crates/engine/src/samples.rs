//! Plans for the tests of this crate, made by hand.

use std::sync::Arc;

use deployline_map::Map;
use deployline_span::{SourceId, Span};

use crate::{
    Assumptions, Axis, Child, Deploy, DeploymentId, DurationKey, Failure, FailureStrategies, Limit,
    LoopValues, Looping, Ms, OnFailure, Parallel, ParallelSource, Pipeline, PipelineStatus, Plan,
    Reference, Schedule, Service, Stage, StagePlan, Steps, Target, Work, expand, schedule,
};

/// The plan of stages one after the other.
pub(crate) fn plan(stages: impl IntoIterator<Item = Stage>) -> Plan {
    expand(pipeline(stages))
}

/// Stages one after the other.
pub(crate) fn pipeline(stages: impl IntoIterator<Item = Stage>) -> Pipeline {
    let stages = (0_u32..).zip(stages).map(|(entry, stage)| Stage {
        entry,
        after: entry.checked_sub(1).into_iter().collect(),
        ..stage
    });
    Pipeline { stages: stages.collect(), ..Pipeline::default() }
}

/// Two stages side by side that deploy the same service to the same infrastructure.
pub(crate) fn same_resource() -> Pipeline {
    let stage = |identifier: &str| {
        let stage = deploy((1, true), (1, true), 0);
        Stage { identifier: identifier.to_owned(), name: identifier.to_owned(), ..stage }
    };
    Pipeline { stages: vec![stage("a"), stage("b")], ..Pipeline::default() }
}

/// The plan of a pipeline and its run, with durations as in `S1=2m stage:a=3m`.
pub(crate) fn under(pipeline: Pipeline, durations: &str) -> (Plan, Schedule) {
    let plan = expand(pipeline);
    let each = durations.split_whitespace().filter_map(|pair| pair.split_once('='));
    let durations =
        each.map(|(key, value)| (DurationKey::from_text(key), value.parse().expect("a duration")));
    let durations = durations.collect();
    let run = schedule(&plan, &Assumptions { durations, ..Assumptions::default() });
    (plan, run)
}

/// A pipeline with one stage, that of [`deploy`].
pub(crate) fn one(services: (u32, bool), targets: (u32, bool), limit: u32) -> Pipeline {
    pipeline([deploy(services, targets, limit)])
}

/// Each small pipeline of a grid, run under each of several assumptions.
pub(crate) fn all(mut check: impl FnMut(&Plan, &Schedule)) {
    grid(|plan, assumptions| check(plan, &schedule(plan, assumptions)));
}

/// Each small pipeline of a grid with each of several assumptions.
pub(crate) fn grid(mut check: impl FnMut(&Plan, &Assumptions)) {
    let flags = [(false, false), (true, false), (false, true), (true, true)];
    let mut pipelines = vec![same_resource(), Pipeline::default()];
    for (services, targets, limit) in [(1, 3, 2), (2, 2, 0), (2, 3, 4), (3, 2, 0), (3, 3, 5)] {
        pipelines.extend(flags.map(|(of_services, of_targets)| {
            let first = deploy((services, of_services), (targets, of_targets), limit);
            let last = Stage { identifier: "c".to_owned(), name: "c".to_owned(), ..first.clone() };
            pipeline([first, other("b"), last])
        }));
    }
    for plan in pipelines.into_iter().map(expand) {
        for seed in 0..12 {
            check(&plan, &assumptions(seed));
        }
    }
}

/// Durations from none to 4 minutes, sometimes a failure or a limit.
fn assumptions(seed: u32) -> Assumptions {
    let mut random = seed;
    let mut next = |below: u32| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (random >> 16) % below
    };
    let mut durations = Map::new();
    for (service, infrastructure) in (1..=3).flat_map(|s| (1..=3).map(move |i| (s, i))) {
        let key = format!("S{service}@I{infrastructure}");
        durations.insert(DurationKey::from_text(&key), Ms(u64::from(next(5)) * 60_000));
    }
    let failing = (seed % 3 == 2).then(|| ("a".to_owned(), next(4)));
    Assumptions {
        durations,
        failures: failing.into_iter().map(|at| (at, Failure::default())).collect(),
        account_limit: (seed % 4 == 3).then_some(2),
        ..Assumptions::default()
    }
}

/// `0:0 1:3`: stage and index.
pub(crate) fn places(all: &[DeploymentId]) -> String {
    all.iter().map(|at| format!("{}:{}", at.stage, at.index)).collect::<Vec<_>>().join(" ")
}

pub(crate) fn all_places(plan: &Plan) -> Vec<DeploymentId> {
    let stages = (0..).zip(&plan.stages);
    let of_stage = |(stage, plan): (u32, &StagePlan)| {
        (0..)
            .zip(&plan.deployments)
            .map(move |(index, _)| DeploymentId { stage, index })
            .collect::<Vec<_>>()
    };
    stages.flat_map(of_stage).collect()
}

/// A looping strategy that makes `count` children of a stage that deploys nothing.
pub(crate) fn times(count: u32) -> Looping {
    let child = |position| Child { position, service: None, target: None, is_placeholder: false };
    Looping {
        span: None,
        values: LoopValues::Times,
        children: (0..count).map(child).collect(),
        max_concurrency: count,
        written_limit: None,
        on_failure: OnFailure::default(),
        node_name: None,
    }
}

/// A stage that deploys nothing.
pub(crate) fn other(identifier: &str) -> Stage {
    stage(identifier, Work::Other)
}

/// A stage `a` of services `S1…` to infrastructures `I1…` of `E`; flags as given, a limit where it
/// is above 0.
pub(crate) fn deploy(services: (u32, bool), targets: (u32, bool), limit: u32) -> Stage {
    let deploy = Deploy {
        services: axis(services, |number| Service {
            name: Reference::known(format!("S{number}")),
            span: span(),
        }),
        targets: axis(targets, |number| Target {
            environment: Some(Reference::known("E")),
            infrastructure: Some(Reference::known(format!("I{number}"))),
            detail: None,
            allows_simultaneous: false,
            constraint_values: None,
            span: span(),
        }),
        listed: None,
        max_concurrency: (limit > 0).then(|| Limit { value: limit, span: span() }),
        is_gitops: false,
        on_failure: OnFailure::default(),
    };
    stage("a", Work::Deploy(Box::new(deploy)))
}

/// Deployments that fail, by the identifier of their stage and their index.
pub(crate) fn failures(of: &[(&str, u32)]) -> Map<(String, u32), Failure> {
    of.iter().map(|(stage, index)| (((*stage).to_owned(), *index), Failure::default())).collect()
}

/// Durations by their keys, as people write these.
pub(crate) fn minutes(of: &[(&str, u64)]) -> Map<DurationKey, Ms> {
    of.iter().map(|(key, count)| (DurationKey::from_text(key), Ms(count * 60_000))).collect()
}

fn stage(identifier: &str, work: Work) -> Stage {
    Stage {
        identifier: identifier.to_owned(),
        name: identifier.to_owned(),
        stage_type: String::new(),
        entry: 0,
        after: Arc::default(),
        span: span(),
        conditions: Vec::new(),
        pipeline_status: PipelineStatus::default(),
        work,
        looping: None,
        steps: Steps::default(),
        failure: FailureStrategies::default(),
        timeout: None,
        manual: None,
        absence: None,
        chained: None,
        path_len: 0,
    }
}

fn axis<T>((count, is_parallel): (u32, bool), item: impl Fn(u32) -> T) -> Axis<T> {
    let parallel = Parallel { value: is_parallel, source: ParallelSource::Default };
    Axis { items: (1..=count).map(item).collect(), parallel: Some(parallel), flag: None }
}

fn span() -> Span {
    Span::new(SourceId(0), 0, 0)
}

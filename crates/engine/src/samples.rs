//! Plans for the tests of this crate, made by hand.

use std::sync::Arc;

use deployline_map::Map;
use deployline_yaml::{SourceId, Span};

use crate::{
    Axis, Deploy, DurationKey, Limit, Ms, OnFailure, Parallel, ParallelSource, Pipeline,
    PipelineStatus, Plan, Reference, Service, Stage, Steps, Target, Work, expand,
};

/// The stages one after the other.
pub(crate) fn plan(stages: impl IntoIterator<Item = Stage>) -> Plan {
    let stages = (0_u32..).zip(stages).map(|(entry, stage)| Stage {
        entry,
        after: entry.checked_sub(1).into_iter().collect(),
        ..stage
    });
    expand(Pipeline { stages: stages.collect(), ..Pipeline::default() })
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
            span: span(),
        }),
        listed: None,
        max_concurrency: (limit > 0).then(|| Limit { value: limit, span: span() }),
        is_gitops: false,
        on_failure: OnFailure::default(),
    };
    stage("a", Work::Deploy(Box::new(deploy)))
}

/// Durations by what they are said of, as people write it.
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
        pipeline_status: PipelineStatus::default(),
        work,
        looping: None,
        steps: Steps::default(),
    }
}

fn axis<T>((count, is_parallel): (u32, bool), item: impl Fn(u32) -> T) -> Axis<T> {
    let parallel = Parallel { value: is_parallel, source: ParallelSource::Default };
    Axis { items: (1..=count).map(item).collect(), parallel: Some(parallel), flag: None }
}

fn span() -> Span {
    Span::new(SourceId(0), 0, 0)
}

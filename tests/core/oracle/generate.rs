//! Random pipelines: small, but with every form of flag, and durations that often tie.

use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::select;

use super::model::{Case, Flag, Services, StageCase, Targets, WRITTEN_NO, WRITTEN_YES, When};

pub(crate) const MOST_SERVICES: usize = 4;
const MOST_ENVIRONMENTS: usize = 3;
pub(crate) const MOST_INFRASTRUCTURES: usize = 3;
const MOST_PAIRS: usize = MOST_SERVICES * MOST_ENVIRONMENTS * MOST_INFRASTRUCTURES;

pub(crate) fn case() -> impl Strategy<Value = Case> {
    (
        vec(prop_oneof![3 => vec(stage(), 1), 1 => vec(stage(), 2..=3)], 1..=4),
        weighted(0.2, 1..=4u32),
        seconds(),
        vec(weighted(0.3, seconds()), MOST_SERVICES),
        vec(weighted(0.15, seconds()), MOST_INFRASTRUCTURES),
    )
        .prop_map(|(entries, account_limit, duration, by_service, by_infrastructure)| Case {
            entries,
            account_limit,
            duration,
            by_service,
            by_infrastructure,
        })
}

fn stage() -> impl Strategy<Value = StageCase> {
    (
        prop::bool::weighted(0.85),
        when(),
        services(),
        targets(),
        prop::bool::weighted(0.1),
        weighted(0.3, 1..=6u32),
        weighted(0.3, seconds()),
        prop_oneof![
            1 => Just(vec![None; MOST_PAIRS]),
            2 => vec(of(seconds()), MOST_PAIRS),
        ],
    )
        .prop_map(
            |(
                is_deployment,
                when,
                services,
                targets,
                gitops,
                max_concurrency,
                duration,
                by_target,
            )| {
                StageCase {
                    is_deployment,
                    when,
                    services,
                    targets,
                    gitops,
                    max_concurrency,
                    duration,
                    by_target,
                }
            },
        )
}

/// Few different ones, so that ends coincide; nothing at all among them.
fn seconds() -> impl Strategy<Value = u64> {
    0..=4u64
}

fn when() -> impl Strategy<Value = When> {
    prop_oneof![
        6 => Just(When::Unsaid),
        1 => Just(When::Success),
        1 => Just(When::Failure),
        1 => Just(When::All),
    ]
}

fn services() -> impl Strategy<Value = Services> {
    prop_oneof![
        1 => Just(Services::One),
        4 => (1..=MOST_SERVICES, flag()).prop_map(|(count, flag)| Services::List(count, flag)),
    ]
}

fn targets() -> impl Strategy<Value = Targets> {
    let counts = || vec(1..=MOST_INFRASTRUCTURES, 1..=MOST_ENVIRONMENTS);
    prop_oneof![
        1 => Just(Targets::One),
        4 => (counts(), flag()).prop_map(|(counts, flag)| Targets::Environments(counts, flag)),
        1 => (counts(), flag()).prop_map(|(counts, flag)| Targets::Group(counts, flag)),
    ]
}

fn flag() -> impl Strategy<Value = Flag> {
    prop_oneof![
        1 => Just(Flag::NoMetadata),
        1 => Just(Flag::NullMetadata),
        1 => Just(Flag::EmptyMetadata),
        3 => select(&WRITTEN_YES).prop_map(Flag::Written),
        3 => select(&WRITTEN_NO).prop_map(Flag::Written),
    ]
}

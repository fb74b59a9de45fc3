//! Random pipelines: small, but with every form of flag, and durations that often tie.

use std::collections::BTreeSet;

use proptest::collection::{btree_set, vec};
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::select;

use super::asking::{AskCase, AskedChild, STATUS_KEYS, STATUSES};
use super::failures;
use super::looping::{LoopCase, LoopKind};
use super::model::{
    Case, Flag, OnFailure, Services, StageCase, Targets, WRITTEN_NO, WRITTEN_YES, When,
};
use super::partial::partial;

pub(crate) const MAX_SERVICES: usize = 4;
const MAX_ENVIRONMENTS: usize = 3;
pub(crate) const MAX_INFRASTRUCTURES: usize = 3;
const MAX_PAIRS: usize = MAX_SERVICES * MAX_ENVIRONMENTS * MAX_INFRASTRUCTURES;

pub(crate) fn case() -> impl Strategy<Value = Case> {
    (
        vec(prop_oneof![3 => vec(stage(), 1), 1 => vec(stage(), 2..=3)], 1..=4),
        weighted(0.2, 1..=4u32),
        seconds(),
        vec(weighted(0.3, seconds()), MAX_SERVICES),
        vec(weighted(0.15, seconds()), MAX_INFRASTRUCTURES),
        (places(), places(), weighted(0.2, seconds()), partial()),
    )
        .prop_map(
            |(entries, account_limit, duration, by_service, by_infrastructure, others)| {
                let (simultaneous, same_namespace, rollback, partial) = others;
                let case = Case {
                    entries,
                    account_limit,
                    duration,
                    rollback,
                    by_service,
                    by_infrastructure,
                    simultaneous,
                    same_namespace,
                    is_v1: false,
                    partial,
                };
                case.name_children()
            },
        )
}

fn places() -> impl Strategy<Value = BTreeSet<(usize, usize)>> {
    btree_set((0..MAX_ENVIRONMENTS, 0..MAX_INFRASTRUCTURES), 0..=2)
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
            1 => Just(vec![None; MAX_PAIRS]),
            2 => vec(of(seconds()), MAX_PAIRS),
        ],
        (weighted(0.25, looping()), prop::bool::weighted(0.4), on_failure(), skipped()),
        (failures::strategies(), failures::failing(), weighted(0.3, (ask(), any::<bool>()))),
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
                (looping, is_shared, on_failure, skipped),
                (strategies, failing, ask),
            )| {
                // A strategy stands beside no lists.
                let loops = looping.is_some();
                StageCase {
                    is_deployment,
                    when,
                    services: if loops { Services::One } else { services },
                    targets: if loops { Targets::One } else { targets },
                    gitops: gitops && !loops,
                    is_shared,
                    looping,
                    max_concurrency: max_concurrency.filter(|_| !loops),
                    on_failure: if loops { OnFailure::Unsaid } else { on_failure },
                    strategies,
                    failing,
                    skipped: if loops { skipped } else { BTreeSet::new() },
                    ask,
                    duration,
                    by_target,
                }
            },
        )
}

fn skipped() -> impl Strategy<Value = BTreeSet<usize>> {
    prop_oneof![3 => Just(BTreeSet::new()), 1 => btree_set(0..6usize, 1..=2)]
}

/// Up to four questions, as many as there are outcomes that a condition may ask for.
fn ask() -> impl Strategy<Value = AskCase> {
    let child = of(0..8usize).prop_map(AskedChild::chosen_by);
    let stage = (0..8usize, child, select(&STATUS_KEYS), any::<bool>(), select(&STATUSES));
    let leaf = prop_oneof![
        6 => stage.prop_map(|(back, child, key, has, status)| {
            AskCase::Stage { back, child, key, has, status }
        }),
        1 => select(&STATUSES).prop_map(|status| AskCase::SoFar { status }),
        1 => Just(AskCase::Success),
        1 => Just(AskCase::Failure),
    ];
    leaf.prop_recursive(2, 4, 2, |part| {
        prop_oneof![
            (part.clone(), part.clone()).prop_map(|(a, b)| AskCase::Both(Box::new(a), Box::new(b))),
            (part.clone(), part).prop_map(|(a, b)| AskCase::Either(Box::new(a), Box::new(b))),
        ]
    })
}

fn looping() -> impl Strategy<Value = LoopCase> {
    let kind = loop_kind().prop_filter("a child is left", |kind| !kind.children().is_empty());
    (kind, of(0..=4usize), on_failure()).prop_map(|(kind, max_concurrency, on_failure)| LoopCase {
        kind,
        max_concurrency,
        on_failure,
    })
}

fn on_failure() -> impl Strategy<Value = OnFailure> {
    select(&[OnFailure::Unsaid, OnFailure::RunAll, OnFailure::SkipQueued])
}

fn loop_kind() -> impl Strategy<Value = LoopKind> {
    let place = |percent| if percent { 0..=100usize } else { 1..=6usize };
    let items = any::<bool>().prop_flat_map(move |percent| {
        (1..=6usize, of(place(percent)), of(place(percent)), Just(percent))
    });
    let slices = any::<bool>().prop_flat_map(|percent| {
        (1..=6usize, 1..=if percent { 100 } else { 6usize }, Just(percent))
    });
    // At least one of the keys: a map without any drops nothing.
    let map = prop_oneof![
        (0..MAX_SERVICES).prop_map(|s| (Some(s), None)),
        (0..MAX_INFRASTRUCTURES).prop_map(|p| (None, Some(p))),
        (0..MAX_SERVICES, 0..MAX_INFRASTRUCTURES).prop_map(|(s, p)| (Some(s), Some(p))),
    ];
    prop_oneof![
        (1..=MAX_SERVICES, 1..=MAX_INFRASTRUCTURES, any::<bool>(), vec(map, 0..=2)).prop_map(
            |(services, places, services_first, exclude)| LoopKind::Matrix {
                services,
                places,
                services_first,
                exclude
            }
        ),
        items.prop_map(|(count, start, end, percent)| LoopKind::Items {
            count,
            start,
            end,
            percent
        }),
        slices.prop_map(|(count, size, percent)| LoopKind::Slices { count, size, percent }),
        (1..=5usize).prop_map(LoopKind::Times),
        (1..=5usize).prop_map(LoopKind::Parallelism),
    ]
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
        4 => (1..=MAX_SERVICES, flag()).prop_map(|(count, flag)| Services::List(count, flag)),
    ]
}

fn targets() -> impl Strategy<Value = Targets> {
    let counts = || vec(1..=MAX_INFRASTRUCTURES, 1..=MAX_ENVIRONMENTS);
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

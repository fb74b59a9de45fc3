//! Random failures and failure strategies.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::option::{of, weighted};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::failing::{
    ActionCase, ERRORS, FailureCase, INPUT_TIMEOUT, RuleCase, STEPS, StrategiesCase,
};

/// Deployments of a stage that fail, by their places in its list.
pub(crate) fn failing() -> impl Strategy<Value = BTreeMap<usize, FailureCase>> {
    let failure = (of(select(&ERRORS)), weighted(0.4, 0..STEPS.len()), weighted(0.3, 1..=4u64));
    let failure =
        failure.prop_map(|(error, step, succeeds_at)| FailureCase { error, step, succeeds_at });
    prop_oneof![2 => Just(BTreeMap::new()), 1 => btree_map(0..6usize, failure, 1..=2)]
}

pub(crate) fn strategies() -> impl Strategy<Value = StrategiesCase> {
    let some =
        (rules(false), [rules(true), rules(true)], [rules(false), rules(false), rules(false)]);
    prop_oneof![
        1 => Just(StrategiesCase::default()),
        3 => rules(false)
            .prop_map(|of_stage| StrategiesCase { of_stage, ..StrategiesCase::default() }),
        2 => some.prop_map(|(of_stage, of_groups, of_steps)| StrategiesCase {
            of_stage,
            of_groups,
            of_steps
        }),
    ]
}

/// Rules of a level. Two may name one error: the first counts.
fn rules(of_group: bool) -> impl Strategy<Value = Vec<RuleCase>> {
    let errors = prop_oneof![1 => Just(vec![]), 1 => subsequence(&ERRORS[..], 1..=2)];
    let rule = (errors, action(of_group));
    let rule = rule.prop_map(|(errors, action)| match action {
        // The product refuses it for other errors.
        ActionCase::ProceedWithDefaultValues => RuleCase { errors: vec![INPUT_TIMEOUT], action },
        _ => RuleCase { errors, action },
    });
    vec(rule, 0..=2)
}

/// An action. Groups alone may be tried again as a whole.
fn action(of_group: bool) -> impl Strategy<Value = ActionCase> {
    let retry = || (0..=3u64, vec(seconds(), 0..=2));
    let after_retry = prop_oneof![2 => plain_action(), 1 => manual()];
    let stage_retry = (retry(), after_retry).prop_map(|((count, intervals), then)| {
        ActionCase::Retry { count, intervals, then: Box::new(then) }
    });
    let group_retry = retry()
        .prop_map(|(count, intervals)| ActionCase::RetryStepGroup { count, intervals })
        .boxed();
    prop_oneof![
        6 => plain_action(),
        1 => Just(ActionCase::ProceedWithDefaultValues),
        2 => stage_retry.boxed(),
        1 => manual(),
        u32::from(of_group) => group_retry,
    ]
}

fn manual() -> impl Strategy<Value = ActionCase> {
    let manual = (seconds(), plain_action());
    manual.prop_map(|(timeout, then)| ActionCase::ManualIntervention {
        timeout,
        then: Box::new(then),
    })
}

fn plain_action() -> impl Strategy<Value = ActionCase> {
    prop_oneof![
        Just(ActionCase::MarkAsFailure),
        Just(ActionCase::MarkAsSuccess),
        Just(ActionCase::Ignore),
        Just(ActionCase::StageRollback),
        Just(ActionCase::StepGroupRollback),
        Just(ActionCase::Abort),
        any::<bool>().prop_map(|fail_all| ActionCase::PipelineRollback { fail_all }),
    ]
}

fn seconds() -> impl Strategy<Value = u64> {
    0..=3u64
}

//! Keys of `on-failure`.

use crate::key::{ANYTHING, COUNT, FLAG, Row, TEXT, key};
use crate::{MappingKind, Takes};

/// The actions, the usual ones first.
const ACTIONS: &[Takes] = &[
    Takes::Words(&[
        "stage-rollback",
        "fail",
        "ignore",
        "success",
        "abort",
        "pipeline-rollback",
        "proceed-with-default",
    ]),
    Takes::Mapping(MappingKind::V1FailureAction),
];
const NOTHING: &[Takes] = ANYTHING;

pub(in super::super) const RULE: &[Row] = &[
    key(
        "errors",
        &[Takes::Texts, Takes::Text],
        "Types of errors, such as `timeout` or `connectivity`; or `all`, for every one that no other rule of this level names.",
    ),
    key(
        "action",
        ACTIONS,
        "What the failure becomes. `ignore` and `success` go on; `fail` fails; rollbacks fail and hold the slot until they have ended; `abort` stops the run.",
    ),
];

pub(in super::super) const ACTION: &[Row] = &[
    key(
        "retry",
        &[Takes::Mapping(MappingKind::V1Retry)],
        "It runs again, and then becomes what `failure-action` says.",
    ),
    key(
        "manual-intervention",
        &[Takes::Mapping(MappingKind::V1ManualIntervention)],
        "A person decides, or nobody does in time.",
    ),
    key(
        "retry-step-group",
        &[Takes::Mapping(MappingKind::V1RetryStepGroup)],
        "The step group runs again.",
    ),
    key("stage-rollback", NOTHING, "It has failed, and its stage is rolled back."),
    key(
        "pipeline-rollback",
        &[Takes::Mapping(MappingKind::V1PipelineRollback), Takes::Anything],
        "It has failed, and all that ran is rolled back.",
    ),
    key("fail", NOTHING, "It has failed; nothing is rolled back."),
    key("ignore", NOTHING, "It goes on, and counts as success."),
    key("success", NOTHING, "It goes on, as a success."),
    key("abort", NOTHING, "The run stops: nothing else starts."),
    key("proceed-with-default", NOTHING, "It goes on with the values by default."),
    key("fail-all", FLAG, "`true` skips what waits in the same stage as well."),
];

const FAIL_ALL: Row = key("fail-all", FLAG, "`true` skips what waits in the same stage as well.");
const ATTEMPTS: Row = key("attempts", COUNT, "Number of attempts after the first.");
const INTERVAL: Row = key(
    "interval",
    &[Takes::Text, Takes::Texts],
    "Wait before each attempt, such as `10s`: one, or a list of which the last one repeats.",
);

pub(in super::super) const PIPELINE_ROLLBACK: &[Row] = &[FAIL_ALL];

pub(in super::super) const RETRY: &[Row] = &[
    ATTEMPTS,
    INTERVAL,
    key("failure-action", ACTIONS, "What the failure becomes when no attempt is left."),
];

pub(in super::super) const RETRY_GROUP: &[Row] = &[ATTEMPTS, INTERVAL];

pub(in super::super) const MANUAL: &[Row] = &[
    key("timeout", TEXT, "Longest wait for a person to decide."),
    key("timeout-action", ACTIONS, "What the failure becomes when nobody decides in time."),
    key(
        "available-actions",
        &[Takes::Texts],
        "What a person may choose. It has no part in the order.",
    )
    .no_bearing(),
];

//! Keys of failure strategies.
//!
//! Follows `docs/semantics.md`, "When a deployment fails".

use crate::key::{ANYTHING, COUNT, FLAG, Row, TEXT, key};
use crate::{MappingKind, Takes};

const NEXT: &[Takes] = &[Takes::Mapping(MappingKind::NextAction)];

/// The actions, the usual ones first.
const ACTIONS: &[&str] = &[
    "StageRollback",
    "MarkAsFailure",
    "Ignore",
    "MarkAsSuccess",
    "Retry",
    "ManualIntervention",
    "Abort",
    "PipelineRollback",
    "StepGroupRollback",
    "RetryStepGroup",
    "ProceedWithDefaultValues",
];

pub(super) const RULE: &[Row] = &[key(
    "onFailure",
    &[Takes::Mapping(MappingKind::OnFailure)],
    "A rule: the errors it is for, and what they become.",
)];

pub(super) const ON_FAILURE: &[Row] = &[
    key(
        "errors",
        &[Takes::Texts],
        "Types of errors, such as `Timeout` or `Connectivity`; or `AllErrors` alone, for every one that no other rule of this level names.",
    ),
    key("action", &[Takes::Mapping(MappingKind::FailureAction)], "What the failure becomes."),
];

pub(super) const ACTION: &[Row] = &[
    key(
        "type",
        &[Takes::Words(ACTIONS)],
        "The action. `Ignore` and `MarkAsSuccess` go on; `MarkAsFailure` fails; rollbacks fail and hold the slot until they have ended; `Abort` stops the run; `PipelineRollback` rolls back all that ran.",
    ),
    key(
        "spec",
        &[Takes::Mapping(MappingKind::FailureActionSpec)],
        "Settings of `Retry`, `ManualIntervention` and `PipelineRollback`.",
    ),
];

pub(super) const ACTION_SPEC: &[Row] = &[
    key("retryCount", COUNT, "Number of attempts after the first."),
    key(
        "retryIntervals",
        &[Takes::Texts],
        "Waits before each attempt, such as `10s`. The last one repeats.",
    ),
    key("onRetryFailure", NEXT, "What the failure becomes when no attempt is left."),
    key("timeout", TEXT, "Longest wait for a person to decide."),
    key("onTimeout", NEXT, "What the failure becomes when nobody decides in time."),
    key(
        "failAll",
        FLAG,
        "`true` skips what waits in the same stage, whatever its `onFailure` says.",
    ),
    key("condition", ANYTHING, "Condition of a retry. It is not computed: the retries are drawn.")
        .said("unused-key"),
];

pub(super) const NEXT_ACTION: &[Row] =
    &[key("action", &[Takes::Mapping(MappingKind::FailureAction)], "What the failure becomes.")];

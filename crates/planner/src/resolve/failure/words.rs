//! Words in which each schema writes its rules: what they mean is the same.
//!
//! ```text
//! failureStrategies: [{onFailure: {errors: [Timeout], action: {type: Retry, spec: {…, onRetryFailure: …}}}}]
//! on-failure:        [{errors: timeout, action: {retry: {…, failure-action: fail}}}]
//! ```

use deployline_engine::ErrorType;

use crate::resolve::unpublished::Spelling;

/// Words of a schema, each with that of the older schema beside it where they have a meaning.
pub(super) struct Words {
    /// `true` where an action is a word or a key, and a rule has nothing around it.
    pub(super) is_newer: bool,
    /// Key of a list of rules.
    pub(super) rules: Spelling,
    /// Words for errors; none where they are the names of their types.
    pub(super) errors: &'static [(&'static str, &'static str)],
    /// Words for actions.
    pub(super) actions: &'static [(&'static str, &'static str)],
    /// Keys of a retry: how often, after which waits, and what follows.
    pub(super) retry_count: &'static str,
    pub(super) retry_intervals: &'static str,
    pub(super) after_retry: &'static str,
    /// Key of what follows a wait for a person.
    pub(super) after_wait: &'static str,
    pub(super) fail_all: &'static str,
    /// Keys of a step's name.
    pub(super) names: [&'static str; 2],
    pub(super) expected_rules: &'static str,
    pub(super) expected_action: &'static str,
    /// Says what the name of an action is.
    pub(super) action_name: &'static str,
    /// Says where the action that follows another one stands.
    pub(super) place_of_next: &'static str,
    /// Says of what a type of error is one, and names some.
    pub(super) known_errors: (&'static str, &'static str),
    /// Says what a rule without a sensible action is drawn as.
    pub(super) as_failed: &'static str,
}

impl Words {
    /// Type of the error that a word stands for, `Some(None)` for one of which nothing is known; `None` for
    /// any other word.
    pub(super) fn error(&self, word: &str) -> Option<Option<ErrorType>> {
        if !self.is_newer {
            return ErrorType::from_name(word).map(Some);
        }
        let known = self.errors.iter().find(|(newer, _)| *newer == word);
        known.map(|(_, older)| ErrorType::from_name(older))
    }

    /// Word for a type of error.
    pub(super) fn error_name(&self, error: ErrorType) -> &'static str {
        let word = self.errors.iter().find(|(_, older)| *older == error.name());
        word.map_or(error.name(), |(word, _)| word)
    }

    /// Words for all errors.
    pub(super) fn error_names(&self) -> impl Iterator<Item = &'static str> {
        let types = [ErrorType::ALL_ERRORS].into_iter().chain(ErrorType::NAMES);
        let words = self.errors.iter().map(|(word, _)| *word);
        words.chain(types.filter(|_| !self.is_newer))
    }

    /// Words for all actions.
    pub(super) fn action_names(&self) -> impl Iterator<Item = &'static str> {
        self.actions.iter().map(|(word, _)| *word)
    }
}

/// Words of the older schema.
pub(super) const OLDER: Words = Words {
    is_newer: false,
    rules: Spelling { published: "failureStrategies", others: &[] },
    errors: &[],
    actions: &[
        ("Ignore", "Ignore"),
        ("MarkAsSuccess", "MarkAsSuccess"),
        ("MarkAsFailure", "MarkAsFailure"),
        ("Abort", "Abort"),
        ("StageRollback", "StageRollback"),
        ("StepGroupRollback", "StepGroupRollback"),
        ("PipelineRollback", "PipelineRollback"),
        ("ProceedWithDefaultValues", "ProceedWithDefaultValues"),
        ("Retry", "Retry"),
        ("RetryStepGroup", "RetryStepGroup"),
        ("ManualIntervention", "ManualIntervention"),
    ],
    retry_count: "retryCount",
    retry_intervals: "retryIntervals",
    after_retry: "onRetryFailure",
    after_wait: "onTimeout",
    fail_all: "failAll",
    names: ["identifier", "name"],
    expected_rules: "Expected a list of rules, each with `onFailure:`, or `<+input>`.",
    expected_action: "Expected `action:` with a `type`, such as `StageRollback`.",
    action_name: "the `type` of an action",
    place_of_next: " with an `action` below `spec`",
    known_errors: ("the product", "`AllErrors`, `Timeout` or `Connectivity`"),
    as_failed: "It is drawn as `MarkAsFailure`.",
};

/// Words of the newer schema.
pub(super) const NEWER: Words = Words {
    is_newer: true,
    rules: Spelling { published: "on-failure", others: &["on_failure"] },
    errors: &[
        ("all", ErrorType::ALL_ERRORS),
        ("unknown", "Unknown"),
        ("authentication", "Authentication"),
        ("connectivity", "Connectivity"),
        ("timeout", "Timeout"),
        ("authorization", "Authorization"),
        ("verification", "Verification"),
        ("delegate-provisioning", "DelegateProvisioning"),
        ("policy-evaluation", "PolicyEvaluationFailure"),
        ("input-timeout", "InputTimeoutError"),
        ("approval-rejection", "ApprovalRejection"),
        ("delegate-restart", "DelegateRestart"),
        ("user-mark-fail", "UserMarkedFailure"),
        // Of this one nothing is known.
        ("proceed-with-default", ""),
    ],
    actions: &[
        ("abort", "Abort"),
        ("ignore", "Ignore"),
        ("success", "MarkAsSuccess"),
        ("fail", "MarkAsFailure"),
        ("stage-rollback", "StageRollback"),
        ("pipeline-rollback", "PipelineRollback"),
        ("proceed-with-default", "ProceedWithDefaultValues"),
        ("retry", "Retry"),
        ("retry-step-group", "RetryStepGroup"),
        ("manual-intervention", "ManualIntervention"),
    ],
    retry_count: "attempts",
    retry_intervals: "interval",
    after_retry: "failure-action",
    after_wait: "timeout-action",
    fail_all: "fail-all",
    names: ["id", "name"],
    expected_rules: "Expected a rule with `errors` and an `action`, or a list of rules.",
    expected_action: "Expected `action:`, such as `stage-rollback`.",
    action_name: "an action",
    place_of_next: "",
    known_errors: ("the newer schema", "`all`, `timeout` or `connectivity`"),
    as_failed: "It is drawn as `fail`.",
};

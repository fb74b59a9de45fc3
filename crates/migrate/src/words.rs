//! Words that both schemas have, each in the spelling of v0 and of v1.

/// Types of errors.
pub(crate) const ERRORS: &[(&str, &str)] = &[
    ("AllErrors", "all"),
    ("Unknown", "unknown"),
    ("Authentication", "authentication"),
    ("Connectivity", "connectivity"),
    ("Timeout", "timeout"),
    ("Authorization", "authorization"),
    ("Verification", "verification"),
    ("DelegateProvisioning", "delegate-provisioning"),
    ("PolicyEvaluationFailure", "policy-evaluation"),
    ("InputTimeoutError", "input-timeout"),
    ("ApprovalRejection", "approval-rejection"),
    ("DelegateRestart", "delegate-restart"),
    ("UserMarkedFailure", "user-mark-fail"),
];

/// Actions on a failure.
pub(crate) const ACTIONS: &[(&str, &str)] = &[
    ("Abort", "abort"),
    ("Ignore", "ignore"),
    ("MarkAsSuccess", "success"),
    ("MarkAsFailure", "fail"),
    ("StageRollback", "stage-rollback"),
    ("PipelineRollback", "pipeline-rollback"),
    ("ProceedWithDefaultValues", "proceed-with-default"),
    ("Retry", "retry"),
    ("RetryStepGroup", "retry-step-group"),
    ("ManualIntervention", "manual-intervention"),
];

/// Approvals: the type of a step, and what `approval` uses.
pub(crate) const APPROVALS: &[(&str, &str)] = &[
    ("HarnessApproval", "harness"),
    ("JiraApproval", "jira"),
    ("ServiceNowApproval", "servicenow"),
    ("CustomApproval", "custom"),
];

/// The word of v1 for one of v0.
pub(crate) fn newer<'w>(words: &[(&str, &'w str)], older: &str) -> Option<&'w str> {
    words.iter().find(|(word, _)| word.eq_ignore_ascii_case(older)).map(|(_, word)| *word)
}

/// The word of v0 for one of v1.
pub(crate) fn older<'w>(words: &[(&'w str, &str)], newer: &str) -> Option<&'w str> {
    words.iter().find(|(_, word)| *word == newer).map(|(word, _)| *word)
}

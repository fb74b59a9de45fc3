//! An action where the product refuses it.

use deployline_yaml::{Example, Rule, RuleDocs};

/// An action where the product refuses it.
pub const FAILURE_ACTION_NOT_ALLOWED: Rule = Rule::error("failure-action-not-allowed");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: FAILURE_ACTION_NOT_ALLOWED,
    explanation: "A retry can't be followed by a further retry, nor a `ManualIntervention` by a retry or another wait. `RetryStepGroup` stands on step groups only, steps of `rollbackSteps` roll nothing back, and `ProceedWithDefaultValues` is for `InputTimeoutError` alone. Rules of a service may retry, abort, mark as failure or roll the pipeline back, those of an environment roll the stage back as well. The failure is drawn as `MarkAsFailure`.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  failureStrategies:
    - onFailure:
        errors: [AllErrors]
        action:
          type: Retry
          spec:
            retryCount: 2
            retryIntervals: [10s]
            onRetryFailure: {action: {type: Retry}}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  failureStrategies:
    - onFailure:
        errors: [AllErrors]
        action:
          type: Retry
          spec:
            retryCount: 2
            retryIntervals: [10s]
            onRetryFailure: {action: {type: StageRollback}}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

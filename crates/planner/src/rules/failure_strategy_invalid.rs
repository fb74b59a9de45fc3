//! A failure strategy that can't be read.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A failure strategy that can't be read.
pub const FAILURE_STRATEGY_INVALID: Rule = Rule::error("failure-strategy-invalid");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: FAILURE_STRATEGY_INVALID,
    explanation: "A rule of `failureStrategies` needs `onFailure` with a list of `errors` and an `action`, with words that the product has. `Retry` needs `onRetryFailure`, `ManualIntervention` needs `timeout` and `onTimeout`. The rule is drawn as far as it can be read.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  failureStrategies:
    - onFailure:
        errors: [AllErrors]
        action: {type: StageRolback}
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
        action: {type: StageRollback}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

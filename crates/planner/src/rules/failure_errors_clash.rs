//! Two rules of one level for the same error.

use deployline_yaml::{Example, Rule, RuleDocs};

/// Two rules of one level for the same error, or `AllErrors` beside another error.
pub const FAILURE_ERRORS_CLASH: Rule = Rule::error("failure-errors-clash");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: FAILURE_ERRORS_CLASH,
    explanation: "Within one level each error has one action, and `AllErrors` stands alone in its list. The product refuses the pipeline; the first rule for an error is drawn.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  failureStrategies:
    - onFailure:
        errors: [Timeout]
        action: {type: Ignore}
    - onFailure:
        errors: [Timeout]
        action: {type: StageRollback}
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
        errors: [Timeout]
        action: {type: Ignore}
    - onFailure:
        errors: [AllErrors]
        action: {type: StageRollback}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

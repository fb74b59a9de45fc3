//! Another word than an `onFailure` may be.

use deployline_yaml::{Example, Rule, RuleDocs};

/// Another word than an `onFailure` may be.
pub const ON_FAILURE_INVALID: Rule = Rule::error("on-failure-invalid");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: ON_FAILURE_INVALID,
    explanation: "`onFailure` of `multiDeploymentConfig` or of a strategy must be `RunAll` or `SkipQueued`. The stage is drawn with the default: `SkipQueued` for lists and for a strategy of a Deployment stage, `RunAll` for a strategy of another stage.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
    multiDeploymentConfig: {onFailure: Stop}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
    multiDeploymentConfig: {onFailure: SkipQueued}
"#,
};

//! A limit that is no number.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A limit that is no number.
pub const MAX_CONCURRENCY_INVALID: Rule = Rule::error("max-concurrency-invalid");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: MAX_CONCURRENCY_INVALID,
    explanation: "`maxConcurrency` must be a whole number of at least 1. In a strategy it may be 0, which means no limit.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
    multiDeploymentConfig: {maxConcurrency: some}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
    multiDeploymentConfig: {maxConcurrency: 1}
"#,
};

//! No environment.

use deployline_yaml::{Example, Rule, RuleDocs};

/// No environment.
pub const MISSING_ENVIRONMENT: Rule = Rule::error("missing-environment");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: MISSING_ENVIRONMENT,
    explanation: "A deployment stage must name where to deploy: `environment:` with `environmentRef`, `environments:` with `values`, or `environmentGroup:`.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

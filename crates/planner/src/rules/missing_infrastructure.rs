//! An environment without infrastructure.

use deployline_yaml::{Example, Rule, RuleDocs};

/// An environment without infrastructure.
pub const MISSING_INFRASTRUCTURE: Rule = Rule::error("missing-infrastructure");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: MISSING_INFRASTRUCTURE,
    explanation: "A listed environment needs `infrastructureDefinitions`, or `deployToAll: true`.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod}
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

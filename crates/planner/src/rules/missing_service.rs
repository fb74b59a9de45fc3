//! No service.

use deployline_yaml::{Example, Rule, RuleDocs};

/// No service.
pub const MISSING_SERVICE: Rule = Rule::error("missing-service");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: MISSING_SERVICE,
    explanation: "A deployment stage must name what to deploy: `service:` with `serviceRef`, or `services:` with `values`.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
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

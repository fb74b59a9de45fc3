//! An empty list of services.

use deployline_yaml::{Example, Rule, RuleDocs};

/// An empty list of services.
pub const EMPTY_SERVICES: Rule = Rule::error("empty-services");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: EMPTY_SERVICES,
    explanation: "The list of services is empty, and the product refuses that. Add at least one service.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: []}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

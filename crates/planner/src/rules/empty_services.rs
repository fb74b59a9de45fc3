//! An empty list of services.

use deployline_yaml::{Example, Rule, RuleDocs};

/// An empty list of services.
pub const EMPTY_SERVICES: Rule = Rule::error("empty-services");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: EMPTY_SERVICES,
    explanation: "A list has at least one item; the product refuses an empty one.",
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

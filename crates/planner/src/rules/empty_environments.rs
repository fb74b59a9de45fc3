//! An empty list of environments.

use deployline_yaml::{Example, Rule, RuleDocs};

/// An empty list of environments.
pub const EMPTY_ENVIRONMENTS: Rule = Rule::error("empty-environments");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: EMPTY_ENVIRONMENTS,
    explanation: "The list of environments is empty, and the product refuses that. Add at least one environment.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments: {values: []}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments: {values: [{environmentRef: prod, infrastructureDefinitions: [{identifier: eu}, {identifier: us}]}]}
"#,
};

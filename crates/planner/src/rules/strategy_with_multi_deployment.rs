//! A strategy beside lists.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A strategy beside lists.
pub const STRATEGY_WITH_MULTI_DEPLOYMENT: Rule = Rule::error("strategy-with-multi-deployment");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: STRATEGY_WITH_MULTI_DEPLOYMENT,
    explanation: "A stage has a looping strategy and also lists services or environments. The product refuses that; only the lists are drawn. Remove one of the two.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {parallelism: 2}
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

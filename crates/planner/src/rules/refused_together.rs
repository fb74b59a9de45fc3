//! Keys that the product refuses beside each other.

use deployline_yaml::{Example, Rule, RuleDocs};

/// Keys that the product refuses beside each other.
pub const REFUSED_TOGETHER: Rule = Rule::error("refused-together");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: REFUSED_TOGETHER,
    explanation: "The product refuses to save a stage with both keys: one service and a list of services, one environment and several, a reference and `useFromStage`, the older model and the newer one, a filter of environments inside one environment, or `deployToAll` and a list of clusters. What is drawn is the list, else the reference, else the newer model. Remove one of the two.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
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

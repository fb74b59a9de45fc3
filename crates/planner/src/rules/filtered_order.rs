//! The order of environments that filters choose.

use deployline_yaml::{Example, Rule, RuleDocs};

/// The order of environments that filters choose.
pub const FILTERED_ORDER: Rule = Rule::info("filtered-order");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: FILTERED_ORDER,
    explanation: "The product does not say in which order it takes the environments that filters choose. They are drawn in the order of their documents. List the environments where the order matters.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments: {filters: [{identifier: f, type: all, entities: [environments, infrastructures]}]}
---
environment: {identifier: prod, tags: {tier: gold}}
---
infrastructureDefinition: {identifier: eu, environmentRef: prod}
---
environment: {identifier: qa}
---
infrastructureDefinition: {identifier: us, environmentRef: qa}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments: {filters: [{identifier: f, type: all, entities: [environments, infrastructures]}]}
---
environment: {identifier: prod, tags: {tier: gold}}
---
infrastructureDefinition: {identifier: eu, environmentRef: prod}
"#,
};

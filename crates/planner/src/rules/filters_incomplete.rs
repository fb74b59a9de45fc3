//! Filters for one kind only.

use deployline_yaml::{Example, Rule, RuleDocs};

/// Filters for one kind only.
pub const FILTERS_INCOMPLETE: Rule = Rule::error("filters-incomplete");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: FILTERS_INCOMPLETE,
    explanation: "Where no environments are listed, the product needs a filter of environments and one of infrastructures; one filter may name both. All of the other kind are drawn.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments: {filters: [{identifier: f, type: all, entities: [environments]}]}
---
environment: {identifier: prod, tags: {tier: gold}}
---
infrastructureDefinition: {identifier: eu, environmentRef: prod}
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

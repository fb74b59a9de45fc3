//! An infrastructure that several filters keep.

use deployline_yaml::{Example, Rule, RuleDocs};

/// An infrastructure that several filters keep.
pub const FILTERS_OVERLAP: Rule = Rule::warning("filters-overlap");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: FILTERS_OVERLAP,
    explanation: "Several filters for one kind add up, and the product may deploy twice to an infrastructure that two of them keep. It is drawn once. Let one filter keep it.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments: {values: [{environmentRef: prod, filters: [{identifier: f, type: all, entities: [infrastructures]}, {identifier: g, type: all, entities: [infrastructures]}]}]}
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
    environments: {values: [{environmentRef: prod, filters: [{identifier: f, type: all, entities: [infrastructures]}]}]}
---
environment: {identifier: prod, tags: {tier: gold}}
---
infrastructureDefinition: {identifier: eu, environmentRef: prod}
"#,
};

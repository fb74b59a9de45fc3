//! Filters that keep nothing.

use deployline_yaml::{Example, Rule, RuleDocs};

/// Filters that keep nothing.
pub const FILTERS_MATCH_NOTHING: Rule = Rule::error("filters-match-nothing");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: FILTERS_MATCH_NOTHING,
    explanation: "The documents of the environments and infrastructures are in the text, and the filters keep none of them. Compare the tags.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments:
      filters:
        - {identifier: f, type: tags, entities: [environments, infrastructures], spec: {matchType: any, tags: {tier: silver}}}
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
    environments:
      filters:
        - {identifier: f, type: tags, entities: [environments, infrastructures], spec: {matchType: any, tags: {tier: gold}}}
---
environment: {identifier: prod, tags: {tier: gold}}
---
infrastructureDefinition: {identifier: eu, environmentRef: prod, tags: {tier: gold}}
"#,
};

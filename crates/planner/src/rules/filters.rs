//! Filters on entities that are not in the text.

use deployline_yaml::{Example, Rule, RuleDocs};

/// Filters on entities that are not in the text.
pub const FILTERS: Rule = Rule::warning("filters");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: FILTERS,
    explanation: "What a filter keeps depends on the tags of environments and infrastructures, which the text does not contain. Add their documents.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments:
      filters:
        - {identifier: f, type: tags, entities: [environments, infrastructures], spec: {matchType: any, tags: {tier: gold}}}
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

//! An environment or a service for which filters keep nothing.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A listed environment or service for which filters keep nothing.
pub const FILTERS_LEAVE_OUT: Rule = Rule::warning("filters-leave-out");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: FILTERS_LEAVE_OUT,
    explanation: "The stage lists an environment, and filters keep none of its infrastructures; or it lists a service, and the filters on its tags keep none for it. The product leaves it out without a word, and so does the picture. Compare the tags.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments:
      filters:
        - {identifier: f, type: tags, entities: [infrastructures], spec: {matchType: any, tags: {tier: gold}}}
      values:
        - environmentRef: prod
        - environmentRef: staging
---
infrastructureDefinition: {identifier: eu, environmentRef: prod, tags: {tier: gold}}
---
infrastructureDefinition: {identifier: lab, environmentRef: staging, tags: {tier: silver}}
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
        - {identifier: f, type: tags, entities: [infrastructures], spec: {matchType: any, tags: {tier: gold}}}
      values:
        - environmentRef: prod
---
infrastructureDefinition: {identifier: eu, environmentRef: prod, tags: {tier: gold}}
---
infrastructureDefinition: {identifier: lab, environmentRef: staging, tags: {tier: silver}}
"#,
};

//! A filter with a word that the product doesn't know.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A filter with a word that the product doesn't know.
pub const FILTER_INVALID: Rule = Rule::error("filter-invalid");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: FILTER_INVALID,
    explanation: "A filter has `type: all` or `type: tags`, the second with `matchType: any` or `all`, and `entities` with what it is for: `environments`, `infrastructures` or `gitOpsClusters`.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments: {filters: [{identifier: f, type: every, entities: [environments, infrastructures]}]}
---
environment: {identifier: prod}
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
environment: {identifier: prod}
---
infrastructureDefinition: {identifier: eu, environmentRef: prod}
"#,
};

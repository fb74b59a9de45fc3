//! An axis without values.

use deployline_yaml::{Example, Rule, RuleDocs};

/// An axis without values.
pub const MATRIX_AXIS_EMPTY: Rule = Rule::error("matrix-axis-empty");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: MATRIX_AXIS_EMPTY,
    explanation: "An axis of a matrix has no values. Each axis must be a list with at least one value, or an expression that gives one.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {matrix: {region: [], tier: [a]}}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {matrix: {region: [eu], tier: [a]}}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

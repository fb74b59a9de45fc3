//! No combination is left.

use deployline_yaml::{Example, Rule, RuleDocs};

/// No combination is left.
pub const MATRIX_EMPTY: Rule = Rule::error("matrix-empty");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: MATRIX_EMPTY,
    explanation: "The matrix has no combination left: `exclude` removes all of them, or there is no axis.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {matrix: {region: [eu], exclude: [{region: eu}]}}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {matrix: {region: [eu, us], exclude: [{region: eu}]}}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

//! An expression decides whether an axis is parallel.

use deployline_yaml::{Example, Rule, RuleDocs};

/// An expression decides whether an axis is parallel.
pub const PARALLEL_EXPRESSION: Rule = Rule::warning("parallel-expression");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: PARALLEL_EXPRESSION,
    explanation: "`parallel` is an expression that the text does not settle. The list is drawn as parallel; on the page, a checkbox switches it.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {metadata: {parallel: <+input>}, values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {metadata: {parallel: true}, values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

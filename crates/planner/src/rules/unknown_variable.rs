//! An expression that names something that does not exist.

use deployline_yaml::{Example, Rule, RuleDocs};

/// An expression that names something that does not exist.
pub const UNKNOWN_VARIABLE: Rule = Rule::warning("unknown-variable");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: UNKNOWN_VARIABLE,
    explanation: "The expression names a variable, a stage or a key of the strategy that is not there. In the product its value is `null`; a placeholder is drawn, and in a condition it counts as `null`.",
    bad: Example::Text(
        r#"pipeline:
  identifier: shop
  variables:
    - {name: service, type: String, value: cart}
  stages:
    - stage:
        name: Deploy
        identifier: deploy
        type: Deployment
        spec:
          service: {serviceRef: <+pipeline.variables.servce>}
          environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    ),
    good: r#"pipeline:
  identifier: shop
  variables:
    - {name: service, type: String, value: cart}
  stages:
    - stage:
        name: Deploy
        identifier: deploy
        type: Deployment
        spec:
          service: {serviceRef: <+pipeline.variables.service>}
          environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

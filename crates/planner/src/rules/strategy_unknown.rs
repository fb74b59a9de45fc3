//! No known strategy.

use deployline_yaml::{Example, Rule, RuleDocs};

/// No known strategy.
pub const STRATEGY_UNKNOWN: Rule = Rule::error("strategy-unknown");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: STRATEGY_UNKNOWN,
    explanation: "A strategy must be `matrix`, `repeat` or `parallelism`; in the newer schema `matrix`, `repeat` or `for`.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {loop: 2}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {parallelism: 2}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

//! A count that is no number.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A count that is no number.
pub const STRATEGY_COUNT_INVALID: Rule = Rule::error("strategy-count-invalid");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: STRATEGY_COUNT_INVALID,
    explanation: "`times`, `parallelism`, `start`, `end` and `partitionSize` must be whole numbers.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {parallelism: many}
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

//! A Deployment stage without a rule for all errors.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A Deployment stage without a rule for all errors.
pub const FAILURE_STRATEGY_MISSING: Rule = Rule::info("failure-strategy-missing");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: FAILURE_STRATEGY_MISSING,
    explanation: "The product refuses to save or run a pipeline whose Deployment stage has no failure strategy for `AllErrors`. It has no part in the order until something fails; then the failure is drawn as `MarkAsFailure`.",
    bad: Example::Text(
        r#"pipeline:
  name: Shop
  identifier: shop
  stages:
    - stage:
        name: Deploy
        identifier: deploy
        type: Deployment
        spec:
          service: {serviceRef: cart}
          environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    ),
    good: r#"pipeline:
  name: Shop
  identifier: shop
  stages:
    - stage:
        name: Deploy
        identifier: deploy
        type: Deployment
        failureStrategies:
          - onFailure:
              errors: [AllErrors]
              action: {type: StageRollback}
        spec:
          service: {serviceRef: cart}
          environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

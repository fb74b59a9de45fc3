//! A value that the input does not allow.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A value that the input does not allow.
pub const INPUT_NOT_ALLOWED: Rule = Rule::error("input-not-allowed");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: INPUT_NOT_ALLOWED,
    explanation: "An input set gives a value that `.allowedValues(…)` of the input does not list. Choose one of the allowed values.",
    bad: Example::Text(
        r#"pipeline:
  identifier: shop
  stages:
    - stage: {name: Deploy, identifier: deploy, type: Deployment, spec: {service: {serviceRef: "<+input>.allowedValues(cart,web)"}, environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}}}
---
inputSet:
  pipeline: {identifier: shop, stages: [{stage: {identifier: deploy, spec: {service: {serviceRef: kart}}}}]}
"#,
    ),
    good: r#"pipeline:
  identifier: shop
  stages:
    - stage: {name: Deploy, identifier: deploy, type: Deployment, spec: {service: {serviceRef: "<+input>.allowedValues(cart,web)"}, environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}}}
---
inputSet:
  pipeline: {identifier: shop, stages: [{stage: {identifier: deploy, spec: {service: {serviceRef: cart}}}}]}
"#,
};

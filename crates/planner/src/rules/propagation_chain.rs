//! A stage that itself takes the value.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A stage that itself takes the value.
pub const PROPAGATION_CHAIN: Rule = Rule::error("propagation-chain");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: PROPAGATION_CHAIN,
    explanation: "The stage that `useFromStage` names takes the value from another stage itself, and the product allows one step only. Name the stage that has the value.",
    bad: Example::Text(
        r#"stages:
  - stage:
      name: dev
      identifier: dev
      type: Deployment
      spec:
        service: {serviceRef: cart}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
  - stage:
      name: qa
      identifier: qa
      type: Deployment
      spec:
        service: {useFromStage: {stage: dev}}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
  - stage:
      name: prod_stage
      identifier: prod_stage
      type: Deployment
      spec:
        service: {useFromStage: {stage: qa}}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    ),
    good: r#"stages:
  - stage:
      name: dev
      identifier: dev
      type: Deployment
      spec:
        service: {serviceRef: cart}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
  - stage:
      name: qa
      identifier: qa
      type: Deployment
      spec:
        service: {useFromStage: {stage: dev}}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
  - stage:
      name: prod_stage
      identifier: prod_stage
      type: Deployment
      spec:
        service: {useFromStage: {stage: dev}}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

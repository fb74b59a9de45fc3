//! Nothing of the kind to take.

use deployline_yaml::{Example, Rule, RuleDocs};

/// Nothing of the kind to take.
pub const PROPAGATION_NO_VALUE: Rule = Rule::error("propagation-no-value");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: PROPAGATION_NO_VALUE,
    explanation: "The stage that `useFromStage` names has no such value. `service` can be taken only from a stage with `service`, and `services` only from one with `services`.",
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
      name: prod_stage
      identifier: prod_stage
      type: Deployment
      spec:
        services: {useFromStage: {stage: dev}}
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
      name: prod_stage
      identifier: prod_stage
      type: Deployment
      spec:
        service: {useFromStage: {stage: dev}}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

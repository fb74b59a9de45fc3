//! No such stage.

use deployline_yaml::{Example, Rule, RuleDocs};

/// No such stage.
pub const PROPAGATION_UNKNOWN_STAGE: Rule = Rule::error("propagation-unknown-stage");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: PROPAGATION_UNKNOWN_STAGE,
    explanation: "`useFromStage.stage` must be the identifier of an earlier deployment stage of the same pipeline.",
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
        service: {useFromStage: {stage: devv}}
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

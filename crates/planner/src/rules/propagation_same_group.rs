//! A stage that runs at the same time.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A stage that runs at the same time.
pub const PROPAGATION_SAME_GROUP: Rule = Rule::error("propagation-same-group");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: PROPAGATION_SAME_GROUP,
    explanation: "`useFromStage` names a stage of the same `parallel:` group, or the stage itself. A value can be taken only from a stage that has ended before.",
    bad: Example::Text(
        r#"stages:
  - parallel:
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

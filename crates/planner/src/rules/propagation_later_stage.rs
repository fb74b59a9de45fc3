//! A stage that comes later.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A stage that comes later.
pub const PROPAGATION_LATER_STAGE: Rule = Rule::error("propagation-later-stage");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: PROPAGATION_LATER_STAGE,
    explanation: "`useFromStage` names a later stage. A value can be taken only from a stage that has ended before: in a DAG, from one that this stage depends on, directly or through others.",
    bad: Example::Text(
        r#"stages:
  - stage:
      name: prod_stage
      identifier: prod_stage
      type: Deployment
      spec:
        service: {useFromStage: {stage: dev}}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
  - stage:
      name: dev
      identifier: dev
      type: Deployment
      spec:
        service: {serviceRef: cart}
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

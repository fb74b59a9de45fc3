//! Documentation of the rules: taken from another stage.

use crate::rules::*;
use deployline_yaml::{Example, RuleDocs};

/// Taken from another stage.
pub(crate) const DOCS: [RuleDocs; 5] = [
    RuleDocs {
        rule: PROPAGATION_UNKNOWN_STAGE,
        explanation: "`useFromStage.stage` is the identifier of an earlier deployment stage of this pipeline.",
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
    },
    RuleDocs {
        rule: PROPAGATION_LATER_STAGE,
        explanation: "A value can be taken only from a stage that has ended before.",
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
    },
    RuleDocs {
        rule: PROPAGATION_SAME_GROUP,
        explanation: "Stages of one `parallel:` can't take from each other, nor a stage from itself.",
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
    },
    RuleDocs {
        rule: PROPAGATION_NO_VALUE,
        explanation: "The named stage has no such value: a single `service` and a list of `services` are not the same.",
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
    },
    RuleDocs {
        rule: PROPAGATION_CHAIN,
        explanation: "The product allows one step only: name the stage that has the value.",
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
    },
];

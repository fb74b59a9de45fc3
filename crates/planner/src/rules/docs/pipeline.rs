//! Documentation of the rules: the text and its stages.

use crate::rules::*;
use deployline_yaml::{Example, RuleDocs};

/// The text and its stages.
pub(crate) const DOCS: [RuleDocs; 9] = [
    RuleDocs {
        rule: NO_PIPELINE,
        explanation: "The text is YAML, but neither a pipeline nor a part of one: `pipeline:`, `stages:`, `stage:`, a list of stages, or a stage's `spec:`.",
        bad: Example::Text(
            r#"hello: world
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    },
    RuleDocs {
        rule: SECOND_PIPELINE,
        explanation: "One pipeline is drawn at a time: the first. Further documents may be services, environments, infrastructures, groups, templates and input sets.",
        bad: Example::Text(
            r#"pipeline: {name: A, stages: [{stage: {name: Ask, type: Approval}}]}
---
pipeline: {name: B, stages: []}
"#,
        ),
        good: r#"pipeline: {name: A, stages: [{stage: {name: Ask, type: Approval}}]}
"#,
    },
    RuleDocs {
        rule: NO_STAGES,
        explanation: "Nothing runs. Expected `stages:` with a list.",
        bad: Example::Text(
            r#"pipeline:
  name: Shop
"#,
        ),
        good: r#"pipeline:
  name: Shop
  stages:
    - stage: {name: Ask, type: Approval}
"#,
    },
    RuleDocs {
        rule: UNKNOWN_STAGE_ENTRY,
        explanation: "Each entry of `stages` is `stage:` or `parallel:`. A placeholder stands for anything else.",
        bad: Example::Text(
            r#"stages:
  - stage: {name: Ask, type: Approval}
  - name: Forgotten
"#,
        ),
        good: r#"stages:
  - stage: {name: Ask, type: Approval}
  - stage: {name: Found, type: Approval}
"#,
    },
    RuleDocs {
        rule: MISSING_SPEC,
        explanation: "The stage says neither what to deploy nor where to.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  type: Deployment
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    },
    RuleDocs {
        rule: DUPLICATE_IDENTIFIER,
        explanation: "The product refuses a pipeline in which two stages have the same identifier: others could not refer to them.",
        bad: Example::Text(
            r#"stages:
  - stage:
      name: Deploy
      identifier: deploy
      type: Deployment
      spec:
        service: {serviceRef: cart}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
  - stage:
      name: Deploy
      identifier: deploy
      type: Deployment
      spec:
        service: {serviceRef: cart}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
        ),
        good: r#"stages:
  - stage:
      name: Deploy
      identifier: deploy
      type: Deployment
      spec:
        service: {serviceRef: cart}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
  - stage:
      name: again
      identifier: again
      type: Deployment
      spec:
        service: {serviceRef: cart}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    },
    RuleDocs {
        rule: WHEN_CONDITION,
        explanation: "`when.condition` is an expression. The stage is drawn as if it held.",
        bad: Example::Text(
            r#"stage:
  name: Ask
  type: Approval
  when: {pipelineStatus: Success, condition: <+trigger.type> == "MANUAL"}
"#,
        ),
        good: r#"stage:
  name: Ask
  type: Approval
  when: {pipelineStatus: Success}
"#,
    },
    RuleDocs {
        rule: PIPELINE_STATUS_INVALID,
        explanation: "`when.pipelineStatus` is `Success`, the default, `Failure` or `All`. The stage is drawn as if it had the default.",
        bad: Example::Text(
            r#"stage:
  name: Clean up
  type: Approval
  when: {pipelineStatus: Failed}
"#,
        ),
        good: r#"stage:
  name: Clean up
  type: Approval
  when: {pipelineStatus: Failure}
"#,
    },
    RuleDocs {
        rule: UNKNOWN_KEY,
        explanation: "The key is not known here, and one that is known is spelt almost like it. What stands below it is not read.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}], metdata: {parallel: false}}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}], metadata: {parallel: false}}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    },
];

//! A value that comes from a stage which is not chosen for the run.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A value that comes from a stage which is not chosen for the run.
pub const STAGE_NOT_CHOSEN: Rule = Rule::warning("stage-not-chosen");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: STAGE_NOT_CHOSEN,
    explanation: "Only some stages are chosen to run (\"Stages of this run\" in the page, `--assume run-stages=a,b` on the command line), and one of them takes its service or environment from a stage that is not, or names one in an expression. In the product such a stage needs its values given when the run starts, or the other stage in the run. What the text itself says is drawn.",
    bad: Example::Assuming(
        "run-stages=prod",
        r#"pipeline:
  identifier: shop
  name: Shop
  allowStageExecutions: true
  stages:
    - stage:
        name: Dev
        identifier: dev
        type: Deployment
        spec:
          service: {serviceRef: cart}
          environment: {environmentRef: test, infrastructureDefinitions: [{identifier: lab}]}
    - stage:
        name: Prod
        identifier: prod
        type: Deployment
        spec:
          service: {useFromStage: {stage: dev}}
          environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    ),
    good: r#"pipeline:
  identifier: shop
  name: Shop
  allowStageExecutions: true
  stages:
    - stage:
        name: Dev
        identifier: dev
        type: Deployment
        spec:
          service: {serviceRef: cart}
          environment: {environmentRef: test, infrastructureDefinitions: [{identifier: lab}]}
    - stage:
        name: Prod
        identifier: prod
        type: Deployment
        spec:
          service: {serviceRef: cart}
          environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

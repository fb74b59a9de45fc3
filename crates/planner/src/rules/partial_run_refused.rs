//! A run of chosen stages that the pipeline does not allow.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A run of chosen stages that the pipeline does not allow.
pub const PARTIAL_RUN_REFUSED: Rule = Rule::info("partial-run-refused");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: PARTIAL_RUN_REFUSED,
    explanation: "Only some stages are chosen to run, and the pipeline does not have `allowStageExecutions: true` (in the newer schema `allow-stage-executions`): the product lets stages be chosen only with it. That a missing key counts as `false` is assumed. A run that is repeated from a stage needs no such key.",
    bad: Example::Assuming(
        "run-stages=build",
        r#"pipeline:
  identifier: shop
  name: Shop
  allowStageExecutions: false
  stages:
    - stage: {name: Build, identifier: build, type: Approval}
    - stage: {name: Ask, identifier: ask, type: Approval}
"#,
    ),
    good: r#"pipeline:
  identifier: shop
  name: Shop
  allowStageExecutions: true
  stages:
    - stage: {name: Build, identifier: build, type: Approval}
    - stage: {name: Ask, identifier: ask, type: Approval}
"#,
};

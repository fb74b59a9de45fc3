//! A `when` without a `pipelineStatus`.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A `when` without a `pipelineStatus`.
pub const PIPELINE_STATUS_MISSING: Rule = Rule::error("pipeline-status-missing");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: PIPELINE_STATUS_MISSING,
    explanation: r#"The product refuses a `when` of a stage that has no `pipelineStatus`: `Success`, `Failure` or `All`. It is drawn as `Success`."#,
    bad: Example::Text(
        r#"pipeline:
  identifier: shop
  variables:
    - {name: ask, type: String, value: "yes"}
  stages:
    - stage:
        name: Ask
        identifier: ask
        type: Approval
        when: {condition: <+pipeline.variables.ask> == "yes"}
"#,
    ),
    good: r#"pipeline:
  identifier: shop
  variables:
    - {name: ask, type: String, value: "yes"}
  stages:
    - stage:
        name: Ask
        identifier: ask
        type: Approval
        when: {pipelineStatus: Success, condition: <+pipeline.variables.ask> == "yes"}
"#,
};

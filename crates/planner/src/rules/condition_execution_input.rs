//! A condition that is to be given while the pipeline runs.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A condition that is to be given while the pipeline runs.
pub const CONDITION_EXECUTION_INPUT: Rule = Rule::error("condition-execution-input");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: CONDITION_EXECUTION_INPUT,
    explanation: "The product refuses a condition that ends in `.executionInput()`: whether a stage runs can't be asked while the pipeline runs. `<+input>` alone asks before the run. It is drawn as `<+input>`.",
    bad: Example::Text(
        r#"stage:
  name: Ask
  type: Approval
  when: {pipelineStatus: Success, condition: <+input>.default("true").executionInput()}
"#,
    ),
    good: r#"stage:
  name: Ask
  type: Approval
  when: {pipelineStatus: Success, condition: <+input>.default("true")}
"#,
};

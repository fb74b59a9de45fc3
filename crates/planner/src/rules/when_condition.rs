//! A condition that only a run knows.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A condition that only a run knows.
pub const WHEN_CONDITION: Rule = Rule::info("when-condition");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: WHEN_CONDITION,
    explanation: "`when.condition` is an expression, and only a run knows its value. The stage is drawn as if the condition held.",
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
};

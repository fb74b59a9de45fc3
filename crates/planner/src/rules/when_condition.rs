//! A condition that only a run knows.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A condition that only a run knows.
pub const WHEN_CONDITION: Rule = Rule::info("when-condition");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: WHEN_CONDITION,
    explanation: "A condition depends on a part that the text does not settle; the message names it and says why. It is drawn as true, unless the viewer chooses otherwise. What the text does settle is computed, for each run of a stage where it differs; how stages before have ended is taken from the drawn run.",
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

//! A loop for an empty list.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A loop for an empty list.
pub const REPEAT_NO_ITEMS: Rule = Rule::info("repeat-no-items");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: REPEAT_NO_ITEMS,
    explanation: "The list of items is empty, and the product skips the stage. Stages after it run as after a success.",
    bad: Example::Text(
        r#"stage:
  name: Ask
  identifier: ask
  type: Approval
  strategy: {repeat: {items: []}}
"#,
    ),
    good: r#"stage:
  name: Ask
  identifier: ask
  type: Approval
  strategy: {repeat: {items: [a]}}
"#,
};

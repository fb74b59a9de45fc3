//! A key of `exclude` that is no axis.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A key of `exclude` that is no axis.
pub const EXCLUDE_NO_AXIS: Rule = Rule::error("exclude-no-axis");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: EXCLUDE_NO_AXIS,
    explanation: "A map of `exclude` names a key that is no axis of the matrix, and the product refuses it. Nothing is excluded by the map. Name an axis.",
    bad: Example::Text(
        r#"stage:
  name: Ask
  identifier: ask
  type: Approval
  strategy: {matrix: {region: [eu, us], exclude: [{place: us}]}}
"#,
    ),
    good: r#"stage:
  name: Ask
  identifier: ask
  type: Approval
  strategy: {matrix: {region: [eu, us], exclude: [{region: us}]}}
"#,
};

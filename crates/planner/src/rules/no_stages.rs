//! A pipeline without stages.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A pipeline without stages.
pub const NO_STAGES: Rule = Rule::error("no-stages");

pub(super) const DOCS: RuleDocs = RuleDocs {
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
};

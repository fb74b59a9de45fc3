//! A pipeline without stages.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A pipeline without stages.
pub const NO_STAGES: Rule = Rule::error("no-stages");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: NO_STAGES,
    explanation: "The pipeline has no stages, so there is nothing to draw. Add `stages:` with a list of stages. Where `stages:` stands beside `pipeline:`, it is not in the pipeline: indent it.",
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

//! An entry that is no stage.

use deployline_yaml::{Example, Rule, RuleDocs};

/// An entry that is no stage.
pub const UNKNOWN_STAGE_ENTRY: Rule = Rule::warning("unknown-stage-entry");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: UNKNOWN_STAGE_ENTRY,
    explanation: "Each entry of `stages` is `stage:` or `parallel:`. A stage without `stage:` around it is drawn as it was meant, anything else as a placeholder.",
    bad: Example::Text(
        r#"stages:
  - stage: {name: Ask, type: Approval}
  - name: Forgotten
    type: Approval
"#,
    ),
    good: r#"stages:
  - stage: {name: Ask, type: Approval}
  - stage: {name: Found, type: Approval}
"#,
};

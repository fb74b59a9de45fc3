//! `needs` that names no earlier stage.

use deployline_yaml::{Example, Rule, RuleDocs};

/// `needs` that names no earlier stage.
pub const NEEDS_INVALID: Rule = Rule::error("needs-invalid");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: NEEDS_INVALID,
    explanation: "`needs` of a stage names a stage that does not exist, a later one, or the stage itself. Stages of a list run in its order. It is drawn without that.",
    bad: Example::Text(
        r#"version: 1
stages:
  - {id: build, steps: [{run: make}]}
  - {id: ship, needs: [biuld], steps: [{run: ./ship.sh}]}
"#,
    ),
    good: r#"version: 1
stages:
  - parallel:
      stages:
        - {id: build, steps: [{run: make}]}
        - {id: ship, needs: [build], steps: [{run: ./ship.sh}]}
"#,
};

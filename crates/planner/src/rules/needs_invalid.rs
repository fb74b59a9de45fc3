//! `needs` that names no stage to wait for.

use deployline_yaml::{Example, Rule, RuleDocs};

/// `needs` that names no stage to wait for.
pub const NEEDS_INVALID: Rule = Rule::error("needs-invalid");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: NEEDS_INVALID,
    explanation: "`needs` of a stage names a stage that does not exist, one that waits for this stage, or the stage itself. Stages of a list run in its order; members of a `parallel` may need each other in any. It is drawn without that.",
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

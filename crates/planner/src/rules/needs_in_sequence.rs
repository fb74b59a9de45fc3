//! `needs` that changes nothing.

use deployline_yaml::{Example, Rule, RuleDocs};

/// `needs` that changes nothing.
pub const NEEDS_IN_SEQUENCE: Rule = Rule::info("needs-in-sequence");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: NEEDS_IN_SEQUENCE,
    explanation: "Stages of a list run one after the other, so that a stage before has ended in any case: `needs` changes nothing here. It orders the members of a `parallel`. (An assumption: no public source says what it means in a list of stages.)",
    bad: Example::Text(
        r#"version: 1
stages:
  - {id: build, steps: [{run: make}]}
  - {id: ship, needs: [build], steps: [{run: ./ship.sh}]}
"#,
    ),
    good: r#"version: 1
stages:
  - {id: build, steps: [{run: make}]}
  - {id: ship, steps: [{run: ./ship.sh}]}
"#,
};

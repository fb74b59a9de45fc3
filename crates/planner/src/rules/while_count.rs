//! A loop whose number of runs only a run knows.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A loop whose number of runs only a run knows.
pub const WHILE_COUNT: Rule = Rule::info("while-count");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: WHILE_COUNT,
    explanation: "The runs of a `while` come one after the other until its condition is false, which only a run knows. The most there may be are drawn, as placeholders.",
    bad: Example::Text(
        r#"version: 1
stages:
  - id: poll
    strategy: {while: {iterations: 3, condition: <+status> != "up"}}
    steps: [{run: ./poll.sh}]
"#,
    ),
    good: r#"version: 1
stages:
  - id: poll
    strategy: {for: {iterations: 3}, max-parallel: 1}
    steps: [{run: ./poll.sh}]
"#,
};

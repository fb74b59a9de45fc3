//! An `if` that names no outcome.

use deployline_yaml::{Example, Rule, RuleDocs};

/// An `if` that names no outcome.
pub const IF_WITHOUT_STATUS: Rule = Rule::info("if-without-status");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: IF_WITHOUT_STATUS,
    explanation: "The condition names no outcome of earlier stages, as `success()`, `failure()` and `always()` do. It is drawn as if `success()` had to hold as well, which no public source says.",
    bad: Example::Text(
        r#"version: 1
pipeline:
  name: shop
  stages:
    - id: ship
      if: <+pipeline.name> == "shop"
      steps: [{run: ./ship.sh}]
"#,
    ),
    good: r#"version: 1
stages:
  - id: ship
    if: ${{ success() }}
    steps: [{run: ./ship.sh}]
"#,
};

//! A stage of the newer schema that says neither what to do nor what to deploy.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A stage of the newer schema that says neither what to do nor what to deploy.
pub const MISSING_STEPS: Rule = Rule::error("missing-steps");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: MISSING_STEPS,
    explanation: "A stage of the newer schema has `steps`, or one key that says what it stands for: `chain`, `dynamic`, `template` and others. Without any of them, and without a service or an environment, it does nothing. It is drawn as one bar.",
    bad: Example::Text(
        r#"version: 1
stages:
  - id: build
    name: Build
"#,
    ),
    good: r#"version: 1
stages:
  - id: build
    name: Build
    steps: [{run: make}]
"#,
};

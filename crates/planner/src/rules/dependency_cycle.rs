//! Stages that wait for each other.

use deployline_yaml::{Example, Rule, RuleDocs};

/// Stages that wait for each other.
pub const DEPENDENCY_CYCLE: Rule = Rule::error("dependency-cycle");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: DEPENDENCY_CYCLE,
    explanation: "Stages wait for each other, directly or through others, so none of them ever starts. The message lists them in order. Remove one of these dependencies.",
    bad: Example::Text(
        r#"stages:
  - stage: {name: build, identifier: build, type: Approval, dependsOn: [deploy]}
  - stage: {name: test, identifier: test, type: Approval, dependsOn: [build]}
  - stage: {name: deploy, identifier: deploy, type: Approval, dependsOn: [test]}
"#,
    ),
    good: r#"stages:
  - stage: {name: build, identifier: build, type: Approval, dependsOn: []}
  - stage: {name: test, identifier: test, type: Approval, dependsOn: [build]}
  - stage: {name: deploy, identifier: deploy, type: Approval, dependsOn: [test]}
"#,
};

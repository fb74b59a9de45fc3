//! A stage named twice in one `dependsOn`.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A stage that is named twice in one `dependsOn`.
pub const DEPENDENCY_TWICE: Rule = Rule::info("dependency-twice");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: DEPENDENCY_TWICE,
    explanation: "A stage stands twice in one `dependsOn`. It counts once; remove one of the two.",
    bad: Example::Text(
        r#"stages:
  - stage: {name: build, identifier: build, type: Approval, dependsOn: []}
  - stage: {name: deploy, identifier: deploy, type: Approval, dependsOn: [build, build]}
"#,
    ),
    good: r#"stages:
  - stage: {name: build, identifier: build, type: Approval, dependsOn: []}
  - stage: {name: deploy, identifier: deploy, type: Approval, dependsOn: [build]}
"#,
};

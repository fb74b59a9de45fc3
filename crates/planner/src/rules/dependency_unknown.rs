//! A dependency that is no stage of the pipeline.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A name in `dependsOn` that no stage has.
pub const DEPENDENCY_UNKNOWN: Rule = Rule::error("dependency-unknown");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: DEPENDENCY_UNKNOWN,
    explanation: "`dependsOn` names a stage that is not there. Stages are named by their `identifier`. The stage is drawn without this dependency.",
    bad: Example::Text(
        r#"stages:
  - stage: {name: build, identifier: build, type: Approval, dependsOn: []}
  - stage: {name: deploy, identifier: deploy, type: Approval, dependsOn: [biuld]}
"#,
    ),
    good: r#"stages:
  - stage: {name: build, identifier: build, type: Approval, dependsOn: []}
  - stage: {name: deploy, identifier: deploy, type: Approval, dependsOn: [build]}
"#,
};

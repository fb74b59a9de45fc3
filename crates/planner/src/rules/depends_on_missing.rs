//! A stage of a DAG that does not say what it waits for.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A stage of a DAG without `dependsOn`.
pub const DEPENDS_ON_MISSING: Rule = Rule::info("depends-on-missing");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: DEPENDS_ON_MISSING,
    explanation: "Other stages have `dependsOn`, and this one has none. In a DAG it waits for nothing and starts with the pipeline; in an ordinary pipeline it would have waited for the stage before it. Write `dependsOn: []` if that is meant.",
    bad: Example::Text(
        r#"stages:
  - stage: {name: build, identifier: build, type: Approval, dependsOn: []}
  - stage: {name: deploy, identifier: deploy, type: Approval}
"#,
    ),
    good: r#"stages:
  - stage: {name: build, identifier: build, type: Approval, dependsOn: []}
  - stage: {name: deploy, identifier: deploy, type: Approval, dependsOn: [build]}
"#,
};

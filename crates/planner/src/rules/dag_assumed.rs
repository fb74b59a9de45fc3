//! A pipeline of which only the product knows whether it runs as a DAG.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A pipeline that may run as a DAG.
pub const DAG_ASSUMED: Rule = Rule::info("dag-assumed");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: DAG_ASSUMED,
    explanation: "A stage has `dependsOn`. Whether a pipeline runs as a DAG (in the product a beta feature) is kept with the pipeline and not in its YAML, so this is assumed: each stage starts when those that it names have ended. The assumption `dag` changes it, in the page or with `--assume dag=false`.",
    bad: Example::Text(
        r#"stages:
  - stage: {name: build, identifier: build, type: Approval, dependsOn: []}
  - stage: {name: deploy, identifier: deploy, type: Approval, dependsOn: [build]}
"#,
    ),
    good: r#"stages:
  - stage: {name: build, identifier: build, type: Approval}
  - stage: {name: deploy, identifier: deploy, type: Approval}
"#,
};

//! A parallel group in a pipeline whose stages name what they wait for.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A parallel group in a DAG.
pub const DAG_PARALLEL: Rule = Rule::error("dag-parallel");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: DAG_PARALLEL,
    explanation: "A stage has `dependsOn`, and stages stand below `parallel:`. A DAG has no such groups: stages whose dependencies have ended run side by side. Put the stages of the group into the list itself, each with its own `dependsOn`.",
    bad: Example::Text(
        r#"stages:
  - stage: {name: build, identifier: build, type: Approval, dependsOn: []}
  - parallel:
      - stage: {name: eu, identifier: eu, type: Approval, dependsOn: [build]}
      - stage: {name: us, identifier: us, type: Approval, dependsOn: [build]}
"#,
    ),
    good: r#"stages:
  - stage: {name: build, identifier: build, type: Approval, dependsOn: []}
  - stage: {name: eu, identifier: eu, type: Approval, dependsOn: [build]}
  - stage: {name: us, identifier: us, type: Approval, dependsOn: [build]}
"#,
};

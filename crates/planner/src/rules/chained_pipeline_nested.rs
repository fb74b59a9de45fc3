//! A pipeline that a stage runs, and that runs a pipeline itself.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A pipeline that a stage runs, and that runs a pipeline itself.
pub const CHAINED_PIPELINE_NESTED: Rule = Rule::error("chained-pipeline-nested");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: CHAINED_PIPELINE_NESTED,
    explanation: "A pipeline that runs in a stage of another one may have no stage that runs a third. The product refuses it; a placeholder stands for the stage. Let the first pipeline run both.",
    bad: Example::Text(
        r#"stage: {name: Smoke, identifier: smoke, type: Pipeline, spec: {org: default, project: shop, pipeline: a}}
---
pipeline:
  identifier: a
  stages:
    - stage: {name: B, identifier: b, type: Pipeline, spec: {org: default, project: shop, pipeline: b}}
"#,
    ),
    good: r#"stage: {name: Smoke, identifier: smoke, type: Pipeline, spec: {org: default, project: shop, pipeline: a}}
---
pipeline:
  identifier: a
  stages: [{stage: {name: Ask, identifier: ask, type: Approval}}]
"#,
};

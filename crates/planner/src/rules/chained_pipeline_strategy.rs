//! A loop around a stage that runs a pipeline.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A loop around a stage that runs a pipeline.
pub const CHAINED_PIPELINE_STRATEGY: Rule = Rule::info("chained-pipeline-strategy");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: CHAINED_PIPELINE_STRATEGY,
    explanation: "The documentation of the product allows no looping strategy on a stage that runs another pipeline, while its schema has the key. Each run of the loop is drawn with the pipeline that it runs. To be sure, write one stage for each run, or put the loop into the other pipeline.",
    bad: Example::Text(
        r#"stage:
  name: Smoke
  identifier: smoke
  type: Pipeline
  spec: {org: default, project: shop, pipeline: smoke_tests}
  strategy: {repeat: {times: 2}}
---
pipeline: {identifier: smoke_tests, stages: [{stage: {name: Ask, identifier: ask, type: Approval}}]}
"#,
    ),
    good: r#"stage:
  name: Smoke
  identifier: smoke
  type: Pipeline
  spec: {org: default, project: shop, pipeline: smoke_tests}
---
pipeline: {identifier: smoke_tests, stages: [{stage: {name: Ask, identifier: ask, type: Approval}}]}
"#,
};

//! A pipeline that runs itself.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A pipeline that runs itself.
pub const CHAINED_PIPELINE_LOOP: Rule = Rule::error("chained-pipeline-loop");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: CHAINED_PIPELINE_LOOP,
    explanation: "The stage runs the pipeline that it stands in, directly or through another one, which would have no end. A placeholder stands for the stage. Name another pipeline, or remove the stage.",
    bad: Example::Text(
        r#"pipeline:
  identifier: shop
  stages:
    - stage: {name: Again, identifier: again, type: Pipeline, spec: {org: default, project: shop, pipeline: shop}}
"#,
    ),
    good: r#"pipeline:
  identifier: shop
  stages: [{stage: {name: Ask, identifier: ask, type: Approval}}]
"#,
};

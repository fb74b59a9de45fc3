//! A stage that runs a pipeline which is not in the texts.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A stage that runs a pipeline which is not in the texts.
pub const CHAINED_PIPELINE_MISSING: Rule = Rule::warning("chained-pipeline-missing");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: CHAINED_PIPELINE_MISSING,
    explanation: "A stage of the type `Pipeline` (in the newer schema `chain`) lasts as long as the pipeline that it runs. The document of that pipeline is not in the texts, so one bar stands for its stages. Add it after `---`, or as a further file: then its stages are drawn inside the bar, with the values that the stage gives.",
    bad: Example::Text(
        r#"stage:
  name: Smoke
  identifier: smoke
  type: Pipeline
  spec: {org: default, project: shop, pipeline: smoke_tests}
"#,
    ),
    good: r#"stage:
  name: Smoke
  identifier: smoke
  type: Pipeline
  spec: {org: default, project: shop, pipeline: smoke_tests}
---
pipeline:
  identifier: smoke_tests
  stages: [{stage: {name: Ask, identifier: ask, type: Approval}}]
"#,
};

//! An input set for another pipeline.

use deployline_yaml::{Example, Rule, RuleDocs};

/// An input set for another pipeline.
pub const INPUT_SET_OTHER_PIPELINE: Rule = Rule::warning("input-set-other-pipeline");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: INPUT_SET_OTHER_PIPELINE,
    explanation: "The identifier in `inputSet.pipeline` is not that of the pipeline in the text, so the input set is not used.",
    bad: Example::Text(
        r#"pipeline:
  identifier: shop
  stages: [{stage: {name: Ask, type: Approval}}]
---
inputSet: {pipeline: {identifier: stop, stages: []}}
"#,
    ),
    good: r#"pipeline:
  identifier: shop
  stages: [{stage: {name: Ask, type: Approval}}]
---
inputSet: {pipeline: {identifier: shop, stages: []}}
"#,
};

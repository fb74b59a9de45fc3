//! A value of an input set that fills nothing.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A value of an input set, or of `templateInputs`, that fills nothing.
pub const UNUSED_INPUT: Rule = Rule::warning("unused-input");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: UNUSED_INPUT,
    explanation: "An input set and `templateInputs` fill what is `<+input>` at the same path. Where the pipeline or the template has a fixed value, or nothing, the given one is not used. In the newer schema an input set gives values by the names of the pipeline's `inputs`.",
    bad: Example::Text(
        r#"pipeline:
  identifier: shop
  stages: [{stage: {identifier: ask, name: Ask, type: Approval}}]
---
inputSet: {pipeline: {identifier: shop, stages: [{stage: {identifier: aks, when: {pipelineStatus: All}}}]}}
"#,
    ),
    good: r#"pipeline:
  identifier: shop
  stages: [{stage: {identifier: ask, name: Ask, type: Approval, when: {pipelineStatus: <+input>}}}]
---
inputSet: {pipeline: {identifier: shop, stages: [{stage: {identifier: ask, when: {pipelineStatus: All}}}]}}
"#,
};

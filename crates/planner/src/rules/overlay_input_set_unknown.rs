//! An overlay, or a stage that runs a pipeline, that names an input set which is not there.

use deployline_yaml::{Example, Rule, RuleDocs};

/// An overlay, or a stage that runs a pipeline, that names an input set which is not there.
pub const OVERLAY_INPUT_SET_UNKNOWN: Rule = Rule::warning("overlay-input-set-unknown");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: OVERLAY_INPUT_SET_UNKNOWN,
    explanation: "An overlay lays input sets over the pipeline in the order of its `inputSetReferences`, and the last one wins; a stage that runs another pipeline has such a list too. One of them has no document in the text, so what it fills stays open. Add its document after `---`, or correct the name.",
    bad: Example::Text(
        r#"pipeline:
  identifier: shop
  stages: [{stage: {name: Ask, type: Approval}}]
---
inputSet: {identifier: base, pipeline: {identifier: shop}}
---
overlayInputSet: {identifier: both, pipelineIdentifier: shop, inputSetReferences: [bese]}
"#,
    ),
    good: r#"pipeline:
  identifier: shop
  stages: [{stage: {name: Ask, type: Approval}}]
---
inputSet: {identifier: base, pipeline: {identifier: shop}}
---
overlayInputSet: {identifier: both, pipelineIdentifier: shop, inputSetReferences: [base]}
"#,
};

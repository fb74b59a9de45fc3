//! A pipeline template that is not in the text.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A pipeline template that is not in the text.
pub const PIPELINE_TEMPLATE: Rule = Rule::warning("pipeline-template");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: PIPELINE_TEMPLATE,
    explanation: "The stages are defined by a template that is not in the text. Add its `template:` document.",
    bad: Example::Text(
        r#"pipeline:
  name: Shop
  template: {templateRef: release}
"#,
    ),
    good: r#"pipeline:
  name: Shop
  template: {templateRef: release}
---
template:
  identifier: release
  type: Pipeline
  spec: {stages: [{stage: {name: Ask, type: Approval}}]}
"#,
};

//! A template without a pipeline.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A template without a pipeline.
pub const TEMPLATE_ALONE: Rule = Rule::info("template-alone");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: TEMPLATE_ALONE,
    explanation: "The text has a template of a stage or of a pipeline, and no pipeline that uses it. It is drawn with placeholders for its inputs. Where there are several, the first is drawn.",
    bad: Example::Text(
        r#"template:
  identifier: ask
  name: Ask
  type: Stage
  spec: {type: Approval, spec: {execution: {steps: []}}}
"#,
    ),
    good: r#"stages:
  - stage: {name: Ask, identifier: first, template: {templateRef: ask}}
---
template:
  identifier: ask
  name: Ask
  type: Stage
  spec: {type: Approval, spec: {execution: {steps: []}}}
"#,
};

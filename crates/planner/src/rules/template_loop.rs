//! A template that contains itself.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A template that contains itself.
pub const TEMPLATE_LOOP: Rule = Rule::error("template-loop");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: TEMPLATE_LOOP,
    explanation: "A template uses itself, by itself or through other templates, so that its contents never end. The message names the templates of the loop. A placeholder stands for what uses it. Remove one of the references, or name another template or version.",
    bad: Example::Text(
        r#"pipeline:
  name: Shop
  template: {templateRef: release}
---
template: {identifier: release, type: Pipeline, spec: {template: {templateRef: rollout}}}
---
template: {identifier: rollout, type: Pipeline, spec: {template: {templateRef: release}}}
"#,
    ),
    good: r#"pipeline:
  name: Shop
  template: {templateRef: release}
---
template: {identifier: release, type: Pipeline, spec: {template: {templateRef: rollout}}}
---
template: {identifier: rollout, type: Pipeline, spec: {stages: [{stage: {name: Ask, type: Approval}}]}}
"#,
};

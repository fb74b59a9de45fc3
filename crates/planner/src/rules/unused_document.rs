//! A document beside the pipeline that says nothing about it.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A document beside the pipeline that says nothing about it.
pub const UNUSED_DOCUMENT: Rule = Rule::info("unused-document");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: UNUSED_DOCUMENT,
    explanation: "The document is no pipeline, and nothing that decides the order or the targets of one: those are services, environments, infrastructures, environment groups, templates, input sets and overlays. It is not used.",
    bad: Example::Text(
        r#"pipeline: {name: A, stages: [{stage: {name: Ask, type: Approval}}]}
---
trigger: {name: Nightly, identifier: nightly}
"#,
    ),
    good: r#"pipeline: {name: A, stages: [{stage: {name: Ask, type: Approval}}]}
---
service: {name: Cart, identifier: cart}
"#,
};

//! Documents of entities without a pipeline.

use deployline_yaml::{Example, Rule, RuleDocs};

/// Documents of entities without a pipeline.
pub const ENTITIES_ALONE: Rule = Rule::info("entities-alone");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: ENTITIES_ALONE,
    explanation: "The text has only documents that belong to a pipeline: services, environments, infrastructures, environment groups, templates of steps or input sets. Nothing is drawn of them. Add them to the text of a pipeline, below a line `---`, or open them together with its file.",
    bad: Example::Text(
        r#"service:
  identifier: cart
  name: Cart
"#,
    ),
    good: r#"pipeline: {name: A, stages: [{stage: {name: Ask, type: Approval}}]}
---
service:
  identifier: cart
  name: Cart
"#,
};

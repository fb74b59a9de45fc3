//! More than one pipeline.

use deployline_yaml::{Example, Rule, RuleDocs};

/// More than one pipeline.
pub const SECOND_PIPELINE: Rule = Rule::warning("second-pipeline");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: SECOND_PIPELINE,
    explanation: "The text contains more than one pipeline, and only the first is drawn. Put each pipeline in a text of its own. Further documents may be services, environments, infrastructures, environment groups, templates and input sets.",
    bad: Example::Text(
        r#"pipeline: {name: A, stages: [{stage: {name: Ask, type: Approval}}]}
---
pipeline: {name: B, stages: []}
"#,
    ),
    good: r#"pipeline: {name: A, stages: [{stage: {name: Ask, type: Approval}}]}
"#,
};

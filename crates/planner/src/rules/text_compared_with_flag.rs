//! A text that is compared with a flag.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A text that is compared with a flag.
pub const TEXT_COMPARED_WITH_FLAG: Rule = Rule::warning("text-compared-with-flag");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: TEXT_COMPARED_WITH_FLAG,
    explanation: r#"A condition compares a text with `true` or `false` without quotes. The product takes any text but `false` for true there, so that `"no" == true` is true. Compare it with a text in quotes."#,
    bad: Example::Text(
        r#"pipeline:
  identifier: shop
  variables:
    - {name: ask, type: String, value: "no"}
  stages:
    - stage:
        name: Ask
        identifier: ask
        type: Approval
        when: {pipelineStatus: Success, condition: <+pipeline.variables.ask> == true}
"#,
    ),
    good: r#"pipeline:
  identifier: shop
  variables:
    - {name: ask, type: String, value: "no"}
  stages:
    - stage:
        name: Ask
        identifier: ask
        type: Approval
        when: {pipelineStatus: Success, condition: <+pipeline.variables.ask> == "true"}
"#,
};

//! A list of the newer schema without a flag, on which public sources disagree.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A list of the newer schema without a flag, on which public sources disagree.
pub const V1_DEFAULT: Rule = Rule::info("v1-default");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: V1_DEFAULT,
    explanation: "Neither `parallel` nor `sequential` is written at a list of the newer schema. By the published schema its items run one after the other, by the documentation side by side. The assumption `v1-default` chooses; write `parallel` to settle it.",
    bad: Example::Text(
        r#"version: 1
stages:
  - id: deploy
    service: {items: [cart, web]}
    environment: {id: prod, deploy-to: eu}
"#,
    ),
    good: r#"version: 1
stages:
  - id: deploy
    service: {items: [cart, web], parallel: false}
    environment: {id: prod, deploy-to: eu}
"#,
};

//! An entry of the newer schema without an identifier.

use deployline_yaml::{Example, Rule, RuleDocs};

/// An entry of the newer schema without an identifier.
pub const MISSING_IDENTIFIER: Rule = Rule::error("missing-identifier");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: MISSING_IDENTIFIER,
    explanation: "A service or environment has no name. Write its identifier, or a mapping with `id`.",
    bad: Example::Text(
        r#"version: 1
stages:
  - id: deploy
    service: {with: {tag: "1"}}
    environment: {id: prod, deploy-to: eu}
"#,
    ),
    good: r#"version: 1
stages:
  - id: deploy
    service: {id: cart, with: {tag: "1"}}
    environment: {id: prod, deploy-to: eu}
"#,
};

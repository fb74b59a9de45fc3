//! A single name where a list is expected.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A single name where a list is expected.
pub const LIST_EXPECTED: Rule = Rule::error("list-expected");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: LIST_EXPECTED,
    explanation: "A single name stands, or is given by an expression, where a list of services or environments is expected. It is drawn as a list with this one name. Put it in brackets.",
    bad: Example::Text(
        r#"version: 1
stages:
  - id: deploy
    service: {items: cart, parallel: true}
    environment: {id: prod, deploy-to: eu}
"#,
    ),
    good: r#"version: 1
stages:
  - id: deploy
    service: {items: [cart], parallel: true}
    environment: {id: prod, deploy-to: eu}
"#,
};

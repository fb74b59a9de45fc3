//! The order of the newer schema may surprise.

use deployline_yaml::{Example, Rule, RuleDocs};

/// The order of the newer schema may surprise.
pub const V1_NESTING: Rule = Rule::info("v1-nesting");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: V1_NESTING,
    explanation: "In the newer schema a stage always goes target by target. With services in sequence and targets in parallel, different services run at the same time on one infrastructure. In the older schema the same flags take one service to all targets before the next service starts.",
    bad: Example::Text(
        r#"version: 1
stages:
  - id: deploy
    service: {items: [cart, web], parallel: false}
    environment: {id: prod, deploy-to: [eu, us], parallel: true}
"#,
    ),
    good: r#"version: 1
stages:
  - id: deploy
    service: {items: [cart, web], parallel: true}
    environment: {id: prod, deploy-to: [eu, us], parallel: false}
"#,
};

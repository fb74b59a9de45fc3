//! A form of the newer schema that only its documentation shows.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A form of the newer schema that only its documentation shows.
pub const UNPUBLISHED_FORM: Rule = Rule::info("unpublished-form");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: UNPUBLISHED_FORM,
    explanation: "The product's documentation of the newer schema shows this form, and its published schema doesn't know it. The message says how it is read. Write the form of the schema to be sure that the product takes it.",
    bad: Example::Text(
        r#"version: 1
pipeline:
  stages:
    - id: deploy
      service: cart
      environment: {id: prod, deploy-to: eu}
      on_failure: {errors: all, action: stage-rollback}
"#,
    ),
    good: r#"version: 1
pipeline:
  stages:
    - id: deploy
      service: cart
      environment: {id: prod, deploy-to: eu}
      on-failure: {errors: all, action: stage-rollback}
"#,
};

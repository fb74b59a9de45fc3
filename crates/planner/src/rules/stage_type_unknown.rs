//! A type of stage that does not exist.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A type of stage that does not exist.
pub const STAGE_TYPE_UNKNOWN: Rule = Rule::error("stage-type-unknown");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: STAGE_TYPE_UNKNOWN,
    explanation: "The product knows no such type of stage. A stage with a service or an environment is drawn as a `Deployment`, another one as the type that is spelled almost the same.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: deployment
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

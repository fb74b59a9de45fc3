//! An environment without infrastructure.

use deployline_yaml::{Example, Rule, RuleDocs};

/// An environment without infrastructure.
pub const MISSING_INFRASTRUCTURE: Rule = Rule::error("missing-infrastructure");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: MISSING_INFRASTRUCTURE,
    explanation: "An environment must name its infrastructures: `infrastructureDefinitions:` with a list, or with `<+input>` beside `deployToAll: true` for all of them.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod}
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

//! A deployment stage without `spec`.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A deployment stage without `spec`.
pub const MISSING_SPEC: Rule = Rule::error("missing-spec");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: MISSING_SPEC,
    explanation: "A deployment stage without `spec` says neither which services to deploy nor to which environments. Add `spec:` with both.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  type: Deployment
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

//! Several infrastructures in `environment`.

use deployline_yaml::{Example, Rule, RuleDocs};

/// Several infrastructures in `environment`.
pub const ENVIRONMENT_EXTRA_INFRASTRUCTURES: Rule =
    Rule::warning("environment-extra-infrastructures");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: ENVIRONMENT_EXTRA_INFRASTRUCTURES,
    explanation: "A stage with `environment` deploys to one infrastructure, but more are listed. Only the first is drawn. Use `environments` to deploy to several.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}, {identifier: us}]}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments: {values: [{environmentRef: prod, infrastructureDefinitions: [{identifier: eu}, {identifier: us}]}]}
"#,
};

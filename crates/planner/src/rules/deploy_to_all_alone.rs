//! `deployToAll` with nothing beside it.

use deployline_yaml::{Example, Rule, RuleDocs};

/// `deployToAll` with nothing beside it.
pub const DEPLOY_TO_ALL_ALONE: Rule = Rule::warning("deploy-to-all-alone");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: DEPLOY_TO_ALL_ALONE,
    explanation: "The product refuses `deployToAll: true` alone: its editor writes `infrastructureDefinitions: <+input>` beside it. All infrastructures that have a document are drawn, of the one `environment` the first.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments: {values: [{environmentRef: prod, deployToAll: true}]}
---
infrastructureDefinition: {identifier: eu, environmentRef: prod}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments: {values: [{environmentRef: prod, deployToAll: true, infrastructureDefinitions: <+input>}]}
---
infrastructureDefinition: {identifier: eu, environmentRef: prod}
"#,
};

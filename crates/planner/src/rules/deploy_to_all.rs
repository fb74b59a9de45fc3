//! All infrastructures of an environment.

use deployline_yaml::{Example, Rule, RuleDocs};

/// All infrastructures of an environment.
pub const DEPLOY_TO_ALL: Rule = Rule::warning("deploy-to-all");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: DEPLOY_TO_ALL,
    explanation: "The stage deploys to all infrastructures of an environment, and they are not in the pipeline. They are drawn as one placeholder until `infrastructureDefinition:` documents are added; the order of these documents is the order of the infrastructures.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments: {values: [{environmentRef: prod, deployToAll: true, infrastructureDefinitions: <+input>}]}
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

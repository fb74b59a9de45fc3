//! All infrastructures of an environment.

use deployline_yaml::{Example, Rule, RuleDocs};

/// All infrastructures of an environment.
pub const DEPLOY_TO_ALL: Rule = Rule::warning("deploy-to-all");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: DEPLOY_TO_ALL,
    explanation: "Which ones there are is not in the pipeline. A placeholder stands for all of them until `infrastructureDefinition:` documents tell; their order is the order of the documents.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments: {values: [{environmentRef: prod, deployToAll: true}]}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments: {values: [{environmentRef: prod, deployToAll: true}]}
---
infrastructureDefinition: {identifier: eu, environmentRef: prod}
"#,
};

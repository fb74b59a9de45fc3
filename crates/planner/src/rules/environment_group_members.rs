//! All environments of a group.

use deployline_yaml::{Example, Rule, RuleDocs};

/// All environments of a group.
pub const ENVIRONMENT_GROUP_MEMBERS: Rule = Rule::warning("environment-group-members");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: ENVIRONMENT_GROUP_MEMBERS,
    explanation: "The environments of a group are not in the pipeline. They are drawn as one placeholder until an `environmentGroup:` document is added.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environmentGroup: {envGroupRef: live, deployToAll: true}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environmentGroup: {envGroupRef: live, deployToAll: true}
---
environmentGroup: {identifier: live, envIdentifiers: [prod]}
---
infrastructureDefinition: {identifier: eu, environmentRef: prod}
"#,
};

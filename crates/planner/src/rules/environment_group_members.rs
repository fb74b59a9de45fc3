//! All environments of a group.

use deployline_yaml::{Example, Rule, RuleDocs};

/// All environments of a group.
pub const ENVIRONMENT_GROUP_MEMBERS: Rule = Rule::warning("environment-group-members");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: ENVIRONMENT_GROUP_MEMBERS,
    explanation: "Which ones there are is not in the pipeline. A placeholder stands for all of them until an `environmentGroup:` document tells.",
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

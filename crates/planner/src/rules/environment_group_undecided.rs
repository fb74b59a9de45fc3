//! A group of which the stage doesn't say the environments.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A group with neither a list nor `deployToAll`.
pub const ENVIRONMENT_GROUP_UNDECIDED: Rule = Rule::warning("environment-group-undecided");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: ENVIRONMENT_GROUP_UNDECIDED,
    explanation: "The stage names a group, and neither a list of its environments nor all of them: the text doesn't say where it deploys to, also where the group's document is there. One placeholder is drawn. Write `deployToAll: true` with `environments: <+input>` beside it, or list the environments.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environmentGroup: {envGroupRef: live}
---
environmentGroup: {identifier: live, envIdentifiers: [prod]}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environmentGroup: {envGroupRef: live, deployToAll: true, environments: <+input>}
---
environmentGroup: {identifier: live, envIdentifiers: [prod]}
---
infrastructureDefinition: {identifier: eu, environmentRef: prod}
"#,
};

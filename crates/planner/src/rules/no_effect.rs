//! A key that has no effect here.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A key that has no effect here.
pub const NO_EFFECT: Rule = Rule::warning("no-effect");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: NO_EFFECT,
    explanation: "The product does not read the key beside another one: `deployToAll` beside a list, a list beside `filters`, filters of environments beside listed ones, `maxConcurrency` beside `matrix`. Remove it, or the other one.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments: {values: [{environmentRef: prod, deployToAll: true, infrastructureDefinitions: [{identifier: eu}]}]}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments: {values: [{environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}]}
"#,
};

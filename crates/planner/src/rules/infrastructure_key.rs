//! An infrastructure by a key of another name.

use deployline_yaml::{Example, Rule, RuleDocs};

/// An infrastructure by a key of another name.
pub const INFRASTRUCTURE_KEY: Rule = Rule::error("infrastructure-key");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: INFRASTRUCTURE_KEY,
    explanation: "The name of an infrastructure stands behind a key that the product does not read there. It is drawn as meant. Write `identifier`, below `infrastructureDefinitions` of the environment.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{ref: eu}]}
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

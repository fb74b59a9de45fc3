//! Infrastructures beside an environment that is taken.

use deployline_yaml::{Example, Rule, RuleDocs};

/// Infrastructures beside an environment that is taken.
pub const PROPAGATION_OWN_INFRASTRUCTURES: Rule = Rule::info("propagation-own-infrastructures");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: PROPAGATION_OWN_INFRASTRUCTURES,
    explanation: "The stage takes the environment of another one and lists infrastructures of its own, which count. In the product this needs a setting of the account.",
    bad: Example::Text(
        r#"stages:
  - stage:
      name: dev
      identifier: dev
      type: Deployment
      spec:
        service: {serviceRef: cart}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
  - stage:
      name: qa
      identifier: qa
      type: Deployment
      spec:
        service: {serviceRef: cart}
        environment: {useFromStage: {stage: dev}, infrastructureDefinitions: [{identifier: us}]}
"#,
    ),
    good: r#"stages:
  - stage:
      name: dev
      identifier: dev
      type: Deployment
      spec:
        service: {serviceRef: cart}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
  - stage:
      name: qa
      identifier: qa
      type: Deployment
      spec:
        service: {serviceRef: cart}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: us}]}
"#,
};

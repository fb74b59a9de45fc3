//! Several environments to take.

use deployline_yaml::{Example, Rule, RuleDocs};

/// Several environments to take.
pub const PROPAGATION_SEVERAL_ENVIRONMENTS: Rule = Rule::error("propagation-several-environments");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: PROPAGATION_SEVERAL_ENVIRONMENTS,
    explanation: "The stage that `useFromStage` names has a list of environments or a group, and the product lets one `environment` alone be taken. Write the environments in this stage.",
    bad: Example::Text(
        r#"stages:
  - stage:
      name: dev
      identifier: dev
      type: Deployment
      spec:
        service: {serviceRef: cart}
        environments: {values: [{environmentRef: dev, infrastructureDefinitions: [{identifier: eu}]}]}
  - stage:
      name: qa
      identifier: qa
      type: Deployment
      spec:
        service: {serviceRef: cart}
        environment: {useFromStage: {stage: dev}}
"#,
    ),
    good: r#"stages:
  - stage:
      name: dev
      identifier: dev
      type: Deployment
      spec:
        service: {serviceRef: cart}
        environments: {values: [{environmentRef: dev, infrastructureDefinitions: [{identifier: eu}]}]}
  - stage:
      name: qa
      identifier: qa
      type: Deployment
      spec:
        service: {serviceRef: cart}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

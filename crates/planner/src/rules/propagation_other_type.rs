//! A source with another type of deployment.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A source with another type of deployment.
pub const PROPAGATION_OTHER_TYPE: Rule = Rule::error("propagation-other-type");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: PROPAGATION_OTHER_TYPE,
    explanation: "The stage that `useFromStage` names has another `deploymentType`, and the product lets a value be taken only between stages of one type. The value is drawn as taken.",
    bad: Example::Text(
        r#"stages:
  - stage:
      name: dev
      identifier: dev
      type: Deployment
      spec:
        deploymentType: Kubernetes
        service: {serviceRef: cart}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
  - stage:
      name: qa
      identifier: qa
      type: Deployment
      spec:
        deploymentType: ECS
        service: {useFromStage: {stage: dev}}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    ),
    good: r#"stages:
  - stage:
      name: dev
      identifier: dev
      type: Deployment
      spec:
        deploymentType: Kubernetes
        service: {serviceRef: cart}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
  - stage:
      name: qa
      identifier: qa
      type: Deployment
      spec:
        deploymentType: Kubernetes
        service: {useFromStage: {stage: dev}}
        environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

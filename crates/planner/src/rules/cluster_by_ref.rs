//! A cluster by `ref`.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A cluster by `ref`.
pub const CLUSTER_BY_REF: Rule = Rule::warning("cluster-by-ref");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: CLUSTER_BY_REF,
    explanation: "The name of a GitOps cluster stands behind `ref`, and the product reads `identifier`. It is drawn as meant.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    gitOpsEnabled: true
    service: {serviceRef: cart}
    environment: {environmentRef: prod, gitOpsClusters: [{ref: blue}]}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    gitOpsEnabled: true
    service: {serviceRef: cart}
    environment: {environmentRef: prod, gitOpsClusters: [{identifier: blue}]}
"#,
};

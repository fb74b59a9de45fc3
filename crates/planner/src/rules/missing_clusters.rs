//! A GitOps environment without clusters.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A GitOps environment without clusters.
pub const MISSING_CLUSTERS: Rule = Rule::error("missing-clusters");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: MISSING_CLUSTERS,
    explanation: "With `gitOpsEnabled: true` an environment needs `gitOpsClusters` or `deployToAll: true`. All its clusters are assumed.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    gitOpsEnabled: true
    service: {serviceRef: cart}
    environment: {environmentRef: prod}
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

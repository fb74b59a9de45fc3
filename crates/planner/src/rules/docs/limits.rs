//! Documentation of the rules: limits.

use crate::rules::*;
use deployline_yaml::{Example, RuleDocs};

/// Limits.
pub(crate) const DOCS: [RuleDocs; 4] = [
    RuleDocs {
        rule: MAX_CONCURRENCY_INVALID,
        explanation: "`maxConcurrency` is a whole number of at least 1; in a strategy 0 means all at once.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
    multiDeploymentConfig: {maxConcurrency: some}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
    multiDeploymentConfig: {maxConcurrency: 1}
"#,
    },
    RuleDocs {
        rule: ON_FAILURE_INVALID,
        explanation: "`onFailure` of `multiDeploymentConfig` or of a strategy is `RunAll`, the default, or `SkipQueued`. The stage is drawn with the default.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
    multiDeploymentConfig: {onFailure: Stop}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
    multiDeploymentConfig: {onFailure: SkipQueued}
"#,
    },
    RuleDocs {
        rule: LIMIT_ABOVE_ACCOUNT,
        explanation: "The account lets fewer deployments run at once than the stage asks for, by `multiDeploymentConfig` or by its strategy. (In the example, one.)",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
    multiDeploymentConfig: {maxConcurrency: 2}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
    multiDeploymentConfig: {maxConcurrency: 1}
"#,
    },
    RuleDocs {
        rule: TOO_MANY_DEPLOYMENTS,
        explanation: "At most 200,000 deployments of one pipeline are drawn, and a stage with more is one bar. The message names the lists that multiply: those of the stage, or one that many stages use, such as all infrastructures of an environment.",
        bad: Example::Made("500 services to 500 infrastructures", too_many),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environments: {values: [{environmentRef: prod, infrastructureDefinitions: [{identifier: eu}, {identifier: us}]}]}
"#,
    },
];

fn too_many() -> String {
    let list =
        |key: &str| (0..500).map(|i| format!("{{{key}: x{i}}}")).collect::<Vec<_>>().join(", ");
    format!(
        "spec:\n  services: {{values: [{}]}}\n  environments: {{values: [{{environmentRef: prod, \
         infrastructureDefinitions: [{}]}}]}}\n",
        list("serviceRef"),
        list("identifier")
    )
}

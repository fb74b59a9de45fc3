//! Documentation of the rules: services and targets.

use crate::rules::*;
use deployline_yaml::{Example, RuleDocs};

/// Services and targets.
pub(crate) const DOCS: [RuleDocs; 13] = [
    RuleDocs {
        rule: MISSING_SERVICE,
        explanation: "Expected `service:` with `serviceRef`, or `services:` with `values`.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
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
    },
    RuleDocs {
        rule: MISSING_ENVIRONMENT,
        explanation: "Expected `environment:` with `environmentRef`, `environments:` with `values`, or `environmentGroup:`.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
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
    },
    RuleDocs {
        rule: MISSING_INFRASTRUCTURE,
        explanation: "A listed environment needs `infrastructureDefinitions`, or `deployToAll: true`.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod}
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
    },
    RuleDocs {
        rule: MISSING_IDENTIFIER,
        explanation: "A service or environment is an identifier, or a mapping with `id`.",
        bad: Example::Text(
            r#"version: 1
stages:
  - id: deploy
    service: {with: {tag: "1"}}
    environment: {id: prod, deploy-to: eu}
"#,
        ),
        good: r#"version: 1
stages:
  - id: deploy
    service: {id: cart, with: {tag: "1"}}
    environment: {id: prod, deploy-to: eu}
"#,
    },
    RuleDocs {
        rule: EMPTY_SERVICES,
        explanation: "A list has at least one item; the product refuses an empty one.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: []}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    },
    RuleDocs {
        rule: EMPTY_ENVIRONMENTS,
        explanation: "A list has at least one item; the product refuses an empty one.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments: {values: []}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments: {values: [{environmentRef: prod, infrastructureDefinitions: [{identifier: eu}, {identifier: us}]}]}
"#,
    },
    RuleDocs {
        rule: LISTED_TWICE,
        explanation: "The same deployment would run twice; the second one waits for the first, since one runs at a time of a service on an infrastructure.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: cart}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    },
    RuleDocs {
        rule: ENVIRONMENT_EXTRA_INFRASTRUCTURES,
        explanation: "A stage with one `environment` deploys to one infrastructure: the first is drawn.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}, {identifier: us}]}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments: {values: [{environmentRef: prod, infrastructureDefinitions: [{identifier: eu}, {identifier: us}]}]}
"#,
    },
    RuleDocs {
        rule: PARALLEL_EXPRESSION,
        explanation: "Only a run knows. It is drawn as parallel; on the page the checkbox chooses.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {metadata: {parallel: <+input>}, values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {metadata: {parallel: true}, values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    },
    RuleDocs {
        rule: PARALLEL_NOT_A_FLAG,
        explanation: "The engine takes any other text for `false`: sequential.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {metadata: {parallel: "yes"}, values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {metadata: {parallel: true}, values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    },
    RuleDocs {
        rule: PARALLEL_INVALID,
        explanation: "`parallel` is `true` or `false`.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {metadata: {parallel: [true]}, values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {metadata: {parallel: true}, values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    },
    RuleDocs {
        rule: SERVICES_METADATA_WITHOUT_PARALLEL,
        explanation: "In a stage that lists environments too, the engine rejects the run. Without any `metadata` the services are parallel.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {metadata: {}, values: [{serviceRef: cart}, {serviceRef: web}]}
    environments: {values: [{environmentRef: prod, infrastructureDefinitions: [{identifier: eu}, {identifier: us}]}]}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environments: {values: [{environmentRef: prod, infrastructureDefinitions: [{identifier: eu}, {identifier: us}]}]}
"#,
    },
    RuleDocs {
        rule: V1_NESTING,
        explanation: "It is always target by target. With services in sequence and targets in parallel, different services run side by side on one infrastructure; in the older schema the same flags take one service to all targets first.",
        bad: Example::Text(
            r#"version: 1
stages:
  - id: deploy
    service: {items: [cart, web], parallel: false}
    environment: {id: prod, deploy-to: [eu, us], parallel: true}
"#,
        ),
        good: r#"version: 1
stages:
  - id: deploy
    service: {items: [cart, web], parallel: true}
    environment: {id: prod, deploy-to: [eu, us], parallel: false}
"#,
    },
];

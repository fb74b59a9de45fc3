//! Documentation of the rules: looping strategies.

use crate::rules::*;
use deployline_yaml::{Example, RuleDocs};

/// Looping strategies.
pub(crate) const DOCS: [RuleDocs; 7] = [
    RuleDocs {
        rule: STRATEGY_WITH_MULTI_DEPLOYMENT,
        explanation: "The product refuses a looping strategy in a stage that lists services or environments. The lists alone are drawn.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {parallelism: 2}
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
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
        rule: STRATEGY_UNKNOWN,
        explanation: "A strategy is `matrix`, `repeat` or `parallelism`; in the newer schema `matrix`, `repeat` or `for`.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {loop: 2}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {parallelism: 2}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    },
    RuleDocs {
        rule: STRATEGY_COUNT_INVALID,
        explanation: "`times`, `parallelism`, `start`, `end` and `partitionSize` are whole numbers.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {parallelism: many}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {parallelism: 2}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    },
    RuleDocs {
        rule: MATRIX_AXIS_EMPTY,
        explanation: "Each axis is a list with at least one value, or an expression that yields one.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {matrix: {region: [], tier: [a]}}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {matrix: {region: [eu], tier: [a]}}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    },
    RuleDocs {
        rule: MATRIX_EMPTY,
        explanation: "`exclude` takes away all combinations, or there is no axis.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {matrix: {region: [eu], exclude: [{region: eu}]}}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {matrix: {region: [eu, us], exclude: [{region: eu}]}}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    },
    RuleDocs {
        rule: REPEAT_EMPTY,
        explanation: "Expected `times`, or `items` of which at least one is left between `start` and `end`.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {repeat: {items: [a, b], start: 2, end: 2}}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {repeat: {items: [a, b], start: 1, end: 2}}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    },
    RuleDocs {
        rule: REPEAT_END_MISSING,
        explanation: "With `start`, or with percentages, the engine takes the length minus one for a missing `end`, which is exclusive.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {repeat: {items: [a, b, c], start: 0}}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  strategy: {repeat: {items: [a, b, c], start: 0, end: 3}}
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    },
];

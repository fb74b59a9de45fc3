//! Documentation of the rules: what other documents tell.

use crate::rules::*;
use deployline_yaml::{Example, RuleDocs};

/// What other documents tell.
pub(crate) const DOCS: [RuleDocs; 9] = [
    RuleDocs {
        rule: RUNTIME_INPUT,
        explanation: "An expression such as `<+input>`. A placeholder stands for what it gives; `.default(…)` or an input set in the same text fills it in.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: <+input>}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: <+input>.default(cart)}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
    },
    RuleDocs {
        rule: INPUT_NOT_ALLOWED,
        explanation: "An input set gives a value that `.allowedValues(…)` does not name.",
        bad: Example::Text(
            r#"pipeline:
  identifier: shop
  stages:
    - stage: {name: Deploy, identifier: deploy, type: Deployment, spec: {service: {serviceRef: "<+input>.allowedValues(cart,web)"}, environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}}}
---
inputSet:
  pipeline: {identifier: shop, stages: [{stage: {identifier: deploy, spec: {service: {serviceRef: kart}}}}]}
"#,
        ),
        good: r#"pipeline:
  identifier: shop
  stages:
    - stage: {name: Deploy, identifier: deploy, type: Deployment, spec: {service: {serviceRef: "<+input>.allowedValues(cart,web)"}, environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}}}
---
inputSet:
  pipeline: {identifier: shop, stages: [{stage: {identifier: deploy, spec: {service: {serviceRef: cart}}}}]}
"#,
    },
    RuleDocs {
        rule: INPUT_SET_OTHER_PIPELINE,
        explanation: "The identifier in `inputSet.pipeline` is not that of the pipeline: the set is not used.",
        bad: Example::Text(
            r#"pipeline:
  identifier: shop
  stages: [{stage: {name: Ask, type: Approval}}]
---
inputSet: {pipeline: {identifier: stop, stages: []}}
"#,
        ),
        good: r#"pipeline:
  identifier: shop
  stages: [{stage: {name: Ask, type: Approval}}]
---
inputSet: {pipeline: {identifier: shop, stages: []}}
"#,
    },
    RuleDocs {
        rule: STAGE_TEMPLATE,
        explanation: "What the stage does is in a template. A placeholder stands for it until a `template:` document tells.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  template: {templateRef: rollout}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  template: {templateRef: rollout}
---
template:
  identifier: rollout
  type: Stage
  spec: {type: Approval}
"#,
    },
    RuleDocs {
        rule: PIPELINE_TEMPLATE,
        explanation: "The stages are in a template. Add its `template:` document.",
        bad: Example::Text(
            r#"pipeline:
  name: Shop
  template: {templateRef: release}
"#,
        ),
        good: r#"pipeline:
  name: Shop
  template: {templateRef: release}
---
template:
  identifier: release
  type: Pipeline
  spec: {stages: [{stage: {name: Ask, type: Approval}}]}
"#,
    },
    RuleDocs {
        rule: DEPLOY_TO_ALL,
        explanation: "Which ones there are is not in the pipeline. A placeholder stands for all of them until `infrastructureDefinition:` documents tell; their order is the order of the documents.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments: {values: [{environmentRef: prod, deployToAll: true}]}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments: {values: [{environmentRef: prod, deployToAll: true}]}
---
infrastructureDefinition: {identifier: eu, environmentRef: prod}
"#,
    },
    RuleDocs {
        rule: ENVIRONMENT_GROUP_MEMBERS,
        explanation: "Which ones there are is not in the pipeline. A placeholder stands for all of them until an `environmentGroup:` document tells.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environmentGroup: {envGroupRef: live, deployToAll: true}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environmentGroup: {envGroupRef: live, deployToAll: true}
---
environmentGroup: {identifier: live, envIdentifiers: [prod]}
---
infrastructureDefinition: {identifier: eu, environmentRef: prod}
"#,
    },
    RuleDocs {
        rule: FILTERS,
        explanation: "What filters keep depends on the tags of environments and infrastructures. Add their documents.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments:
      filters:
        - {identifier: f, type: tags, entities: [environments], spec: {matchType: any, tags: {tier: gold}}}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments:
      filters:
        - {identifier: f, type: tags, entities: [environments], spec: {matchType: any, tags: {tier: gold}}}
---
environment: {identifier: prod, tags: {tier: gold}}
---
infrastructureDefinition: {identifier: eu, environmentRef: prod}
"#,
    },
    RuleDocs {
        rule: FILTERS_MATCH_NOTHING,
        explanation: "The documents are there, and none of them passes.",
        bad: Example::Text(
            r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments:
      filters:
        - {identifier: f, type: tags, entities: [environments], spec: {matchType: any, tags: {tier: silver}}}
---
environment: {identifier: prod, tags: {tier: gold}}
---
infrastructureDefinition: {identifier: eu, environmentRef: prod}
"#,
        ),
        good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environments:
      filters:
        - {identifier: f, type: tags, entities: [environments], spec: {matchType: any, tags: {tier: gold}}}
---
environment: {identifier: prod, tags: {tier: gold}}
---
infrastructureDefinition: {identifier: eu, environmentRef: prod}
"#,
    },
];

//! `services.metadata` without `parallel`.

use deployline_yaml::{Example, Rule, RuleDocs};

/// `services.metadata` without `parallel`.
pub const SERVICES_METADATA_WITHOUT_PARALLEL: Rule =
    Rule::error("services-metadata-without-parallel");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: SERVICES_METADATA_WITHOUT_PARALLEL,
    explanation: "`services` has `metadata` without `parallel`. In a stage that also lists environments, the product rejects the run. Add `parallel`, or remove `metadata`: the services are then parallel.",
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
};

//! A list or mapping where a flag is expected.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A list or mapping where a flag is expected.
pub const PARALLEL_INVALID: Rule = Rule::error("parallel-invalid");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: PARALLEL_INVALID,
    explanation: "`parallel` must be `true` or `false`, not a list or a mapping.",
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
};

//! A text that is neither `true` nor `false`.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A text that is neither `true` nor `false`.
pub const PARALLEL_NOT_A_FLAG: Rule = Rule::warning("parallel-not-a-flag");

pub(super) const DOCS: RuleDocs = RuleDocs {
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
};

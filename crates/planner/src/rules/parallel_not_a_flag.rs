//! A text that is neither `true` nor `false`.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A text that is neither `true` nor `false`.
pub const PARALLEL_NOT_A_FLAG: Rule = Rule::warning("parallel-not-a-flag");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: PARALLEL_NOT_A_FLAG,
    explanation: "`parallel` is a text other than `true` and `false`. The product reads any such text as `false`, so the list is sequential. Write `true` or `false`.",
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

//! A value that only a run knows.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A value that only a run knows.
pub const RUNTIME_INPUT: Rule = Rule::warning("runtime-input");

pub(super) const DOCS: RuleDocs = RuleDocs {
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
};

//! A value that only a run knows.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A value that only a run knows.
pub const RUNTIME_INPUT: Rule = Rule::warning("runtime-input");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: RUNTIME_INPUT,
    explanation: "The value is an expression that this text does not settle: a runtime input without a value, something that is kept elsewhere, or something that only a run knows; the message says which. It is drawn as a placeholder. `.default(…)` or an input set in the same text fills a runtime input in.",
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

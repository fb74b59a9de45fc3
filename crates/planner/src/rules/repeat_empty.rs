//! Nothing to repeat for.

use deployline_yaml::{Example, Rule, RuleDocs};

/// Nothing to repeat for.
pub const REPEAT_EMPTY: Rule = Rule::error("repeat-empty");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: REPEAT_EMPTY,
    explanation: "The loop has nothing to repeat for. Add `times`, or `items` of which at least one is left between `start` and `end`.",
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
};

//! `repeat` without `end` leaves the last item out.

use deployline_yaml::{Example, Rule, RuleDocs};

/// `repeat` without `end` leaves the last item out.
pub const REPEAT_END_MISSING: Rule = Rule::warning("repeat-end-missing");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: REPEAT_END_MISSING,
    explanation: "`end` is missing beside `start` or percentages. The product then uses the length minus one, and since `end` is exclusive, the last item is left out. Add `end`.",
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
};

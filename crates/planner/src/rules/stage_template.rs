//! A stage template that is not in the text.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A stage template that is not in the text.
pub const STAGE_TEMPLATE: Rule = Rule::warning("stage-template");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: STAGE_TEMPLATE,
    explanation: "The stage is defined by a template that is not in the text. It is drawn as a placeholder until a `template:` document is added.",
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
};

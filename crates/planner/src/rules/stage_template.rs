//! A stage template that is not in the text.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A stage template that is not in the text.
pub const STAGE_TEMPLATE: Rule = Rule::warning("stage-template");

pub(super) const DOCS: RuleDocs = RuleDocs {
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
};

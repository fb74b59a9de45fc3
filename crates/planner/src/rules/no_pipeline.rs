//! No pipeline in the text.

use deployline_yaml::{Example, Rule, RuleDocs};

/// No pipeline in the text.
pub const NO_PIPELINE: Rule = Rule::error("no-pipeline");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: NO_PIPELINE,
    explanation: "The text is valid YAML, but it contains neither a pipeline nor a part of one. Deployline draws `pipeline:`, `stages:`, `stage:`, a list of stages, and the `spec:` of a stage.",
    bad: Example::Text(
        r#"hello: world
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

//! A condition that no run makes true.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A condition that no run makes true.
pub const CONDITION_NEVER_TRUE: Rule = Rule::warning("condition-never-true");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: CONDITION_NEVER_TRUE,
    explanation: "The stage can never run: its condition is true only after outcomes with which the stage is not asked, such as a failure beside `pipelineStatus: Success`. Both must hold. Write `pipelineStatus: All` or `Failure` for a stage that follows a failure.",
    bad: Example::Text(
        r#"stages:
  - stage: {name: Ask, identifier: ask, type: Approval}
  - stage:
      name: Tidy
      identifier: tidy
      type: Custom
      when: {pipelineStatus: Success, condition: <+pipeline.stages.ask.status> == "FAILED"}
"#,
    ),
    good: r#"stages:
  - stage: {name: Ask, identifier: ask, type: Approval}
  - stage:
      name: Tidy
      identifier: tidy
      type: Custom
      when: {pipelineStatus: All, condition: <+pipeline.stages.ask.status> == "FAILED"}
"#,
};

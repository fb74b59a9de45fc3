//! Another word than a `pipelineStatus` may be.

use deployline_yaml::{Example, Rule, RuleDocs};

/// Another word than a `pipelineStatus` may be.
pub const PIPELINE_STATUS_INVALID: Rule = Rule::error("pipeline-status-invalid");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: PIPELINE_STATUS_INVALID,
    explanation: "`when.pipelineStatus` must be `Success` (the default), `Failure` or `All`. With any other word the stage is drawn as if it had the default.",
    bad: Example::Text(
        r#"stage:
  name: Clean up
  type: Approval
  when: {pipelineStatus: Failed}
"#,
    ),
    good: r#"stage:
  name: Clean up
  type: Approval
  when: {pipelineStatus: Failure}
"#,
};

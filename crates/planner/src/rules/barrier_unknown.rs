//! A barrier that the pipeline does not have.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A step that names a barrier which the pipeline does not have.
pub const BARRIER_UNKNOWN: Rule = Rule::error("barrier-unknown");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: BARRIER_UNKNOWN,
    explanation: "`barrierRef` names a barrier by its `identifier` in `flowControl.barriers` of the pipeline; in the newer schema `name` names one of its `barriers`. The product refuses another name. All steps with this name meet in the picture all the same.",
    bad: Example::Text(
        r#"pipeline:
  name: Ferry
  identifier: ferry
  flowControl: {barriers: [{name: Meet, identifier: meet}]}
  stages:
    - stage: {name: A, identifier: a, type: Custom, spec: {execution: {steps: [{step: {name: W, identifier: w, type: Barrier, timeout: 5m, spec: {barrierRef: met}}}]}}}
"#,
    ),
    good: r#"pipeline:
  name: Ferry
  identifier: ferry
  flowControl: {barriers: [{name: Meet, identifier: meet}]}
  stages:
    - stage: {name: A, identifier: a, type: Custom, spec: {execution: {steps: [{step: {name: W, identifier: w, type: Barrier, timeout: 5m, spec: {barrierRef: meet}}}]}}}
"#,
};

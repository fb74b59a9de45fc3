//! An expression that names a stage which is no dependency.

use deployline_yaml::{Example, Rule, RuleDocs};

/// An expression that names a stage which is no dependency.
pub const NOT_A_DEPENDENCY: Rule = Rule::warning("not-a-dependency");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: NOT_A_DEPENDENCY,
    explanation: "In a DAG only the stages that this one depends on, directly or through others, have ended when it starts. An expression names another one, so that what comes of it may not be there yet: an assumption, no public source says it. Name the stage in `dependsOn`. Texts that an alias shares and those of templates are not looked at.",
    bad: Example::Text(
        r#"stages:
  - stage: {name: build, identifier: build, type: Approval, dependsOn: []}
  - stage:
      name: deploy
      identifier: deploy
      type: Custom
      dependsOn: []
      spec: {execution: {steps: [{step: {name: a, identifier: a, type: Http, spec: {url: <+pipeline.stages.build.output.url>}}}]}}
"#,
    ),
    good: r#"stages:
  - stage: {name: build, identifier: build, type: Approval, dependsOn: []}
  - stage:
      name: deploy
      identifier: deploy
      type: Custom
      dependsOn: [build]
      spec: {execution: {steps: [{step: {name: a, identifier: a, type: Http, spec: {url: <+pipeline.stages.build.output.url>}}}]}}
"#,
};

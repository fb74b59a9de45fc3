//! Pipelines that stages run, with too much to read or to draw.

use deployline_engine::Plan;
use deployline_yaml::{Diagnostic, Example, Rule, RuleDocs};

/// Pipelines that stages run, with too much to read or to draw.
pub const CHAINED_PIPELINES_TOO_LARGE: Rule = Rule::warning("chained-pipelines-too-large");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: CHAINED_PIPELINES_TOO_LARGE,
    explanation: "Each run of a loop may run its pipeline with other values. At most 32 MiB of such pipelines are read, each counted as often as its values differ, and at most 10,000 stages are drawn, those of all runs counted. One bar stands for each of the others, as long as is assumed. Make the loop or the pipeline smaller.",
    bad: Example::Made("100 stages that run a pipeline of 100 stages", too_many),
    good: r#"stage:
  name: Smoke
  identifier: smoke
  type: Pipeline
  spec: {org: default, project: shop, pipeline: smoke_tests}
---
pipeline: {identifier: smoke_tests, stages: [{stage: {name: Ask, identifier: ask, type: Approval}}]}
"#,
};

/// Looks for stages whose runs have pipelines that are not drawn.
pub(super) fn check(plan: &Plan) -> Vec<Diagnostic> {
    let own = plan.pipeline.stages.iter().take(plan.own_stage_count()).enumerate();
    let left_out = own.filter(|(index, _)| plan.undrawn_children(*index) > 0);
    let found = left_out.map(|(_, stage)| {
        let message = "With the pipelines that the runs of this stage run, there are more than 10,000 stages, the most \
                       that are drawn: one bar stands for each of the others, as long as is assumed. Make the loop or \
                       the pipeline smaller.";
        CHAINED_PIPELINES_TOO_LARGE.at(stage.span, message)
    });
    found.collect()
}

/// With its own 100 stages, a plan holds 99 runs of the other 100 stages.
fn too_many() -> String {
    let run = |number| {
        format!(
            "    - stage: {{name: Run {number}, identifier: run_{number}, type: Pipeline, spec: {{org: default, project: \
             shop, pipeline: many}}}}\n"
        )
    };
    let ask = |number| {
        format!("    - stage: {{name: Ask {number}, identifier: ask_{number}, type: Approval}}\n")
    };
    let pipeline = |name: &str, stages: String| {
        format!("pipeline:\n  identifier: {name}\n  name: {name}\n  stages:\n{stages}")
    };
    let around = pipeline("around", (0..100).map(run).collect());
    format!("{around}---\n{}", pipeline("many", (0..100).map(ask).collect()))
}

//! What a page around the picture wants to know, as JSON: totals, and of each stage its checkboxes
//! and its order in words. The plan itself is [`crate::json`].

use deployline_engine::{AxisName, Stage};
use deployline_planner::{ToggleEffect, toggle};
use deployline_yaml::Severity;

use crate::Report;
use crate::order::StageWords;
use crate::tree::{self, Tree};

/// The facts as JSON: the interface `Facts` in `deployline.d.ts`. Times are milliseconds.
pub fn facts(report: &Report<'_>) -> String {
    let count = |severity| {
        let found = report.diagnostics.iter().filter(|found| found.severity == severity);
        Tree::Number(found.count() as u64)
    };
    let words = crate::order::stages(report);
    let assumed = crate::assumed::sentences(report.assumptions);
    tree::json(&Tree::Map(vec![
        ("title", Tree::Text(crate::title(report))),
        ("summary", Tree::Owned(crate::overview(report))),
        ("assumed", Tree::List(assumed.len(), Box::new(|index| Tree::Text(&assumed[index])))),
        ("deployments", Tree::Number(crate::deployment_count(report) as u64)),
        ("duration", Tree::Number(report.schedule.end.0)),
        ("errors", count(Severity::Error)),
        ("warnings", count(Severity::Warning)),
        ("stages", Tree::List(words.len(), Box::new(|index| stage(report, index, &words[index])))),
    ]))
}

fn stage<'a>(report: &'a Report<'_>, index: usize, words: &'a StageWords) -> Tree<'a> {
    let stage = &report.plan.pipeline.stages[index];
    let run = &report.schedule.stages[index];
    Tree::Map(vec![
        ("identifier", Tree::Text(&stage.identifier)),
        ("name", Tree::Text(&stage.name)),
        ("deployments", Tree::Number(report.plan.stages[index].deployments.len() as u64)),
        ("maxConcurrency", Tree::Number(run.max_concurrency.into())),
        ("start", Tree::Number(run.start.0)),
        ("end", Tree::Number(run.end.0)),
        ("summary", Tree::Text(&words.facts)),
        ("order", Tree::Text(&words.sequence)),
        ("services", checkbox(stage, AxisName::Services)),
        ("targets", checkbox(stage, AxisName::Targets)),
    ])
}

fn checkbox<'a>(stage: &Stage, axis: AxisName) -> Tree<'a> {
    let Some(toggle) = toggle(stage, axis) else { return Tree::Null };
    let changes = match toggle.effect {
        ToggleEffect::EditsText => "text",
        ToggleEffect::ChoosesAssumption => "picture",
        ToggleEffect::Nothing => "nothing",
    };
    Tree::Map(vec![
        ("parallel", Tree::flag(toggle.is_checked)),
        ("changes", Tree::Text(changes)),
        ("note", Tree::text(toggle.note)),
    ])
}

#[cfg(test)]
mod tests {
    use deployline_engine::Assumptions;
    use deployline_planner::{Inputs, analyze};

    use super::*;
    use crate::Source;

    #[test]
    fn facts_are_totals_checkboxes_and_words() {
        let text = include_str!("../../../web/examples/scenario-2.yaml");
        let text =
            format!("{text}    - stage: {{name: '<Ask>', identifier: ask, type: Approval}}\n");
        let assumptions = Assumptions::default();
        let analysis = analyze(&[&text], &Inputs::default(), &assumptions);
        let report = Report {
            plan: &analysis.plan,
            schedule: &analysis.schedule,
            assumptions: &assumptions,
            diagnostics: &analysis.diagnostics,
            sources: &[Source { name: String::new(), text }],
        };
        let facts: serde_json::Value = serde_json::from_str(&facts(&report)).expect("it is JSON");
        assert_eq!(facts["summary"], "2 stages, 4 deployments, 3m");
        assert_eq!((&facts["duration"], &facts["errors"]), (&180_000.into(), &0.into()));
        let stages = facts["stages"].as_array().expect("a list");
        assert_eq!(stages[0]["order"], "S1 I1, S2 I1, S1 I2, S2 I2");
        assert_eq!(stages[0]["services"]["parallel"], true);
        assert_eq!(stages[0]["targets"]["parallel"], false);
        assert_eq!(stages[0]["targets"]["changes"], "text");
        assert_eq!(
            (stages[1]["name"].as_str(), stages[1]["services"].is_null()),
            (Some("<Ask>"), true)
        );
    }
}

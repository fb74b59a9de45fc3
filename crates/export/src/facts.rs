//! Facts for the page around a picture, as JSON: totals, and of each stage its checkboxes and its order
//! in words. The plan itself is [`crate::json`].

use deployline_engine::AxisName;
use deployline_planner::{ToggleEffect, toggle};
use deployline_yaml::Severity;
use serde::Serialize;

use crate::Report;
use crate::order::StageWords;

/// The facts as JSON: the interface `Facts` in `deployline.d.ts`. Times are milliseconds.
pub fn facts(report: &Report<'_>) -> String {
    let count =
        |severity| report.diagnostics.iter().filter(|found| found.severity == severity).count();
    let words = crate::order::stages(report);
    let stages = words.iter().enumerate();
    let facts = Facts {
        title: crate::title(report),
        summary: crate::overview(report),
        assumed: crate::assumed::sentences(report),
        deployments: report.plan.deployment_count(),
        duration: report.schedule.end.0,
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        stages: stages.map(|(index, words)| Stage::new(report, index, words)).collect(),
    };
    // Strings and numbers in structs: nothing that JSON can't hold.
    serde_json::to_string_pretty(&facts).unwrap_or_default()
}

#[derive(Serialize)]
struct Facts<'a> {
    title: &'a str,
    summary: String,
    assumed: Vec<String>,
    deployments: usize,
    duration: u64,
    errors: usize,
    warnings: usize,
    stages: Vec<Stage<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Stage<'a> {
    identifier: &'a str,
    name: &'a str,
    deployments: usize,
    max_concurrency: u32,
    start: u64,
    end: u64,
    summary: &'a str,
    order: &'a str,
    services: Option<Checkbox>,
    targets: Option<Checkbox>,
}

#[derive(Serialize)]
struct Checkbox {
    parallel: bool,
    changes: &'static str,
    note: Option<&'static str>,
}

impl<'a> Stage<'a> {
    fn new(report: &Report<'a>, index: usize, words: &'a StageWords) -> Self {
        let stage = &report.plan.pipeline.stages[index];
        let run = &report.schedule.stages[index];
        Self {
            identifier: &stage.identifier,
            name: &stage.name,
            deployments: report.plan.stages[index].deployments.len(),
            max_concurrency: run.max_concurrency,
            start: run.start.0,
            end: run.end.0,
            summary: &words.facts,
            order: &words.sequence,
            services: checkbox(stage, AxisName::Services),
            targets: checkbox(stage, AxisName::Targets),
        }
    }
}

fn checkbox(stage: &deployline_engine::Stage, axis: AxisName) -> Option<Checkbox> {
    let toggle = toggle(stage, axis)?;
    let changes = match toggle.effect {
        ToggleEffect::EditsText => "text",
        ToggleEffect::ChoosesAssumption => "picture",
        ToggleEffect::Nothing => "nothing",
    };
    Some(Checkbox { parallel: toggle.is_checked, changes, note: toggle.note })
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
        let sources = [Source { name: String::new(), text }];
        let report = Report::new(&analysis, &assumptions, &sources);
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

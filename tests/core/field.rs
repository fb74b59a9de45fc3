//! Files of `tests/field`: what people really write, in small. Each has values here that were worked out by
//! hand from `docs/semantics.md`; a deployment takes a minute.

mod chained;
mod levels;
mod limits;
mod newer;
mod targets;
mod values;
mod waits;

use deployline_engine::{Assumptions, Run, Status, words};
use deployline_planner::{Analysis, Inputs, analyze, rules};
use deployline_yaml::LineIndex;

/// Text of a file.
fn text(file: &str) -> String {
    let path = format!("{}/field/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Texts of all files.
pub(crate) fn texts() -> Vec<String> {
    let folder = format!("{}/field", env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(folder).expect("the folder is there");
    let names = files.map(|file| file.expect("it is listed").file_name());
    let mut names: Vec<String> = names.filter_map(|name| name.into_string().ok()).collect();
    names.retain(|name| name.ends_with(".yaml"));
    names.sort_unstable();
    names.iter().map(|name| text(name)).collect()
}

fn analysis(text: &str, assumptions: &Assumptions) -> Analysis {
    analyze(&[text], &Inputs::default(), assumptions)
}

/// The diagnostics, each as its severity, code and line.
fn diagnostics(text: &str, analysis: &Analysis) -> Vec<String> {
    let lines = LineIndex::new(text);
    let line = |offset: u32| lines.line_column(text, offset as usize).line;
    // The files have no failure strategies, unless they are about these.
    let missing = rules::FAILURE_STRATEGY_MISSING.code;
    let found = analysis.diagnostics.iter().filter(|found| found.code != missing);
    found
        .map(|it| format!("{} {} at {}", it.severity.as_str(), it.code, line(it.span.start)))
        .collect()
}

/// The deployments of a stage: `deck dock/pier 0s-1m`, in the order of the list.
fn rows(analysis: &Analysis, stage: &str) -> Vec<String> {
    let stages = &analysis.plan.pipeline.stages;
    let index = stages.iter().position(|it| it.identifier == stage).expect("the stage is there");
    let (plan, runs) = (&analysis.plan.stages[index], &analysis.schedule.stages[index].runs);
    let row = |(number, run): (usize, &Run)| {
        let label = words::label(&stages[index], plan, number);
        let skipped = if run.status == Status::Skipped { " skipped" } else { "" };
        format!("{label} {}-{}{skipped}", run.start, run.end)
    };
    runs.iter().enumerate().map(row).collect()
}

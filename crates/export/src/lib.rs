//! A plan in the formats that leave the program.
//!
//! Each format has its own structures here, at the edge; the core's types carry none of it. Lines
//! and columns are computed here, times stay whole milliseconds.

mod markdown;
mod mermaid;
mod plan_json;
mod text;

use deployline_planner::{Diagnostic, Plan, Schedule, Severity, Work, words};

pub use markdown::markdown;
pub use mermaid::mermaid;
pub use plan_json::{json, yaml};
pub use text::{printable, text};

/// Everything a format may show.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The deployments in order.
    pub plan: &'a Plan,
    /// When they run.
    pub schedule: &'a Schedule,
    /// What was found on the way.
    pub diagnostics: &'a [Diagnostic],
    /// The texts, by the number in a diagnostic's span.
    pub sources: &'a [Source],
}

impl Report<'_> {
    /// Whether some diagnostic is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// A text and what to call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its file name, or what stands for one.
    pub name: String,
    /// The text.
    pub text: String,
}

/// `3 stages, 112 deployments, 11m`
fn overview(report: &Report<'_>) -> String {
    let plan = report.plan;
    let deploys = plan.pipeline.stages.iter().zip(&plan.stages);
    let deployments = deploys.filter(|(stage, _)| matches!(stage.work, Work::Deploy(_)));
    let deployments: usize = deployments.map(|(_, plan)| plan.deployments.len()).sum();
    let (stages, deployments) =
        (words::count(plan.stages.len(), "stage"), words::count(deployments, "deployment"));
    format!("{stages}, {deployments}, {}", report.schedule.end)
}

/// Line breaks and tabs as one blank, other control characters left out.
fn without_controls(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_control() || c.is_whitespace());
    let blanks: String = kept.map(|c| if c.is_control() { ' ' } else { c }).collect();
    blanks.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

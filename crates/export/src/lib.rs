//! A plan in the formats that leave the program.
//!
//! Each format has its own structures here, at the edge; the core's types carry none of it. Lines
//! and columns are computed here, times stay whole milliseconds. [`fence()`] is what documentation
//! tools put in place of a fenced block, the same in all of them.
//!
//! All text from the YAML is text in every format, never markup.

mod assumed;
mod csv;
mod facts;
pub mod fence;
mod html;
mod markdown;
mod markup;
mod mermaid;
mod notes;
mod order;
mod picture;
mod plan_json;
mod pull_request;
mod shown;
mod table;
mod terminal;
mod text;

use deployline_engine::{Assumptions, Plan, Schedule, format, words};
use deployline_planner::Analysis;
use deployline_timeline::Planned;
use deployline_yaml::{Diagnostic, Severity};

pub use csv::csv;
pub use facts::facts;
pub use fence::{Fence, fence};
pub use html::{MAX_HTML_ROWS, html};
pub use markdown::markdown;
pub use mermaid::{MAX_MERMAID_TASKS, mermaid};
pub use picture::{Look, picture, view};
pub use plan_json::{flow_yaml, json, plan};
pub use pull_request::pull_request;
pub use shown::shown_message;
pub use terminal::{printable, steers_terminal};
pub use text::text;

/// Everything a format may show.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The deployments in order.
    pub plan: &'a Plan,
    /// When they run.
    pub schedule: &'a Schedule,
    /// What that assumes.
    pub assumptions: &'a Assumptions,
    /// What was found on the way.
    pub diagnostics: &'a [Diagnostic],
    /// The texts, by the number in a diagnostic's span.
    pub sources: &'a [Source],
}

impl<'a> Report<'a> {
    /// All of an analysis, which was made of these texts under these assumptions.
    pub fn new(
        analysis: &'a Analysis,
        assumptions: &'a Assumptions,
        sources: &'a [Source],
    ) -> Self {
        let Analysis { plan, schedule, diagnostics, .. } = analysis;
        Self { plan, schedule, assumptions, diagnostics, sources }
    }

    /// The part that a picture draws.
    pub fn planned(&self) -> Planned<'a> {
        Planned { plan: self.plan, schedule: self.schedule, assumptions: self.assumptions }
    }

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

/// The deployments as an HTML table, `max_rows` of them, and how many there are beyond that.
pub fn table(report: &Report<'_>, max_rows: usize) -> String {
    let mut out = String::new();
    html::parts::table(&mut out, report, max_rows);
    out
}

/// A message as HTML: what stands between backticks is code.
pub fn message_html(message: &str) -> String {
    markup::Message(message).to_string()
}

/// What was found in the texts, as an HTML list; empty where there is nothing to say.
pub fn notes(report: &Report<'_>) -> String {
    let mut out = String::new();
    html::parts::notes(&mut out, report, &[]);
    out
}

/// The pipeline's name, or what stands for it.
fn title<'a>(report: &Report<'a>) -> &'a str {
    let pipeline = &report.plan.pipeline;
    pipeline.name.as_ref().or(pipeline.identifier.as_ref()).map_or("Pipeline", String::as_str)
}

/// The answer in words for a text without stages; the diagnostics say why there are none.
const NOTHING_TO_PLAN: &str = "Nothing to plan: there are no stages.\n";

/// Sentence that says which limit of the account holds a stage, where one does.
fn held(report: &Report<'_>, stage_idx: usize) -> Option<String> {
    words::held_by_account(report.plan, report.schedule, stage_idx, report.assumptions)
}

/// `3 stages, 112 deployments, 11m`
fn overview(report: &Report<'_>) -> String {
    let plan = report.plan;
    let (stages, deployments) = (
        format::count(plan.top_stage_count(), "stage"),
        format::count(plan.deployment_count(), "deployment"),
    );
    format!("{stages}, {deployments}, {}", report.schedule.end)
}

/// Line breaks and tabs as one blank, other control characters left out.
fn without_controls(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_control() || c.is_whitespace());
    let blanks: String = kept.map(|c| if c.is_control() { ' ' } else { c }).collect();
    blanks.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Text on one line, with a mark for each character that is not seen or turns the direction of writing: so a
/// name says what it holds, and leaves what stands beside it where it is.
fn on_one_line(text: &str) -> String {
    printable(&without_controls(text))
}

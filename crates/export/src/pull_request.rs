//! The plan as Markdown for a review: facts, a chart, the order in words, and the table folded away.
//!
//! ````markdown
//! **Shop**: 1 stage, 4 deployments, 2m
//!
//! ```mermaid
//! gantt
//! ```
//!
//! - **Deploy** 2 × 2 = 4 deployments, 2 at a time, 0s to 2m: S1 I1, S2 I1, S1 I2, S2 I2
//!
//! <details><summary>Deployments in order</summary>
//! ````
//!
//! No name can end the chart's fence: the chart has every name on one line, without a backtick.

use std::fmt::Write;

use deployline_engine::format;

use crate::markdown::{escaped, heading, message, tables};
use crate::{Report, mermaid};

/// A chart with more tasks than this is no help in a review.
const MAX_TASKS: usize = 120;

/// The plan as Markdown to paste into a pull request.
pub fn pull_request(report: &Report<'_>) -> String {
    let mut out = heading(report);
    if report.plan.pipeline.stages.is_empty() {
        notes(&mut out, report);
        return out;
    }
    for sentence in crate::assumed::sentences(report) {
        let _ = writeln!(out, "\n{}", escaped(&sentence));
    }
    if crate::table::row_count(report) <= MAX_TASKS {
        let _ = writeln!(out, "\n```mermaid\n{}```", mermaid(report));
    }
    out.push('\n');
    for stage in crate::order::stages(report) {
        let colon = if stage.sequence.is_empty() { "" } else { ": " };
        let (name, facts) = (escaped(&stage.name), escaped(&stage.facts));
        let _ = writeln!(out, "- **{name}** {facts}{colon}{}", escaped(&stage.sequence));
    }
    notes(&mut out, report);
    out.push_str("\n<details><summary>Deployments in order</summary>\n");
    tables(&mut out, report);
    out.push_str("\n</details>\n");
    out
}

fn notes(out: &mut String, report: &Report<'_>) {
    let (notes, more) = crate::notes::notes(report);
    if !notes.is_empty() {
        out.push('\n');
    }
    for note in notes {
        let (place, message) = (escaped(&note.place), message(&note.message));
        let _ = writeln!(out, "- **{}**, {place}: {message}", note.kind);
    }
    if more > 0 {
        let _ = writeln!(out, "- … and {} more.", format::number(more));
    }
}

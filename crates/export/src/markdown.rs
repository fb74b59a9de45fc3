//! The plan as Markdown: a summary and a table for each stage.

use std::fmt::Write;

use deployline_planner::{Status, Work, words};

use crate::{Report, without_controls};

/// Rows of a stage; what is left out is said below the table.
const MOST_ROWS: usize = 500;

/// The plan as Markdown.
pub fn markdown(report: &Report<'_>) -> String {
    let plan = report.plan;
    let pipeline = &plan.pipeline;
    let mut out = String::new();
    if pipeline.stages.is_empty() {
        return out;
    }
    let name = pipeline.name.as_ref().or(pipeline.identifier.as_ref());
    let name = escaped(name.map_or("Pipeline", String::as_str));
    let _ = writeln!(out, "**{name}**: {}", crate::overview(report));
    for (index, stage) in pipeline.stages.iter().enumerate() {
        let run = &report.schedule.stages[index];
        let facts = words::product(stage, &plan.stages[index], run.max_concurrency);
        let (name, facts) = (escaped(&stage.name), escaped(&facts));
        let _ = writeln!(out, "\n**{name}** {facts}, {} to {}\n", run.start, run.end);
        table(&mut out, report, index);
    }
    out
}

fn table(out: &mut String, report: &Report<'_>, stage_idx: usize) {
    let (plan, schedule) = (report.plan, report.schedule);
    let stage = &plan.pipeline.stages[stage_idx];
    let deploys = matches!(stage.work, Work::Deploy(_));
    let title = if deploys { "Deployment" } else { "Run" };
    let _ = writeln!(out, "| # | {title} | Start | End | Why then |\n|--:|---|--:|--:|---|");
    let labels = words::labels(stage, &plan.stages[stage_idx], MOST_ROWS);
    for (index, (label, run)) in labels.iter().zip(&schedule.stages[stage_idx].runs).enumerate() {
        let why = escaped(&words::why(plan, schedule, stage_idx, index));
        let failed = if run.status == Status::Failed { " Fails." } else { "" };
        let (number, label) = (index + 1, escaped(label));
        let _ =
            writeln!(out, "| {number} | {label} | {} | {} | {why}{failed} |", run.start, run.end);
    }
    let hidden = plan.stages[stage_idx].deployments.len() - labels.len();
    if hidden > 0 {
        let _ = writeln!(out, "\n… and {hidden} more.");
    }
}

/// Text that Markdown takes for text, in a table too.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in without_controls(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn names_stay_text() {
        for (text, expected) in [
            ("a|b", "a\\|b"),
            ("**x** `y` [z](u)", "\\*\\*x\\*\\* \\`y\\` \\[z\\](u)"),
            ("<img src=x>&", "&lt;img src=x&gt;&amp;"),
            ("one\ntwo\u{1b}", "one two"),
            ("dev_main → eu-1", "dev\\_main → eu-1"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}

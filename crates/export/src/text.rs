//! The plan for a terminal: the sequence as the documentation writes it, the limit, and a small
//! timeline.
//!
//! ```text
//! Deploy  Deployment  2 × 2 = 4 deployments, 2 at a time  0s to 2m
//!   S1 I1, S2 I1, S1 I2, S2 I2
//!
//!             0s        1m       2m
//!   1  S1 I1  ██████████
//!   2  S2 I1  ██████████
//!   3  S1 I2            ██████████
//!   4  S2 I2            ██████████
//! ```

use std::borrow::Cow;
use std::fmt::Write;

use deployline_engine::{
    DeploymentId, Ms, Pipeline, Schedule, Skips, Stage, StagePlan, Status, Work, format, words,
};

use crate::{Report, plan_json, printable};

/// Columns of the bars.
const PLOT_COLUMNS: usize = 48;
/// The widest column of names.
const LABEL_COLUMNS: usize = 40;
/// The longest name outside of the timeline, which is longer than the product allows any to be.
const MAX_NAME_COLUMNS: usize = 200;
/// Stages shown; all of them are in the other formats.
const MAX_STAGES: usize = 200;
/// Deployments shown of a stage; all of them are in the other formats.
const MAX_ROWS: usize = 60;

/// The plan as text.
pub fn text(report: &Report<'_>) -> String {
    let mut out = String::new();
    let pipeline = &report.plan.pipeline;
    if pipeline.stages.is_empty() {
        return crate::NOTHING_TO_PLAN.to_owned();
    }
    let name = pipeline.name.as_ref().or(pipeline.identifier.as_ref());
    let title = name.map_or("Pipeline".to_owned(), |name| shown_name(name));
    let _ = writeln!(out, "{title}: {}", crate::overview(report));
    for stage_idx in report.plan.shown_order().into_iter().take(MAX_STAGES) {
        out.push('\n');
        let plan = &report.plan.stages[stage_idx];
        let _ = writeln!(out, "{}", heading(report, stage_idx));
        if let Some(held) = crate::held(report, stage_idx) {
            let _ = writeln!(out, "  {held}");
        }
        write_stage(&mut out, (pipeline, plan), stage_idx, report.schedule);
    }
    let hidden = pipeline.stages.len().saturating_sub(MAX_STAGES);
    if hidden > 0 {
        let hidden = format::count(hidden, "more stage");
        let _ = writeln!(out, "\n… and {hidden}; `--format json` has all of them");
    }
    out
}

fn write_stage(
    out: &mut String,
    (pipeline, plan): (&Pipeline, &StagePlan),
    stage_idx: usize,
    schedule: &Schedule,
) {
    let stage = &pipeline.stages[stage_idx];
    let labels: Vec<String> =
        words::labels(stage, plan, MAX_ROWS).iter().map(|label| shown_name(label)).collect();
    let hidden = plan.deployments.len() - labels.len();
    if matches!(stage.work, Work::Deploy(_)) {
        let more = if hidden > 0 { format!(", … and {hidden} more") } else { String::new() };
        let _ = writeln!(out, "  {}{more}", labels.join(", "));
    }
    write_conditions(out, pipeline, stage_idx, schedule);
    out.push('\n');
    write_timeline(out, &labels, (stage_idx, plan), schedule);
    if hidden > 0 {
        let _ = writeln!(out, "  … and {hidden} more; `--format json` has all of them");
    }
}

fn write_conditions(out: &mut String, pipeline: &Pipeline, stage_idx: usize, schedule: &Schedule) {
    // Stages that a run leaves out are asked for nothing.
    let is_asked = |stage: &&Stage| words::left_out(stage, &schedule.stages[stage_idx]).is_none();
    let asked = Some(&pipeline.stages[stage_idx]).filter(is_asked);
    for condition in asked.into_iter().flat_map(|stage| &stage.conditions) {
        let skipped = match condition.skips_with(|ask| schedule.outcome(stage_idx, ask)) {
            Skips::None => continue,
            Skips::All => "Skipped: its condition is false",
            Skips::Some(_) => "Skipped where its condition is false",
        };
        let text = words::condition(pipeline, schedule, stage_idx, condition, spelled);
        let _ = writeln!(out, "  {skipped}: {text}");
    }
}

fn spelled(name: &str) -> Cow<'_, str> {
    Cow::Owned(shown_name(name))
}

fn heading(report: &Report<'_>, stage_idx: usize) -> String {
    let (stage, plan) = (&report.plan.pipeline.stages[stage_idx], &report.plan.stages[stage_idx]);
    let run = &report.schedule.stages[stage_idx];
    let mut parts = vec![shown_name(&words::stage_name(report.plan, stage_idx))];
    if matches!(stage.work, Work::Deploy(_)) && !stage.stage_type.is_empty() {
        parts.push(shown_name(&stage.stage_type));
    }
    parts.push(printable(&words::product(stage, plan, run.max_concurrency)));
    parts.push(match (words::left_out(stage, run), run.status) {
        (Some(left_out), _) => left_out.to_owned(),
        (None, Status::Skipped) => "skipped".to_owned(),
        (None, Status::Succeeded) => format!("{} to {}", run.start, run.end),
        (None, status) => format!("{} to {}, {}", run.start, run.end, plan_json::status(status)),
    });
    parts.retain(|part| !part.is_empty());
    parts.join("  ")
}

fn write_timeline(
    out: &mut String,
    labels: &[String],
    (stage_idx, plan): (usize, &StagePlan),
    schedule: &Schedule,
) {
    let (run, end) = (&schedule.stages[stage_idx], schedule.end);
    let number_columns = labels.len().to_string().len();
    let label_columns = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
    let label_columns = label_columns.min(LABEL_COLUMNS);
    let indent = number_columns + label_columns + 6;
    let _ = writeln!(out, "{:indent$}{}", "", ruler(end));
    for (index, (label, run)) in labels.iter().zip(&run.runs).enumerate() {
        let label = shorten(label, label_columns);
        let padding = " ".repeat(label_columns - label.chars().count());
        let number = index + 1;
        let bar = bar(run.start, run.end, end);
        let status = match run.status {
            Status::Succeeded => String::new(),
            status => format!(" {}", plan_json::status(status)),
        };
        let at = DeploymentId { stage: stage_idx as u32, index: index as u32 };
        let parts = words::parts(schedule, at).map(|parts| format!(" ({parts})"));
        let parts = parts.unwrap_or_default();
        let placeholder = match plan.deployments[index].is_placeholder {
            true => " placeholder",
            false => "",
        };
        let line = format!(
            "  {number:number_columns$}  {label}{padding}  {bar}{status}{parts}{placeholder}"
        );
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

/// `0s ······ 2m`: the two ends of the axis.
fn ruler(end: Ms) -> String {
    let end = end.to_string();
    format!("0s{end:>width$}", width = PLOT_COLUMNS.saturating_sub(2))
}

fn bar(start: Ms, end: Ms, total: Ms) -> String {
    let column = |time: Ms| {
        let share = time.0 as f64 / total.0.max(1) as f64;
        (share * PLOT_COLUMNS as f64).round() as usize
    };
    let (from, to) = (column(start), column(end));
    if start == end {
        return format!("{}|", " ".repeat(from.min(PLOT_COLUMNS - 1)));
    }
    // Something that takes time shows at least one column.
    let from = from.min(PLOT_COLUMNS - 1);
    format!("{}{}", " ".repeat(from), "█".repeat(to.saturating_sub(from).max(1)))
}

fn shown_name(name: &str) -> String {
    shorten(&printable(name), MAX_NAME_COLUMNS)
}

fn shorten(label: &str, columns: usize) -> String {
    if label.chars().count() <= columns {
        return label.to_owned();
    }
    label.chars().take(columns.saturating_sub(1)).chain(['…']).collect()
}

//! A plan as a text to read:
//!
//! ```text
//! stage deploy (Deployment), 2 at a time, 0s … 2m
//!   0  S1 → E1/I1  0s … 1m  slot 0
//!   1  S2 → E1/I1  0s … 1m  slot 1
//!   2  S1 → E1/I2  1m … 2m  slot 0  after 0
//!   3  S2 → E1/I2  1m … 2m  slot 1  after 1
//! end 2m
//! ```
//!
//! With several stages, each says its entry. `(…)` stands for a name the text can't say.

use deployline_planner::{
    Deploy, Deployment, Diagnostic, Inputs, Ms, Plan, Reason, Reference, Run, Schedule, Schema,
    Stage, StageRun, Status, Target, WaitsFor, Work, expand, resolve, schedule,
};
use deployline_yaml::LineIndex;

use super::Options;

/// Plans `yaml` and writes the plan.
pub(crate) fn of(yaml: &str, options: &Options) -> String {
    let crlf = options.crlf.then(|| yaml.replace('\n', "\r\n"));
    let text = crlf.as_deref().unwrap_or(yaml);
    let parsed = deployline_yaml::parse(text);
    let (pipeline, found) = resolve(&parsed.documents, &Inputs::default());
    let plan = expand(pipeline);
    let run = schedule(&plan, &options.assumptions);
    let mut diagnostics: Vec<_> =
        parsed.diagnostics.iter().chain(&found).chain(&plan.diagnostics).collect();
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);

    let mut lines = Vec::new();
    if plan.pipeline.schema == Schema::V1 {
        lines.push("schema v1".to_owned());
    }
    for stage_idx in 0..plan.stages.len() {
        stage_lines(&plan, &run, stage_idx, options, &mut lines);
    }
    lines.push(format!("end {}", run.end));
    let index = LineIndex::new(text);
    lines.extend(diagnostics.into_iter().map(|found| diagnostic_line(found, text, &index)));
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn stage_lines(
    plan: &Plan,
    schedule: &Schedule,
    stage_idx: usize,
    options: &Options,
    out: &mut Vec<String>,
) {
    let stage = &plan.pipeline.stages[stage_idx];
    let stage_run = &schedule.stages[stage_idx];
    let entry = match plan.stages.len() {
        1 => String::new(),
        _ => format!(", entry {}", stage.entry),
    };
    let type_or_none = if stage.stage_type.is_empty() { "no type" } else { &stage.stage_type };
    out.push(format!(
        "stage {} ({type_or_none}){entry}, {} at a time, {} … {}{}",
        stage.identifier,
        stage_run.max_concurrency,
        stage_run.start,
        stage_run.end,
        if stage_run.status == Status::Skipped { ", skipped" } else { "" }
    ));
    let deployments = &plan.stages[stage_idx].deployments;
    assert_eq!(deployments.len(), stage_run.runs.len(), "each deployment has a run");
    let rows = deployments.iter().zip(&stage_run.runs).enumerate();
    out.extend(aligned(
        &rows.map(|(i, (d, run))| row(plan, stage, i, *d, run)).collect::<Vec<_>>(),
    ));
    if let Some(column) = options.column {
        slots(stage_run, column, out);
    }
}

fn row(plan: &Plan, stage: &Stage, i: usize, deployment: Deployment, run: &Run) -> [String; 5] {
    let place = match run.status {
        Status::Skipped => "skipped".to_owned(),
        _ => format!("slot {}", run.lane),
    };
    let waits_for = run.waits_for.map(|waits_for| waits_for_text(plan, stage, waits_for));
    let mark = deployment.is_placeholder.then(|| "placeholder".to_owned());
    let notes: Vec<String> = waits_for.into_iter().chain(mark).collect();
    let times = format!("{} … {}", run.start, run.end);
    [i.to_string(), label(stage, deployment), times, place, notes.join(", ")]
}

fn waits_for_text(plan: &Plan, stage: &Stage, waits_for: WaitsFor) -> String {
    let other = &plan.pipeline.stages[waits_for.stage as usize];
    let index = waits_for.index;
    match waits_for.reason {
        Reason::Slot if other.span == stage.span => format!("after {index}"),
        reason => format!("after {} {} #{index}", reason_name(reason), other.identifier),
    }
}

fn reason_name(reason: Reason) -> String {
    format!("{reason:?}").to_lowercase()
}

fn label(stage: &Stage, deployment: Deployment) -> String {
    let (Work::Deploy(deploy), Some(service), Some(target)) =
        (&stage.work, deployment.service, deployment.target)
    else {
        return stage.name.clone();
    };
    format!("{} → {}", service_name(deploy, service), target_name(deploy, target))
}

fn service_name(deploy: &Deploy, service: u32) -> String {
    name(&deploy.services.items[service as usize].name)
}

fn target_name(deploy: &Deploy, target: u32) -> String {
    let Target { environment, infrastructure, detail, .. } = &deploy.targets.items[target as usize];
    let environment = environment.as_ref().map(name).unwrap_or_default();
    let infrastructure =
        infrastructure.as_ref().map(|infrastructure| format!("/{}", name(infrastructure)));
    let detail = detail.as_ref().map(|detail| format!(" [{detail}]"));
    [environment, infrastructure.unwrap_or_default(), detail.unwrap_or_default()]
        .concat()
        .trim()
        .to_owned()
}

fn name(reference: &Reference) -> String {
    if reference.is_known { reference.text.clone() } else { format!("({})", reference.text) }
}

/// The columns padded to one width each, the first one to the right.
fn aligned(rows: &[[String; 5]]) -> Vec<String> {
    let width = |i: usize| rows.iter().map(|row| row[i].chars().count()).max().unwrap_or(0);
    let widths: [usize; 5] = std::array::from_fn(width);
    let line = |[index, label, times, place, notes]: &[String; 5]| {
        let [w0, w1, w2, w3, _] = widths;
        format!("  {index:>w0$}  {label:w1$}  {times:w2$}  {place:w3$}  {notes}").trim_end().into()
    };
    rows.iter().map(line).collect()
}

/// Which deployment holds each slot, one column for each `column` of time.
fn slots(run: &StageRun, column: Ms, out: &mut Vec<String>) {
    let width = (run.runs.len() - 1).to_string().len();
    for lane in 0..run.max_concurrency {
        let holder = |at: u64| {
            let mut all = run.runs.iter();
            all.position(|run| run.lane == lane && run.start.0 <= at && at < run.end.0)
        };
        let times = (run.start.0..run.end.0).step_by(column.0 as usize);
        let cells = times.map(|at| holder(at).map_or(".".to_owned(), |i| i.to_string()));
        let cells: String = cells.map(|cell| format!(" {cell:>width$}")).collect();
        out.push(format!("  slot {lane} │{cells}"));
    }
}

fn diagnostic_line(diagnostic: &Diagnostic, text: &str, index: &LineIndex) -> String {
    let at = index.line_column(text, diagnostic.span.start as usize);
    let severity = diagnostic.severity.as_str();
    format!("{severity} {} at {}:{}", diagnostic.code, at.line, at.column)
}

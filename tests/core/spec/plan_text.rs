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
//! With several stages, each says its entry. `(…)` stands for a name the text can't say, `{…}` holds
//! what a looping strategy gave a child, with the name it gives it behind. The stages of a pipeline that a
//! deployment runs follow its stage, with the way to it in front. A stage and a deployment
//! that failed or never started say so; a bar that is more than work says where its parts end. Where the fence asks
//! for steps, those of each deployment follow it.

use std::iter;

use deployline_engine::insight::{critical_path, early_starts};
use deployline_engine::{
    Deploy, Deployment, DeploymentId, Looping, Ms, Part, Plan, Reason, Reference, Run, Schedule,
    Schema, Stage, StageRun, Status, StepSpan, StepTimes, Target, WaitsFor, Work,
    schedule_in_waves, words,
};
use deployline_planner::{Analysis, analyze, rules};
use deployline_span::Span;
use deployline_yaml::{Diagnostic, LineIndex};

use super::Options;

/// Plans `yaml` and writes the plan.
pub(crate) fn of(yaml: &str, options: &Options) -> String {
    let crlf = options.crlf.then(|| yaml.replace('\n', "\r\n"));
    let text = crlf.as_deref().unwrap_or(yaml);
    let Analysis { plan, schedule, diagnostics, .. } =
        analyze(&[text], &options.inputs, &options.assumptions);
    let run = match options.waves {
        true => schedule_in_waves(&plan, &options.assumptions),
        false => schedule,
    };

    let mut lines = Vec::new();
    if plan.pipeline.schema == Schema::V1 {
        lines.push("schema v1".to_owned());
    }
    for stage_idx in plan.shown_order() {
        stage_lines(&plan, &run, stage_idx, options, &mut lines);
        let early = early_starts(&plan, &run, stage_idx).filter(|_| options.explain);
        lines.extend(early.map(|early| words::early_starts(&plan, &run, stage_idx, &early)));
    }
    if options.explain {
        lines.extend(path_lines(&plan, &run));
    }
    lines.push(format!("end {}", run.end));
    let index = LineIndex::new(text);
    // Texts that are about something else need no failure strategies.
    let is_shown = |found: &&Diagnostic| {
        options.strategies || found.code != rules::FAILURE_STRATEGY_MISSING.code
    };
    let shown = diagnostics.iter().filter(is_shown);
    lines.extend(shown.map(|found| diagnostic_line(found, text, &index)));
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
        match (words::left_out(stage, stage_run), stage_run.status) {
            (Some(left_out), _) => format!(", {left_out}"),
            (None, Status::Succeeded) => String::new(),
            (None, status) => format!(", {status:?}").to_lowercase(),
        }
    ));
    let deployments = &plan.stages[stage_idx].deployments;
    assert_eq!(deployments.len(), stage_run.runs.len(), "each deployment has a run");
    let rows = deployments.iter().zip(&stage_run.runs).enumerate();
    let parts = |index: usize| {
        schedule.parts(DeploymentId { stage: stage_idx as u32, index: index as u32 })
    };
    let skipped = if options.is_brief { left_out(deployments.len()) } else { 0..0 };
    let rows = rows.filter(|(i, _)| !skipped.contains(i));
    let rows: Vec<_> = rows.map(|(i, (d, run))| row(plan, stage, i, *d, (run, parts(i)))).collect();
    let mut lines = aligned(&rows);
    if options.steps {
        let times = StepTimes::new(plan, schedule, &options.assumptions, stage_idx);
        lines = lines
            .into_iter()
            .zip(0..)
            .flat_map(|(line, index)| {
                let spans = times.iter().flat_map(|times| times.of(index));
                let steps = spans.map(|span| step_line(stage, span));
                iter::once(line).chain(steps).collect::<Vec<_>>()
            })
            .collect();
    }
    if !skipped.is_empty() {
        lines.insert(skipped.start, format!("  … {} more …", skipped.len()));
    }
    out.extend(lines);
    if let Some(column) = options.column {
        slots(stage_run, column, out);
    }
}

fn step_line(stage: &Stage, StepSpan { step, start, end }: StepSpan) -> String {
    let name = match stage.steps.identifier(step) {
        "" => "(no identifier)",
        identifier => identifier,
    };
    format!("     {name}  {start} … {end}")
}

/// The chain that decides the end, one link a line.
fn path_lines(plan: &Plan, run: &Schedule) -> Vec<String> {
    let links = critical_path(run).into_iter().map(|at| {
        let (stage_idx, index) = (at.stage as usize, at.index as usize);
        let label = words::label(&plan.pipeline.stages[stage_idx], &plan.stages[stage_idx], index);
        format!("path {label}: {}", words::why(plan, run, stage_idx, index))
    });
    links.collect()
}

/// What a brief plan leaves out: of more than 18 deployments, all but the first 12 and the last 3.
fn left_out(count: usize) -> std::ops::Range<usize> {
    if count > 18 { 12..count - 3 } else { 0..0 }
}

fn row(
    plan: &Plan,
    stage: &Stage,
    i: usize,
    deployment: Deployment,
    (run, parts): (&Run, &[Part]),
) -> [String; 5] {
    let place = match run.status {
        Status::Skipped => "skipped".to_owned(),
        _ => format!("slot {}", run.lane),
    };
    let waits_for = run.waits_for.map(|waits_for| waits_for_text(plan, stage, waits_for));
    let is_plain = matches!(run.status, Status::Succeeded | Status::Skipped);
    let failed = (!is_plain).then(|| format!("{:?}", run.status).to_lowercase());
    let mark = deployment.is_placeholder.then(|| "placeholder".to_owned());
    let parts = (!parts.is_empty()).then(|| parts_text(plan, stage, parts));
    let notes: Vec<String> = waits_for.into_iter().chain(failed).chain(mark).chain(parts).collect();
    let times = format!("{} … {}", run.start, run.end);
    let child = stage.looping.as_ref().map(|looping| child(looping, i)).unwrap_or_default();
    [i.to_string(), label(stage, deployment) + &child, times, place, notes.join(", ")]
}

/// `work to 1m, retry to 2m 10s`: where each part of a bar ends.
fn parts_text(plan: &Plan, stage: &Stage, parts: &[Part]) -> String {
    let part = |part: &Part| {
        let waits_for = part.waits_for.map(|waits_for| waits_for_text(plan, stage, waits_for));
        let by = waits_for.map(|text| format!(" {text}"));
        format!("{} to {}{}", part.kind.name(), part.end, by.unwrap_or_default())
    };
    parts.iter().map(part).collect::<Vec<_>>().join(", ")
}

fn waits_for_text(plan: &Plan, stage: &Stage, waits_for: WaitsFor) -> String {
    let other = &plan.pipeline.stages[waits_for.stage as usize];
    let is_elsewhere = stage.path_len != other.path_len;
    let (other, index) = (&other.identifier, waits_for.index);
    match waits_for.reason {
        Reason::Slot | Reason::Stage | Reason::GroupLimit | Reason::Wave if is_elsewhere => {
            "with its pipeline".to_owned()
        }
        Reason::Slot => format!("after {index}"),
        Reason::Stage => format!("after stage {other} #{index}"),
        Reason::Resource => format!("after resource {other} #{index}"),
        Reason::Barrier => format!("with barrier {other} #{index}"),
        Reason::Queue => format!("after queue {other} #{index}"),
        Reason::GroupLimit => format!("after group limit {other} #{index}"),
        Reason::Wave => format!("after wave {index}"),
    }
}

/// ` {region: north} "the north"`: what a strategy gave a child, and how it names it.
fn child(looping: &Looping, index: usize) -> String {
    let values = looping.values.of(looping.children[index].position);
    let values: Vec<String> = values.iter().map(|(key, value)| format!("{key}: {value}")).collect();
    let name = looping.node_name.as_ref().map(|_| words::child_label(looping, index));
    let name = name.map(|name| format!(" \"{name}\"")).unwrap_or_default();
    format!(" {{{}}}{name}", values.join(", "))
}

fn label(stage: &Stage, deployment: Deployment) -> String {
    let (Work::Deploy(deploy), Some(target)) = (&stage.work, deployment.target) else {
        return stage.name.clone();
    };
    let service = deployment.service.map(|service| service_name(deploy, service));
    let service = service.unwrap_or_else(|| "no service".to_owned());
    format!("{service} → {}", target_name(deploy, target))
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

/// `error CODE at 4:3, see 7:5`: where it is, and the other places it names.
fn diagnostic_line(diagnostic: &Diagnostic, text: &str, index: &LineIndex) -> String {
    let place = |span: Span| {
        let at = index.line_column(text, span.start as usize);
        format!("{}:{}", at.line, at.column)
    };
    let severity = diagnostic.severity.as_str();
    let related = diagnostic.related.iter().map(|related| format!(", see {}", place(related.span)));
    let related: String = related.collect();
    format!("{severity} {} at {}{related}", diagnostic.code, place(diagnostic.span))
}

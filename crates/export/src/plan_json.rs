//! The plan as JSON, version 1: the contract of `docs/plan-json.md`. As YAML it is the same.

use deployline_engine::{
    Deployment, LoopValues, Reason, Reference, Run, Schema, Stage, Status, Value, WaitsFor, Work,
};
use deployline_map::Map;
use deployline_yaml::{Diagnostic, LineIndex};

use crate::tree::{self, Tree};
use crate::{Report, Source};

/// The plan as indented JSON with a line break at its end.
pub fn json(report: &Report<'_>) -> String {
    tree::json(&plan(report, &line_indexes(report)))
}

/// The same as YAML.
#[cfg(feature = "yaml")]
pub fn yaml(report: &Report<'_>) -> String {
    // Strings, numbers and maps with string keys: nothing that YAML can't hold.
    serde_yaml::to_string(&plan(report, &line_indexes(report))).unwrap_or_default()
}

fn line_indexes(report: &Report<'_>) -> Vec<LineIndex> {
    report.sources.iter().map(|source| LineIndex::new(&source.text)).collect()
}

fn plan<'a>(report: &'a Report<'_>, lines: &'a [LineIndex]) -> Tree<'a> {
    let pipeline = &report.plan.pipeline;
    // What points to no text that is there is left out.
    let known = |found: &&Diagnostic| usize::from(found.span.source.0) < report.sources.len();
    let diagnostics: Vec<&Diagnostic> = report.diagnostics.iter().filter(known).collect();
    Tree::Map(vec![
        ("version", Tree::Number(1)),
        (
            "schema",
            Tree::Text(match pipeline.schema {
                Schema::V0 => "v0",
                Schema::V1 => "v1",
            }),
        ),
        (
            "pipeline",
            Tree::Map(vec![
                ("identifier", Tree::text(pipeline.identifier.as_deref())),
                ("name", Tree::text(pipeline.name.as_deref())),
            ]),
        ),
        ("end", Tree::Number(report.schedule.end.0)),
        ("stages", Tree::List(pipeline.stages.len(), Box::new(|index| stage(report, index)))),
        (
            "diagnostics",
            Tree::List(
                diagnostics.len(),
                Box::new(move |index| diagnostic(diagnostics[index], report.sources, lines)),
            ),
        ),
    ])
}

fn stage<'a>(report: &'a Report<'_>, stage_idx: usize) -> Tree<'a> {
    let stages = &report.plan.pipeline.stages;
    let stage = &stages[stage_idx];
    let run = &report.schedule.stages[stage_idx];
    let deployments = &report.plan.stages[stage_idx].deployments;
    let each =
        move |index: usize| deployment(stages, stage, index, deployments[index], &run.runs[index]);
    Tree::Map(vec![
        ("identifier", Tree::Text(&stage.identifier)),
        ("name", Tree::Text(&stage.name)),
        ("type", Tree::Text(&stage.stage_type)),
        ("entry", Tree::Number(stage.entry.into())),
        ("start", Tree::Number(run.start.0)),
        ("end", Tree::Number(run.end.0)),
        ("status", Tree::Text(status(run.status))),
        ("maxConcurrency", Tree::Number(run.max_concurrency.into())),
        ("steps", Tree::Number(stage.steps.count.into())),
        ("deployments", Tree::List(deployments.len(), Box::new(each))),
    ])
}

fn deployment<'a>(
    all: &'a [Stage],
    stage: &'a Stage,
    index: usize,
    deployment: Deployment,
    run: &Run,
) -> Tree<'a> {
    let (service, target) = match &stage.work {
        Work::Deploy(deploy) => (
            deployment.service.and_then(|i| deploy.services.items.get(i as usize)),
            deployment.target.and_then(|i| deploy.targets.items.get(i as usize)),
        ),
        Work::Other | Work::Unknown => (None, None),
    };
    let mut entries = vec![
        ("index", Tree::Number(index as u64)),
        ("service", known(service.map(|service| &service.name))),
        ("environment", known(target.and_then(|target| target.environment.as_ref()))),
        ("infrastructure", known(target.and_then(|target| target.infrastructure.as_ref()))),
        ("values", values(stage, index)),
    ];
    if deployment.is_placeholder {
        entries.push(("placeholder", Tree::True));
    }
    entries.extend([
        ("start", Tree::Number(run.start.0)),
        ("end", Tree::Number(run.end.0)),
        ("lane", Tree::Number(run.lane.into())),
        ("status", Tree::Text(status(run.status))),
        ("waitsFor", run.waits_for.map_or(Tree::Null, |waits_for| waited_for(all, waits_for))),
    ]);
    Tree::Map(entries)
}

/// What a looping strategy gave this child.
fn values<'a>(stage: &Stage, index: usize) -> Tree<'a> {
    let Some(looping) = &stage.looping else { return Tree::Map(Vec::new()) };
    let Some(child) = looping.children.get(index) else { return Tree::Map(Vec::new()) };
    if matches!(looping.values, LoopValues::Times) {
        return Tree::Map(vec![("iteration", Tree::Number(index as u64))]);
    }
    let values = looping.values.of(child.position).into_iter();
    map(values.map(|(key, value)| (key.to_owned(), value)))
}

fn value<'a>(given: Value) -> Tree<'a> {
    match given {
        Value::Text(text) => Tree::Owned(text),
        Value::List(items) => {
            Tree::List(items.len(), Box::new(move |index| value(items[index].clone())))
        }
        Value::Map(entries) => map(entries.into_iter()),
    }
}

/// By key; of a key that is there twice, the last value.
fn map<'a>(entries: impl Iterator<Item = (String, Value)>) -> Tree<'a> {
    let entries: Map<String, Value> = entries.collect();
    Tree::OwnedMap(entries.into_iter().map(|(key, given)| (key, value(given))).collect())
}

fn known(reference: Option<&Reference>) -> Tree<'_> {
    Tree::text(reference.filter(|name| name.is_known).map(|name| name.text.as_str()))
}

pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::Succeeded => "succeeded",
        Status::Failed => "failed",
        Status::Skipped => "skipped",
    }
}

fn waited_for(all: &[Stage], waits_for: WaitsFor) -> Tree<'_> {
    let stage = all.get(waits_for.stage as usize).map_or("", |stage| &stage.identifier);
    let reason = match waits_for.reason {
        Reason::Slot => "slot",
        Reason::Stage => "stage",
        Reason::Resource => "resource",
        Reason::Wave => "wave",
    };
    Tree::Map(vec![
        ("stage", Tree::Text(stage)),
        ("index", Tree::Number(waits_for.index.into())),
        ("reason", Tree::Text(reason)),
    ])
}

fn diagnostic<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a [Source],
    lines: &[LineIndex],
) -> Tree<'a> {
    let source_idx = usize::from(diagnostic.span.source.0);
    let (source, lines) = (&sources[source_idx], &lines[source_idx]);
    let start = lines.line_column(&source.text, diagnostic.span.start as usize);
    let end = lines.line_column(&source.text, diagnostic.span.end as usize);
    let mut entries = vec![
        ("severity", Tree::Text(diagnostic.severity.as_str())),
        ("code", Tree::Text(diagnostic.code)),
        ("message", Tree::Text(&diagnostic.message)),
    ];
    if sources.len() > 1 {
        entries.push(("file", Tree::Text(&source.name)));
    }
    entries.extend([
        ("line", Tree::Number(start.line as u64)),
        ("column", Tree::Number(start.column as u64)),
        ("endLine", Tree::Number(end.line as u64)),
        ("endColumn", Tree::Number(end.column as u64)),
    ]);
    Tree::Map(entries)
}

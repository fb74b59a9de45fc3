//! The plan as JSON, version 1: the contract of `docs/plan-json.md`. As YAML it is the same.

use std::collections::BTreeMap;

use deployline_planner::{
    Deployment, Diagnostic, LoopValues, Reason, Reference, Run, Schema, Stage, StagePlan, StageRun,
    Status, Value, WaitsFor, Work,
};
use deployline_yaml::LineIndex;
use serde::Serialize;

use crate::{Report, Source};

/// The plan as indented JSON with a line break at its end.
pub fn json(report: &Report<'_>) -> String {
    // Strings, numbers and maps with string keys: nothing that JSON can't hold.
    let mut text = serde_json::to_string_pretty(&PlanJson::new(report)).unwrap_or_default();
    text.push('\n');
    text
}

/// The same as YAML.
pub fn yaml(report: &Report<'_>) -> String {
    serde_yaml::to_string(&PlanJson::new(report)).unwrap_or_default()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PlanJson<'a> {
    version: u32,
    schema: &'static str,
    pipeline: PipelineJson<'a>,
    end: u64,
    stages: Vec<StageJson<'a>>,
    diagnostics: Vec<DiagnosticJson<'a>>,
}

#[derive(Serialize)]
struct PipelineJson<'a> {
    identifier: Option<&'a str>,
    name: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StageJson<'a> {
    identifier: &'a str,
    name: &'a str,
    #[serde(rename = "type")]
    stage_type: &'a str,
    entry: u32,
    start: u64,
    end: u64,
    status: &'static str,
    max_concurrency: u32,
    steps: u32,
    deployments: Vec<DeploymentJson<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DeploymentJson<'a> {
    index: usize,
    service: Option<&'a str>,
    environment: Option<&'a str>,
    infrastructure: Option<&'a str>,
    values: BTreeMap<&'a str, ValueJson>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    placeholder: bool,
    start: u64,
    end: u64,
    lane: u32,
    status: &'static str,
    waits_for: Option<WaitsForJson<'a>>,
}

#[derive(Serialize)]
struct WaitsForJson<'a> {
    stage: &'a str,
    index: u32,
    reason: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DiagnosticJson<'a> {
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

impl<'a> PlanJson<'a> {
    fn new(report: &Report<'a>) -> Self {
        let Report { plan, schedule, diagnostics, sources } = *report;
        let pipeline = &plan.pipeline;
        let stages = pipeline.stages.iter().zip(&plan.stages).zip(&schedule.stages);
        let lines: Vec<LineIndex> =
            sources.iter().map(|source| LineIndex::new(&source.text)).collect();
        Self {
            version: 1,
            schema: match pipeline.schema {
                Schema::V0 => "v0",
                Schema::V1 => "v1",
            },
            pipeline: PipelineJson {
                identifier: pipeline.identifier.as_deref(),
                name: pipeline.name.as_deref(),
            },
            end: schedule.end.0,
            stages: stages
                .map(|((stage, plan), run)| stage_json(&pipeline.stages, stage, plan, run))
                .collect(),
            diagnostics: diagnostics
                .iter()
                .filter_map(|diagnostic| diagnostic_json(diagnostic, sources, &lines))
                .collect(),
        }
    }
}

fn stage_json<'a>(
    all: &'a [Stage],
    stage: &'a Stage,
    plan: &StagePlan,
    run: &StageRun,
) -> StageJson<'a> {
    let deployments = plan.deployments.iter().zip(&run.runs).enumerate();
    StageJson {
        identifier: &stage.identifier,
        name: &stage.name,
        stage_type: &stage.stage_type,
        entry: stage.entry,
        start: run.start.0,
        end: run.end.0,
        status: status(run.status),
        max_concurrency: run.max_concurrency,
        steps: stage.steps.count,
        deployments: deployments
            .map(|(index, (deployment, run))| deployment_json(all, stage, index, *deployment, run))
            .collect(),
    }
}

fn deployment_json<'a>(
    all: &'a [Stage],
    stage: &'a Stage,
    index: usize,
    deployment: Deployment,
    run: &Run,
) -> DeploymentJson<'a> {
    let (service, target) = match &stage.work {
        Work::Deploy(deploy) => (
            deployment.service.and_then(|i| deploy.services.items.get(i as usize)),
            deployment.target.and_then(|i| deploy.targets.items.get(i as usize)),
        ),
        Work::Other | Work::Unknown => (None, None),
    };
    DeploymentJson {
        index,
        service: known(service.map(|service| &service.name)),
        environment: known(target.and_then(|target| target.environment.as_ref())),
        infrastructure: known(target.and_then(|target| target.infrastructure.as_ref())),
        values: values(stage, index),
        placeholder: deployment.is_placeholder,
        start: run.start.0,
        end: run.end.0,
        lane: run.lane,
        status: status(run.status),
        waits_for: run.waits_for.map(|waits_for| waits_for_json(all, waits_for)),
    }
}

/// What a looping strategy gave this child.
fn values(stage: &Stage, index: usize) -> BTreeMap<&str, ValueJson> {
    let Some(looping) = &stage.looping else { return BTreeMap::new() };
    let Some(child) = looping.children.get(index) else { return BTreeMap::new() };
    if matches!(looping.values, LoopValues::Times) {
        return BTreeMap::from([("iteration", ValueJson::Number(index))]);
    }
    let values = looping.values.of(child.position).into_iter();
    values.map(|(key, value)| (key, value_json(value))).collect()
}

#[derive(Serialize)]
#[serde(untagged)]
enum ValueJson {
    Number(usize),
    Text(String),
    List(Vec<ValueJson>),
    Map(BTreeMap<String, ValueJson>),
}

fn value_json(value: Value) -> ValueJson {
    match value {
        Value::Text(text) => ValueJson::Text(text),
        Value::List(items) => ValueJson::List(items.into_iter().map(value_json).collect()),
        Value::Map(entries) => ValueJson::Map(
            entries.into_iter().map(|(key, value)| (key, value_json(value))).collect(),
        ),
    }
}

fn known(reference: Option<&Reference>) -> Option<&str> {
    reference.filter(|reference| reference.is_known).map(|reference| reference.text.as_str())
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Succeeded => "succeeded",
        Status::Failed => "failed",
        Status::Skipped => "skipped",
    }
}

fn waits_for_json(all: &[Stage], waits_for: WaitsFor) -> WaitsForJson<'_> {
    WaitsForJson {
        stage: all.get(waits_for.stage as usize).map_or("", |stage| &stage.identifier),
        index: waits_for.index,
        reason: match waits_for.reason {
            Reason::Slot => "slot",
            Reason::Stage => "stage",
            Reason::Resource => "resource",
            Reason::Wave => "wave",
        },
    }
}

fn diagnostic_json<'a>(
    diagnostic: &'a Diagnostic,
    sources: &'a [Source],
    lines: &[LineIndex],
) -> Option<DiagnosticJson<'a>> {
    let source_idx = usize::from(diagnostic.span.source.0);
    let (source, lines) = (sources.get(source_idx)?, lines.get(source_idx)?);
    let start = lines.line_column(&source.text, diagnostic.span.start as usize);
    let end = lines.line_column(&source.text, diagnostic.span.end as usize);
    Some(DiagnosticJson {
        severity: diagnostic.severity.as_str(),
        code: diagnostic.code,
        message: &diagnostic.message,
        file: (sources.len() > 1).then_some(source.name.as_str()),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    })
}

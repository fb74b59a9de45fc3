//! The plan as JSON, version 1: the contract of `docs/plan-json.md`.

use deployline_engine::{
    Absence, DeploymentId, DurationSource, LoopValues, Reason, Reference, Schema, Status, Work,
    duration_sources,
};
use deployline_map::Map;
use deployline_planner::assumed::{self, AssumedValue};
use deployline_yaml::{LineIndex, first_line};
use serde::{Serialize, Serializer};

use crate::terminal::{printable_flow_yaml, printable_json};
use crate::{Report, Source, shown_message};

/// The plan as indented JSON with a line break at its end.
pub fn json(report: &Report<'_>) -> String {
    // Strings and numbers in structs: nothing that JSON can't hold.
    printable_json(serde_json::to_string_pretty(&plan(report)).unwrap_or_default()) + "\n"
}

/// The same as YAML in flow style: JSON, with YAML's escapes for characters that YAML does not print.
pub fn flow_yaml(report: &Report<'_>) -> String {
    printable_flow_yaml(serde_json::to_string_pretty(&plan(report)).unwrap_or_default()) + "\n"
}

/// The structs of [`json`], for other formats that hold the same.
pub fn plan<'a>(report: &Report<'a>) -> impl Serialize + use<'a> {
    let pipeline = &report.plan.pipeline;
    let sources = duration_sources(report.plan, report.assumptions);
    Plan {
        version: 1,
        schema: match pipeline.schema {
            Schema::V0 => "v0",
            Schema::V1 => "v1",
        },
        pipeline: Pipeline {
            identifier: pipeline.identifier.as_deref(),
            name: pipeline.name.as_deref(),
        },
        end: report.schedule.end.0,
        assumptions: assumed::list(pipeline, report.assumptions)
            .into_iter()
            .map(assumption)
            .collect(),
        stages: own_stages(report).map(|index| Stage::new(report, index, &sources)).collect(),
        diagnostics: diagnostics(report),
        more_diagnostics: more_diagnostics(report),
    }
}

/// Indexes of the stages of the pipeline itself; its rollback comes last.
fn own_stages(report: &Report<'_>) -> impl Iterator<Item = usize> + use<> {
    let plan = report.plan;
    (0..plan.own_stage_count()).chain(plan.written_stage_count()..plan.stages.len())
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Plan<'a> {
    version: u32,
    schema: &'static str,
    pipeline: Pipeline<'a>,
    end: u64,
    assumptions: Vec<Value>,
    stages: Vec<Stage<'a>>,
    diagnostics: Vec<Diagnostic<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    more_diagnostics: Vec<MoreDiagnostics>,
}

#[derive(Serialize)]
struct Pipeline<'a> {
    identifier: Option<&'a str>,
    name: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Stage<'a> {
    identifier: &'a str,
    name: &'a str,
    #[serde(rename = "type")]
    stage_type: &'a str,
    entry: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    depends_on: Option<Vec<&'a str>>,
    start: u64,
    end: u64,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_run: Option<&'static str>,
    max_concurrency: u32,
    limits: Limits,
    steps: u32,
    deployments: Vec<Deployment<'a>>,
}

/// What limits a stage; `null` where nothing does.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Limits {
    own: Option<u32>,
    account: Option<u32>,
    children_in_all: Option<u32>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Deployment<'a> {
    index: usize,
    service: Option<&'a str>,
    environment: Option<&'a str>,
    infrastructure: Option<&'a str>,
    #[serde(serialize_with = "values_by_name")]
    values: Map<String, Value>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    placeholder: bool,
    start: u64,
    end: u64,
    lane: u32,
    status: &'static str,
    waits_for: Option<WaitsFor<'a>>,
    duration: Duration,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Part<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    child: Option<Child<'a>>,
}

/// The pipeline that a deployment runs.
#[derive(Serialize)]
struct Child<'a> {
    identifier: Option<&'a str>,
    name: Option<&'a str>,
    stages: Vec<Stage<'a>>,
}

impl<'a> Child<'a> {
    fn at(report: &Report<'a>, at: DeploymentId, sources: &[Vec<DurationSource>]) -> Option<Self> {
        let child = report.plan.child_at(at)?;
        let stages = child.stages.clone();
        Some(Self {
            identifier: child.pipeline.identifier.as_deref(),
            name: child.pipeline.name.as_deref(),
            stages: stages.map(|stage| Stage::new(report, stage as usize, sources)).collect(),
        })
    }
}

/// Source of the length of a deployment's work.
#[derive(Serialize)]
struct Duration {
    source: &'static str,
}

impl Duration {
    fn new(source: DurationSource) -> Self {
        let source = match source {
            DurationSource::Default => "default",
            DurationSource::Given => "given",
            DurationSource::Uneven => "uneven",
        };
        Self { source }
    }
}

/// A part of a bar that is more than work.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Part<'a> {
    kind: &'static str,
    /// The step that waits in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<&'a str>,
    start: u64,
    end: u64,
    /// The deployment that ended the wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    waits_for: Option<WaitsFor<'a>>,
}

/// A value that a looping strategy gave, or that is assumed.
#[derive(Serialize)]
#[serde(untagged)]
enum Value {
    Flag(bool),
    Number(usize),
    Text(String),
    List(Vec<Value>),
    #[serde(serialize_with = "values_by_name")]
    Map(Map<String, Value>),
}

#[derive(Serialize)]
struct WaitsFor<'a> {
    stage: &'a str,
    index: u32,
    reason: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Diagnostic<'a> {
    severity: &'static str,
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// Diagnostics of a kind beyond those that are listed.
#[derive(Serialize)]
struct MoreDiagnostics {
    severity: &'static str,
    code: &'static str,
    count: usize,
}

impl<'a> Stage<'a> {
    fn new(report: &Report<'a>, stage_idx: usize, sources: &[Vec<DurationSource>]) -> Self {
        let stage = &report.plan.pipeline.stages[stage_idx];
        let run = &report.schedule.stages[stage_idx];
        Self {
            identifier: stage.own_identifier(),
            name: &stage.name,
            stage_type: &stage.stage_type,
            entry: stage.entry,
            depends_on: report.plan.is_in_dag(stage_idx).then(|| depends_on(report, stage)),
            start: run.start.0,
            end: run.end.0,
            status: status(run.status),
            not_run: stage.absence.map(|absence| match absence {
                Absence::NotChosen => "not-chosen",
                Absence::Kept => "kept",
            }),
            max_concurrency: run.max_concurrency,
            limits: Limits::new(report, stage_idx),
            steps: stage.steps.count,
            deployments: (0..run.runs.len())
                .map(|index| Deployment::new(report, stage_idx, index, sources))
                .collect(),
        }
    }
}

/// Identifiers of the stages that one waits for.
fn depends_on<'a>(report: &Report<'a>, stage: &deployline_engine::Stage) -> Vec<&'a str> {
    let stages = &report.plan.pipeline.stages;
    stage.after.iter().map(|index| stages[*index as usize].own_identifier()).collect()
}

impl Limits {
    fn new(report: &Report<'_>, stage_idx: usize) -> Self {
        let (stage, plan) =
            (&report.plan.pipeline.stages[stage_idx], &report.plan.stages[stage_idx]);
        // What the flags make is a limit where it is less than all.
        let by_flags = plan.max_concurrency;
        let by_flags = Some(by_flags).filter(|limit| (*limit as usize) < plan.deployments.len());
        Self {
            own: stage.written_limit().map(|limit| limit.value).or(by_flags),
            account: report.assumptions.at_once(),
            children_in_all: report.assumptions.account_plan.children_in_all(),
        }
    }
}

/// What the text can't say, as it is assumed.
fn assumption(assumption: assumed::Assumption) -> Value {
    let assumed::Assumption { key, value, why, choices } = assumption;
    let choices = choices.into_iter().map(Value::from).collect();
    Value::Map(Map::from([
        ("key".to_owned(), Value::Text(key)),
        ("value".to_owned(), value.into()),
        ("why".to_owned(), Value::Text(why.to_owned())),
        ("choices".to_owned(), Value::List(choices)),
    ]))
}

impl From<AssumedValue> for Value {
    fn from(value: AssumedValue) -> Self {
        match value {
            AssumedValue::Word(word) => Self::Text(word.to_owned()),
            AssumedValue::Flag(flag) => Self::Flag(flag),
            AssumedValue::Number(number) => Self::Number(number as usize),
            value @ (AssumedValue::Duration(_) | AssumedValue::Stages(_)) => {
                Self::Text(value.to_string())
            }
        }
    }
}

impl<'a> Deployment<'a> {
    fn new(
        report: &Report<'a>,
        stage_idx: usize,
        index: usize,
        sources: &[Vec<DurationSource>],
    ) -> Self {
        let stages = &report.plan.pipeline.stages;
        let stage = &stages[stage_idx];
        let deployment = report.plan.stages[stage_idx].deployments[index];
        let run = &report.schedule.stages[stage_idx].runs[index];
        let at = DeploymentId { stage: stage_idx as u32, index: index as u32 };
        // A deployment that starts with its pipeline waits for nothing in it.
        let of = |stage: usize| report.plan.child_of(stage).map(|child| child.of);
        let within = run
            .waits_for
            .filter(|it| it.reason == Reason::Resource || of(it.stage as usize) == of(stage_idx));
        let (service, target) = match &stage.work {
            Work::Deploy(deploy) => (
                deployment.service.and_then(|i| deploy.services.items.get(i as usize)),
                deployment.target.and_then(|i| deploy.targets.items.get(i as usize)),
            ),
            Work::Other | Work::Unknown => (None, None),
        };
        Self {
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
            waits_for: within.map(|of| waits_for(stages, stage, of)),
            duration: Duration::new(sources[stage_idx][index]),
            parts: report.schedule.parts(at).iter().map(|of| part(stages, stage, of)).collect(),
            child: Child::at(report, at, sources),
        }
    }
}

/// Wait of a deployment of a stage. A stage of the same pipeline is named by its own identifier, one of another
/// pipeline by the way to it.
fn waits_for<'a>(
    stages: &'a [deployline_engine::Stage],
    stage: &deployline_engine::Stage,
    of: deployline_engine::WaitsFor,
) -> WaitsFor<'a> {
    let own = stage.identifier.get(..stage.path_len);
    let name =
        |other: &'a deployline_engine::Stage| match own == other.identifier.get(..other.path_len) {
            true => other.own_identifier(),
            false => other.identifier.as_str(),
        };
    WaitsFor {
        stage: stages.get(of.stage as usize).map_or("", name),
        index: of.index,
        reason: match of.reason {
            Reason::Slot => "slot",
            Reason::Stage => "stage",
            Reason::Resource => "resource",
            Reason::Barrier => "barrier",
            Reason::Queue => "queue",
            Reason::GroupLimit => "group-limit",
            Reason::Wave => "wave",
        },
    }
}

fn part<'a>(
    stages: &'a [deployline_engine::Stage],
    stage: &'a deployline_engine::Stage,
    part: &deployline_engine::Part,
) -> Part<'a> {
    Part {
        kind: part.kind.name(),
        step: part.step.map(|step| stage.steps.identifier(step)),
        start: part.start.0,
        end: part.end.0,
        waits_for: part.waits_for.map(|of| waits_for(stages, stage, of)),
    }
}

fn known(reference: Option<&Reference>) -> Option<&str> {
    reference.filter(|name| name.is_known).map(|name| name.text.as_str())
}

/// Returns what a looping strategy gave a child, by name.
fn values(stage: &deployline_engine::Stage, index: usize) -> Map<String, Value> {
    let Some(looping) = &stage.looping else { return Map::new() };
    let Some(child) = looping.children.get(index) else { return Map::new() };
    if matches!(looping.values, LoopValues::Times) {
        return Map::from([("iteration".to_owned(), Value::Number(index))]);
    }
    let values = looping.values.of(child.position).into_iter();
    values.map(|(key, value)| (key.to_owned(), value.into())).collect()
}

fn values_by_name<S: Serializer>(
    values: &Map<String, Value>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(values)
}

impl From<deployline_engine::Value> for Value {
    fn from(value: deployline_engine::Value) -> Self {
        match value {
            deployline_engine::Value::Text(text) => Self::Text(text),
            deployline_engine::Value::List(items) => {
                Self::List(items.into_iter().map(Self::from).collect())
            }
            // Of a key that is there twice, the last value counts.
            deployline_engine::Value::Map(entries) => Self::Map(
                entries.into_iter().map(|(key, value)| (key, Self::from(value))).collect(),
            ),
        }
    }
}

pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::Succeeded => "succeeded",
        Status::Failed => "failed",
        Status::Ignored => "ignored",
        Status::Aborted | Status::Cancelled => "aborted",
        Status::Skipped => "skipped",
    }
}

/// Diagnostics without a text to point to are left out.
fn diagnostics<'a>(report: &Report<'a>) -> Vec<Diagnostic<'a>> {
    let lines: Vec<LineIndex> =
        report.sources.iter().map(|source| LineIndex::new(&source.text)).collect();
    let listed = report.diagnostics.iter().filter(|diagnostic| diagnostic.others == 0);
    let diagnostics = listed.filter_map(|diagnostic| {
        let source_idx = usize::from(diagnostic.span.source.0);
        let source: &Source = report.sources.get(source_idx)?;
        let lines = &lines[source_idx];
        let marked = first_line(&source.text, diagnostic.span);
        let start = lines.line_column(&source.text, marked.start as usize);
        let end = lines.line_column(&source.text, marked.end as usize);
        Some(Diagnostic {
            severity: diagnostic.severity.as_str(),
            code: diagnostic.code,
            message: shown_message(&diagnostic.message),
            file: (report.sources.len() > 1).then_some(source.name.as_str()),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        })
    });
    diagnostics.collect()
}

/// Those that are not listed one by one.
fn more_diagnostics(report: &Report<'_>) -> Vec<MoreDiagnostics> {
    let summaries = report.diagnostics.iter().filter(|diagnostic| diagnostic.others > 0);
    let more = summaries.map(|summary| MoreDiagnostics {
        severity: summary.severity.as_str(),
        code: summary.code,
        count: summary.others,
    });
    more.collect()
}

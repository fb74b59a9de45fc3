//! One stage: its name, when it runs, its template, and what it does.
//!
//! Follows `docs/semantics.md`, "From YAML to an ordered list and a limit" and "Details".

use std::sync::Arc;

use deployline_engine::{
    FailureStrategies, ManualStart, PipelineStatus, Schema, Service, Stage, Steps, Target, Work,
    bounded_name,
};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::chained_state::Chain;
use super::conditions::{self, ConditionPlaces};
use super::context::Reader;
use super::keyword::Keywords;
use super::scalar::{self, expression};
use super::view::View;
use super::{
    chain, children, deploy, failure, partial, stage_type, steps, strategy, template, timeout,
    unknown_variables,
};
use crate::expression::is_expression;
use crate::rules;

/// Position of a stage in the pipeline.
#[derive(Clone, Copy)]
pub(super) struct StagePosition {
    /// Index of its entry in `stages`.
    pub(super) entry: u32,
    /// Its own index among all stages.
    pub(super) index: usize,
}

impl StagePosition {
    /// Name of a stage that has none of its own.
    pub(super) fn name(self) -> String {
        format!("stage {}", self.index + 1)
    }
}

/// One bar for what can't be read.
pub(super) fn placeholder(name: &str, entry: u32, span: Span) -> Stage {
    Stage {
        identifier: name.replace(' ', "_"),
        name: name.to_owned(),
        stage_type: String::new(),
        entry,
        after: Arc::default(),
        span,
        pipeline_status: PipelineStatus::default(),
        conditions: Vec::new(),
        work: Work::Unknown,
        looping: None,
        steps: Steps::default(),
        failure: FailureStrategies::default(),
        timeout: None,
        manual: None,
        absence: None,
        chained: None,
        path_len: 0,
    }
}

/// Reads the contents of `stage:`.
pub(super) fn read<'a>(
    view: &View<'a>,
    position: StagePosition,
    reader: &mut Reader<'_, 'a>,
) -> Stage {
    reader.cx.keep_stage(view);
    let mut stage = placeholder(&position.name(), position.entry, view.span());
    if view.kind() != NodeKind::Mapping {
        reader.report(
            &rules::UNKNOWN_STAGE_ENTRY,
            view.span(),
            "Expected the contents of a stage: `name`, `identifier`, `type` and `spec`.",
        );
        return stage;
    }
    let identifier = view.str_of("identifier").or_else(|| view.str_of("name"));
    if let Some(identifier) = identifier {
        stage.identifier = bounded_name(identifier);
        stage.name = bounded_name(view.str_of("name").unwrap_or(identifier));
    }
    reader.cx.values.read.begin(identifier, position.index);
    reader.cx.values.enter_stage(view, None);
    partial::report_expressions(view, reader);
    let body = match view.value("template") {
        Some(_) => template::stage(view, reader),
        None => Some(view.clone()),
    };
    if let Some(body) = &body {
        reader.cx.change_kept_stage(|kept| kept.body = body.clone());
        reader.cx.values.enter_stage(view, Some(body));
    }
    if is_expression(&stage.name) {
        stage.name = bounded_name(&reader.substitute(&stage.name));
    }
    match &body {
        Some(body) => {
            stage.stage_type = bounded_name(stage_type::read(body, reader));
            read_body((&mut stage, position), view, body, reader);
        }
        None => read_without_body(&mut stage, view, reader),
    }
    // Beside `template:` a stage has its own conditions, loop, failure strategies and timeout.
    let body = body.as_ref().unwrap_or(view);
    let holder = if view.value("timeout").is_some() { view } else { body };
    stage.timeout = timeout::read(holder, reader);
    stage.manual = manual(view, body, reader);
    stage.pipeline_status = pipeline_status(view, body, reader);
    read_conditions(&mut stage, view, body, reader);
    if let Some(looping) = &stage.looping {
        reader.cx.values.read.keep_children(position.index, looping);
    }
    stage
}

/// Types of stages that no person starts.
const STARTED_BY_THEMSELVES: [&str; 3] = ["Pipeline", "Dynamic", "CompositeLoadTest"];

/// Reads `runMode`: whether a person starts the stage, and how long it waits for that.
fn manual(view: &View<'_>, body: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<ManualStart> {
    let run_mode = view.value("runMode").or_else(|| body.value("runMode"))?;
    let mode = run_mode.value("type").unwrap_or_else(|| run_mode.clone());
    if let Some(text) = expression(&mode) {
        let drawn = "The stage is drawn as if it started without a person.";
        scalar::report_given(mode.span(), ("How this stage starts is", drawn), text, reader);
    }
    let is_manual = mode.as_str() == Some("Manual");
    let stage_type = body.str_of("type").or_else(|| view.str_of("type")).unwrap_or_default();
    if is_manual && STARTED_BY_THEMSELVES.contains(&stage_type) {
        let message = format!(
            "`runMode` is not used: the product has none for stages of the type {stage_type}, which start by themselves. \
             Put a stage of the type Custom with it before this one."
        );
        reader.report(&rules::UNUSED_KEY, run_mode.span(), message);
        return None;
    }
    is_manual.then(|| ManualStart { timeout: timeout::read(&run_mode, reader) })
}

/// Reads what stands beside the use of a template that the texts don't hold.
fn read_without_body<'a>(stage: &mut Stage, view: &View<'a>, reader: &mut Reader<'_, 'a>) {
    if let Some(own) = reader.cx.earlier_stages.get_mut(written_identifier(view, stage)) {
        own.lacks_template = true;
    }
    let kind = view.at(&["template", "templateInputs", "type"]);
    let deploys = kind.is_none_or(|kind| kind.as_str() == Some("Deployment"));
    work_within_budget(stage, reader, |stage, reader| {
        let strategy = strategy::read(view, deploys, reader);
        stage.looping = strategy.map(|strategy| children::without_deployments(&strategy));
        stage.failure = failure::read(view, view, None, false, reader);
    });
}

/// Identifier of a stage as it is written: that of the plan may be cut.
fn written_identifier<'s, 'a: 's>(view: &View<'a>, stage: &'s Stage) -> &'s str {
    let written = view.str_of("identifier").or_else(|| view.str_of("name"));
    written.unwrap_or(stage.identifier.as_str())
}

fn read_conditions<'a>(
    stage: &mut Stage,
    view: &View<'a>,
    body: &View<'a>,
    reader: &mut Reader<'_, 'a>,
) {
    let own = |key| view.value(key).or_else(|| body.value(key));
    conditions::check_status(view, body, reader);
    let places = ConditionPlaces {
        when: own("when"),
        strategy: own("strategy"),
        multi_deployment: body.at(&["spec", "multiDeploymentConfig"]),
    };
    conditions::read(stage, &places, Schema::V0, reader);
}

/// Reads a `spec` without the stage around it.
pub(super) fn read_spec_alone<'a>(
    spec: &View<'a>,
    position: StagePosition,
    reader: &mut Reader<'_, 'a>,
) -> Stage {
    reader.cx.keep_stage(spec);
    reader.cx.values.leave_stage();
    let mut stage = placeholder(&position.name(), position.entry, spec.span());
    "Deployment".clone_into(&mut stage.stage_type);
    work_within_budget(&mut stage, reader, |stage, reader| {
        deploy::read(stage, None, spec, reader);
    });
    stage.steps = steps::read(spec, reader);
    stage
}

/// Reads `when` of the stage, or of the template it comes from.
pub(super) fn pipeline_status(
    stage: &View<'_>,
    body: &View<'_>,
    reader: &mut Reader<'_, '_>,
) -> PipelineStatus {
    let Some(when) = stage.value("when").or_else(|| body.value("when")) else {
        return PipelineStatus::default();
    };
    if let Some(text) = expression(&when) {
        let drawn = "The stage is drawn as if `pipelineStatus` were `Success`, the default.";
        scalar::report_given(when.span(), ("When this stage runs is", drawn), text, reader);
    }
    PIPELINE_STATUS.read(when.value("pipelineStatus"), reader)
}

const PIPELINE_STATUS: Keywords<PipelineStatus> = Keywords {
    subject: "After which outcome this stage runs",
    values: &[
        ("Success", PipelineStatus::Success),
        ("Failure", PipelineStatus::Failure),
        ("All", PipelineStatus::All),
    ],
    rule: rules::PIPELINE_STATUS_INVALID,
};

fn read_body<'a>(
    (stage, position): (&mut Stage, StagePosition),
    view: &View<'a>,
    body: &View<'a>,
    reader: &mut Reader<'_, 'a>,
) {
    let holder = if view.value("strategy").is_some() { view } else { body };
    let spec = body.value("spec").filter(|spec| spec.kind() == NodeKind::Mapping);
    match (stage.stage_type.as_str(), spec) {
        ("Deployment" | "", Some(spec)) => {
            "Deployment".clone_into(&mut stage.stage_type);
            if let Some(own) = reader.cx.earlier_stages.get_mut(written_identifier(view, stage)) {
                own.spec = Some(spec.clone());
            }
            stage.steps = steps::read(&spec, reader);
            work_within_budget(stage, reader, |stage, reader| {
                deploy::read(stage, Some(holder), &spec, reader);
                stage.failure = failure::read(view, body, Some(&spec), true, reader);
            });
        }
        ("Deployment" | "", None) => report_missing_spec(body, reader),
        (_, spec) => {
            if let Some(own) = reader.cx.earlier_stages.get_mut(written_identifier(view, stage)) {
                own.other_type = body.str_of("type");
            }
            stage.work = Work::Other;
            stage.steps = spec.as_ref().map(|spec| steps::read(spec, reader)).unwrap_or_default();
            if stage.stage_type == "Custom"
                && let Some(spec) =
                    body.value("spec").filter(|it| it.value("environment").is_some())
            {
                return work_within_budget(stage, reader, |stage, reader| {
                    deploy::read_without_service(stage, holder, &spec, reader);
                    stage.failure = failure::read(view, body, Some(&spec), false, reader);
                });
            }
            let mut strategy = None;
            work_within_budget(stage, reader, |stage, reader| {
                strategy = strategy::read(holder, false, reader);
                stage.looping = strategy.as_ref().map(children::without_deployments);
                stage.failure = failure::read(view, body, spec.as_ref(), false, reader);
            });
            if let ("Pipeline", Some(spec)) = (stage.stage_type.as_str(), &spec) {
                let stage = (stage, position.index);
                chain::read(stage, Chain::older(spec), strategy.as_ref(), reader);
            }
        }
    }
}

fn report_missing_spec(body: &View<'_>, reader: &mut Reader<'_, '_>) {
    if let Some(spec) = body.value("spec")
        && let Some(text) = expression(&spec)
    {
        return scalar::report_runtime(spec.span(), "What this stage deploys is", text, reader);
    }
    reader.report(
        &rules::MISSING_SPEC,
        body.key_span("type"),
        "The stage says neither what to deploy nor where to. Expected `type: Deployment` and a \
         `spec:` with a service and an environment.",
    );
}

/// Reads what a stage does, and draws one bar for it where that is too much. Each variable that is not
/// known is reported once.
pub(super) fn work_within_budget<'a>(
    stage: &mut Stage,
    reader: &mut Reader<'_, 'a>,
    read: impl FnOnce(&mut Stage, &mut Reader<'_, 'a>),
) {
    reader.cx.budget.start_stage();
    let mut of_stage = Reader::new(reader.cx);
    read(stage, &mut of_stage);
    let findings = of_stage.into_findings();
    match reader.cx.budget.end_stage() {
        None => reader.add_diagnostics(unknown_variables::join(findings)),
        Some(exceeded) => {
            // Diagnostics of so many items would help nobody.
            let diagnostic = rules::TOO_MANY_DEPLOYMENTS.at(stage.span, exceeded.message);
            reader.add(diagnostic.with_related(exceeded.list, "This list multiplies"));
            become_one_bar(stage);
        }
    }
}

fn become_one_bar(stage: &mut Stage) {
    stage.looping = None;
    let Work::Deploy(deploy) = &mut stage.work else {
        stage.work = Work::Unknown;
        return;
    };
    deploy.listed = None;
    if deploy.services.items.len() != 1 {
        deploy.services.items = vec![Service::placeholder("all services", stage.span)];
    }
    deploy.targets.items = vec![Target::placeholder("more than can be drawn", None, stage.span)];
}

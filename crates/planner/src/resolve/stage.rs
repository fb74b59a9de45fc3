//! What one stage does.

use deployline_engine::{
    Axis, AxisName, Deploy, Listed, Parallel, ParallelSource, PipelineStatus, Service, Stage,
    Target, Work,
};
use deployline_yaml::NodeKind;

use super::children::{self, Axes};
use super::services;
use super::stages::{self, Place, made_up_name};
use super::strategy;
use super::targets::ByServiceTags;
use super::text::{self, Scope, expression};
use super::view::View;
use super::word::Words;
use super::{Context, key_span, limits, repeated, room, start_of, steps, targets, template, views};
use crate::rules;

/// Reads the contents of `stage:`.
pub(super) fn read<'a>(view: &View<'a>, place: Place, cx: &mut Context<'a>) -> Stage {
    views::keep(view, cx);
    let mut stage = stages::unknown(&made_up_name(place.position), place.entry, view.span());
    if view.kind() != NodeKind::Mapping {
        cx.report(
            &rules::UNKNOWN_STAGE_ENTRY,
            view.span(),
            "Expected the contents of a stage: `name`, `identifier`, `type` and `spec`.",
        );
        return stage;
    }
    if let Some(identifier) = view.str_of("identifier").or_else(|| view.str_of("name")) {
        stage.identifier = identifier.to_owned();
        stage.name = view.str_of("name").unwrap_or(identifier).to_owned();
    }
    // Beside `template:` a stage may have its own condition; all else is in the template.
    let body = match view.value("template") {
        Some(_) => match template::stage(view, cx) {
            Some(body) => body,
            None => return Stage { pipeline_status: pipeline_status(view, view, cx), ..stage },
        },
        None => view.clone(),
    };
    views::add(cx, |views| views.body = body.clone());
    stage.stage_type = body.str_of("type").unwrap_or_default().to_owned();
    stage.pipeline_status = pipeline_status(view, &body, cx);
    read_body(&mut stage, view, &body, cx);
    stage
}

/// A `spec` without the stage around it.
pub(super) fn read_spec_alone<'a>(spec: &View<'a>, place: Place, cx: &mut Context<'a>) -> Stage {
    views::keep(spec, cx);
    let mut stage = stages::unknown(&made_up_name(place.position), place.entry, spec.span());
    "Deployment".clone_into(&mut stage.stage_type);
    contents(&mut stage, cx, |stage, cx| {
        stage.work = Work::Deploy(Box::new(deploy(spec, stage, &Scope::default(), cx)));
    });
    stage.steps = steps::read(spec, cx);
    stage
}

/// `when` of the stage, or of the template it comes from.
pub(super) fn pipeline_status(
    stage: &View<'_>,
    body: &View<'_>,
    cx: &mut Context<'_>,
) -> PipelineStatus {
    let Some(when) = stage.value("when").or_else(|| body.value("when")) else {
        return PipelineStatus::default();
    };
    if let Some(text) = expression(&when) {
        let message = format!(
            "When this stage runs is given by `{text}`, which only a run knows. It is drawn as if \
             `pipelineStatus` were `Success`, the default.{}",
            text::how_to_settle(text)
        );
        cx.report(&rules::RUNTIME_INPUT, when.span(), message);
    }
    if let Some(condition) = when.value("condition") {
        cx.report(
            &rules::WHEN_CONDITION,
            condition.span(),
            "Whether this stage runs depends on a condition that only a run knows. It is drawn as \
             if it does.",
        );
    }
    PIPELINE_STATUS.read(when.value("pipelineStatus"), cx)
}

const PIPELINE_STATUS: Words<PipelineStatus> = Words {
    what: "After which outcome this stage runs",
    values: &[
        ("Success", PipelineStatus::Success),
        ("Failure", PipelineStatus::Failure),
        ("All", PipelineStatus::All),
    ],
    rule: rules::PIPELINE_STATUS_INVALID,
};

fn read_body<'a>(stage: &mut Stage, view: &View<'a>, body: &View<'a>, cx: &mut Context<'a>) {
    let holder = if view.value("strategy").is_some() { view } else { body };
    let spec = body.value("spec").filter(|spec| spec.kind() == NodeKind::Mapping);
    match (stage.stage_type.as_str(), spec) {
        ("Deployment" | "", Some(spec)) => {
            "Deployment".clone_into(&mut stage.stage_type);
            if let Some(earlier) = cx.earlier.get_mut(stage.identifier.as_str()) {
                earlier.spec = Some(spec.clone());
            }
            stage.steps = steps::read(&spec, cx);
            contents(stage, cx, |stage, cx| deploy_stage(stage, holder, &spec, cx));
        }
        ("Deployment" | "", None) => missing_spec(body, cx),
        (_, spec) => {
            stage.work = Work::Other;
            stage.steps = spec.map(|spec| steps::read(&spec, cx)).unwrap_or_default();
            if let ("Pipeline", Some(other)) = (
                stage.stage_type.as_str(),
                body.value("spec").and_then(|spec| spec.str_of("pipeline")),
            ) {
                stage.steps.lines.push(format!("runs the pipeline {other}"));
            }
            contents(stage, cx, |stage, cx| {
                let strategy = strategy::read(holder, cx);
                stage.looping = strategy.map(|strategy| children::bare(&strategy));
            });
        }
    }
}

/// Reads what a stage does: one bar where it is too much, and each unknown variable found once.
pub(super) fn contents<'a>(
    stage: &mut Stage,
    cx: &mut Context<'a>,
    read: impl FnOnce(&mut Stage, &mut Context<'a>),
) {
    let found = cx.diagnostics.len();
    cx.uses.clear();
    room::bounded(stage, cx, read);
    repeated::join(found, cx);
}

fn missing_spec(body: &View<'_>, cx: &mut Context<'_>) {
    if let Some(spec) = body.value("spec")
        && let Some(text) = expression(&spec)
    {
        let message = format!("What this stage deploys is given by `{text}`: only a run knows.");
        return cx.report(&rules::RUNTIME_INPUT, spec.span(), message);
    }
    cx.report(
        &rules::MISSING_SPEC,
        key_span(body, "type"),
        "The stage says neither what to deploy nor where to. Expected `type: Deployment` and a \
         `spec:` with a service and an environment.",
    );
}

fn deploy_stage<'a>(stage: &mut Stage, holder: &View<'a>, spec: &View<'a>, cx: &mut Context<'a>) {
    let found = cx.diagnostics.len();
    let once = deploy(spec, stage, &Scope::default(), cx);
    let is_multi = once.services.parallel.is_some() || once.targets.parallel.is_some();
    stage.work = Work::Deploy(Box::new(once));
    let Some((key, _)) = holder.entry("strategy").filter(|(_, strategy)| !strategy.is_null())
    else {
        return;
    };
    if is_multi {
        return strategy_beside_lists(key.span(), spec, cx);
    }
    // What was said of the stage as if it ran once is said again of its children.
    let kept = cx.diagnostics.split_off(found);
    match strategy::read(holder, cx) {
        Some(strategy) => {
            let sources = Sources::find(spec, stage, cx);
            children::add(stage, &strategy, &sources, cx);
        }
        None => cx.diagnostics.extend(kept),
    }
}

pub(super) fn strategy_beside_lists(
    key: deployline_span::Span,
    spec: &View<'_>,
    cx: &mut Context<'_>,
) {
    let list = ["services", "environments", "environmentGroup", "service", "environment"]
        .iter()
        .find_map(|name| spec.entry(name))
        .map_or(start_of(spec), |(key, _)| key.span());
    cx.diagnostics.push(
        rules::STRATEGY_WITH_MULTI_DEPLOYMENT
            .at(
                key,
                "The product refuses a looping strategy in a stage that lists services or \
             environments. Remove one of the two. The lists alone are drawn.",
            )
            .with_related(list, "The stage lists its deployments here"),
    );
}

/// What `deploy` reads once, however many children there are.
struct Sources<'a> {
    spec: View<'a>,
    from: services::Source<'a>,
    to: targets::Source<'a>,
    is_gitops: bool,
    services_choice: Option<bool>,
    targets_choice: Option<bool>,
}

fn deploy<'a>(spec: &View<'a>, stage: &Stage, scope: &Scope<'_>, cx: &mut Context<'a>) -> Deploy {
    Sources::find(spec, stage, cx).deploy(scope, cx)
}

impl<'a> Sources<'a> {
    fn find(spec: &View<'a>, stage: &Stage, cx: &mut Context<'a>) -> Self {
        let from = services::source(spec, stage.entry, cx);
        let to = targets::source(spec, stage.entry, cx);
        views::add(cx, |views| {
            views.services = from.view();
            views.targets = to.view();
        });
        Self {
            spec: spec.clone(),
            services_choice: choice(stage, AxisName::Services, &services::KEYS, spec, cx),
            targets_choice: choice(stage, AxisName::Targets, &targets::KEYS, spec, cx),
            from,
            to,
            is_gitops: spec.get("gitOpsEnabled").and_then(|view| text::flag(&view)) == Some(true),
        }
    }

    fn are_both_lists(&self) -> bool {
        self.from.is_list() && self.to.is_list() && !self.is_gitops
    }

    /// Targets that do not depend on the service.
    fn same_targets(&self, scope: &Scope<'_>, cx: &mut Context<'a>) -> Axis<Target> {
        if self.is_gitops {
            return targets::gitops(&self.to, scope, cx);
        }
        targets::read(&self.to, self.are_both_lists(), self.targets_choice, scope, cx)
    }

    /// Targets by the tags of each service, and the pairs that follow.
    fn targets_by_tags(
        &self,
        filters: &ByServiceTags<'a>,
        services: &Axis<Service>,
        cx: &mut Context<'a>,
    ) -> (Axis<Target>, Listed) {
        let (both, choice) = (self.are_both_lists(), self.targets_choice);
        let (axis, pairs) =
            targets::read_by_service(&self.to, filters, &services.items, both, choice, cx);
        let limit = explicitly_sequential(services.parallel, axis.parallel).then_some(1);
        (axis, Listed { pairs, limit })
    }

    fn by_service_tags(&self, cx: &mut Context<'a>) -> Option<ByServiceTags<'a>> {
        (!self.is_gitops).then(|| self.to.by_service_tags(cx)).flatten()
    }
}

impl<'a> Axes<'a> for Sources<'a> {
    fn services(&self, scope: &Scope<'_>, cx: &mut Context<'a>) -> Axis<Service> {
        services::read(&self.from, self.are_both_lists(), self.services_choice, scope, cx)
    }

    fn targets(&self, scope: &Scope<'_>, cx: &mut Context<'a>) -> Axis<Target> {
        match self.by_service_tags(cx) {
            None => self.same_targets(scope, cx),
            Some(filters) => {
                let services = self.services(scope, cx);
                self.targets_by_tags(&filters, &services, cx).0
            }
        }
    }

    fn deploy(&self, scope: &Scope<'_>, cx: &mut Context<'a>) -> Deploy {
        let services = self.services(scope, cx);
        let (targets, listed) = match self.by_service_tags(cx) {
            None => (self.same_targets(scope, cx), None),
            Some(filters) => {
                let (targets, listed) = self.targets_by_tags(&filters, &services, cx);
                (targets, Some(listed))
            }
        };
        Deploy {
            services,
            targets,
            listed,
            max_concurrency: limits::of_deployments(&self.spec, cx),
            is_gitops: self.is_gitops,
            on_failure: limits::on_failure(self.spec.value("multiDeploymentConfig").as_ref(), cx),
        }
    }
}

/// What the viewer said of the flag of this stage's list, or of the one it takes.
fn choice(
    stage: &Stage,
    axis: AxisName,
    keys: &[&str],
    spec: &View<'_>,
    cx: &Context<'_>,
) -> Option<bool> {
    if cx.inputs.parallel.is_empty() {
        return None;
    }
    let said_of = |stage: &str| cx.inputs.parallel.get(&(stage.to_owned(), axis)).copied();
    let source = || {
        let list = keys.iter().find_map(|key| spec.value(key))?;
        list.value("useFromStage")?.str_of("stage")
    };
    said_of(&stage.identifier).or_else(|| said_of(source()?))
}

/// Both axes say so; one that is no list has nothing to say.
fn explicitly_sequential(services: Option<Parallel>, targets: Option<Parallel>) -> bool {
    let says_so = |axis: Option<Parallel>| {
        axis.is_none_or(|axis| {
            // An expression counts as sequential only where the viewer says that it yields that.
            let says =
                matches!(axis.source, ParallelSource::Written(_) | ParallelSource::Expression(_));
            !axis.value && says
        })
    };
    says_so(services) && says_so(targets)
}

//! The services and targets of a deployment stage of the older schema, and the children of its looping
//! strategy.
//!
//! Follows `docs/semantics.md`, "From YAML to an ordered list and a limit" and "Looping strategies on a
//! stage".

use deployline_engine::{
    Axis, AxisName, Deploy, Listed, Looping, OnFailure, Parallel, ParallelSource, Service, Stage,
    Target, Work,
};
use deployline_span::Span;

use super::children::{self, Children};
use super::context::{Context, Reader};
use super::parallel::FlagContext;
use super::propagation::Taker;
use super::services::ServiceSource;
use super::targets::{self, TargetSource};
use super::view::View;
use super::{limits, refused, scalar, strategy};
use crate::rules;

/// Reads a `spec`: once, or once for each child of the strategy in `holder` at most.
pub(super) fn read<'a>(
    stage: &mut Stage,
    holder: Option<&View<'a>>,
    spec: &View<'a>,
    reader: &mut Reader<'_, 'a>,
) {
    let axes = Axes::find(spec, stage, reader);
    let strategy = holder.and_then(|holder| Some((holder, holder.entry("strategy")?)));
    match strategy.filter(|(_, (_, strategy))| !strategy.is_null()) {
        Some((_, (key, _))) if axes.have_list() => {
            report_strategy_beside_lists(key.span(), spec, reader);
        }
        Some((holder, _)) => {
            if let Some((deploy, looping)) = axes.read_children(holder, reader) {
                stage.work = Work::Deploy(Box::new(deploy));
                stage.looping = Some(looping);
                return;
            }
        }
        None => {}
    }
    let deploy = match reader.cx.no_items {
        // What a skipped stage is missing helps nobody.
        Some(_) => axes.read(&mut Reader::new(reader.cx)),
        None => axes.read(reader),
    };
    stage.work = Work::Deploy(Box::new(deploy));
}

/// Reads a `spec` with an environment and no service, as a Custom stage may have it: one deployment, or one
/// for each child of the strategy in `holder`.
pub(super) fn read_without_service<'a>(
    stage: &mut Stage,
    holder: &View<'a>,
    spec: &View<'a>,
    reader: &mut Reader<'_, 'a>,
) {
    let taker = Taker { entry: stage.entry, deployment_type: None };
    let source = TargetSource::find(spec, taker, reader);
    reader.cx.change_kept_stage(|kept| kept.targets = source.view());
    let flag_context = FlagContext { both_are_lists: false, choice: None };
    let read = |reader: &mut Reader<'_, 'a>| {
        let (axis, _) = targets::read(&source, &[], flag_context, reader);
        // It has no resource constraint.
        axis.items.into_iter().next().map(|it| Target { allows_simultaneous: true, ..it })
    };
    let strategy = strategy::read(holder, false, reader);
    let children = strategy.and_then(|it| children::read(&it, |_| None, read, reader));
    let targets = match children {
        Some(Children { targets, looping, .. }) => {
            stage.looping = Some(looping);
            targets
        }
        None => read(reader).into_iter().collect(),
    };
    stage.work = Work::Deploy(Box::new(Deploy {
        services: Axis { items: Vec::new(), parallel: None, flag: None },
        targets: Axis { items: targets, parallel: None, flag: None },
        listed: None,
        max_concurrency: None,
        is_gitops: false,
        on_failure: OnFailure::RunAll,
    }));
}

/// Reports a strategy in a stage that lists services or environments.
pub(super) fn report_strategy_beside_lists(
    key: Span,
    spec: &View<'_>,
    reader: &mut Reader<'_, '_>,
) {
    let list = ["services", "environments", "environmentGroup", "service", "environment"]
        .iter()
        .find_map(|name| spec.entry(name))
        .map_or(spec.first_key_span(), |(key, _)| key.span());
    let diagnostic = rules::STRATEGY_WITH_MULTI_DEPLOYMENT.at(
        key,
        "The product refuses a looping strategy in a stage that lists services or environments. \
         Remove one of the two. The lists alone are drawn.",
    );
    reader.add(diagnostic.with_related(list, "The stage lists its deployments here"));
}

/// Services and targets of a stage as they are written.
struct Axes<'a> {
    spec: View<'a>,
    services: ServiceSource<'a>,
    targets: TargetSource<'a>,
    is_gitops: bool,
    services_flag: FlagContext,
    targets_flag: FlagContext,
}

impl<'a> Axes<'a> {
    fn find(spec: &View<'a>, stage: &Stage, reader: &mut Reader<'_, 'a>) -> Self {
        refused::check(spec, reader);
        let taker = Taker::new(stage.entry, spec);
        let services = ServiceSource::find(spec, taker, reader);
        let targets = TargetSource::find(spec, taker, reader);
        reader.cx.change_kept_stage(|kept| {
            kept.services = services.view();
            kept.targets = targets.view();
        });
        let is_gitops = spec.get("gitOpsEnabled").and_then(|it| scalar::settled_flag(&it, reader))
            == Some(true);
        let both_are_lists = services.is_list() && targets.is_list() && !is_gitops;
        let flag_context =
            |axis| FlagContext { both_are_lists, choice: viewers_choice(stage, axis, reader.cx) };
        let axes = Self {
            services_flag: flag_context(AxisName::Services),
            targets_flag: flag_context(AxisName::Targets),
            spec: spec.clone(),
            services,
            targets,
            is_gitops,
        };
        axes.check_config(reader);
        axes
    }

    /// Reports the settings of a multi-deployment in a stage that is none.
    fn check_config(&self, reader: &mut Reader<'_, 'a>) {
        let has = |key: &str| self.spec.value(key).is_some();
        let is_single = has("service") && has("environment") && !self.have_list();
        if is_single && has("multiDeploymentConfig") {
            let message = "`multiDeploymentConfig` has no effect here: the stage lists neither services nor \
                           environments. Remove it.";
            let place = self.spec.key_span("multiDeploymentConfig");
            reader.report(&rules::NO_EFFECT, place, message);
        }
    }

    /// Returns `true` where the stage makes several deployments by itself.
    fn have_list(&self) -> bool {
        self.services.is_list() || (self.targets.is_list() && !self.is_gitops)
    }

    fn read(&self, reader: &mut Reader<'_, 'a>) -> Deploy {
        let services = self.services.read(self.services_flag, reader);
        let (targets, pairs) = self.read_targets(&services.items, reader);
        let listed = pairs.map(|pairs| Listed {
            pairs,
            limit: explicitly_sequential(services.parallel, targets.parallel).then_some(1),
        });
        self.with_settings(services, targets, listed, reader)
    }

    /// Reads the children of the strategy in `holder`; `None` where there is none to be drawn.
    fn read_children(
        &self,
        holder: &View<'a>,
        reader: &mut Reader<'_, 'a>,
    ) -> Option<(Deploy, Looping)> {
        let strategy = strategy::read(holder, true, reader)?;
        let service = |reader: &mut Reader<'_, 'a>| {
            self.services.read(self.services_flag, reader).items.into_iter().next()
        };
        let target = |reader: &mut Reader<'_, 'a>| {
            let services = match &self.targets {
                // Filters may name the tags of the service.
                TargetSource::Single(view) if view.value("filters").is_some() => {
                    self.services.read(self.services_flag, reader).items
                }
                _ => Vec::new(),
            };
            self.read_targets(&services, reader).0.items.into_iter().next()
        };
        let children = children::read(&strategy, service, target, reader)?;
        let Children { services, targets, looping } = children;
        let services = Axis { items: services, parallel: None, flag: None };
        let targets = Axis { items: targets, parallel: None, flag: None };
        Some((self.with_settings(services, targets, None, reader), looping))
    }

    fn read_targets(
        &self,
        services: &[Service],
        reader: &mut Reader<'_, 'a>,
    ) -> (Axis<Target>, Option<Vec<(u32, u32)>>) {
        if self.is_gitops {
            let target = targets::read_gitops(&self.targets, reader);
            return (Axis { items: vec![target], parallel: None, flag: None }, None);
        }
        targets::read(&self.targets, services, self.targets_flag, reader)
    }

    fn with_settings(
        &self,
        services: Axis<Service>,
        targets: Axis<Target>,
        listed: Option<Listed>,
        reader: &mut Reader<'_, 'a>,
    ) -> Deploy {
        let config = self.spec.value("multiDeploymentConfig");
        Deploy {
            services,
            targets,
            listed,
            max_concurrency: limits::of_deployments(&self.spec, reader),
            is_gitops: self.is_gitops,
            on_failure: limits::on_failure_of_deployments(config.as_ref(), reader),
        }
    }
}

/// The viewer's choice for the flag of this stage's list.
fn viewers_choice(stage: &Stage, axis: AxisName, cx: &Context<'_>) -> Option<bool> {
    if cx.inputs.parallel.is_empty() {
        return None;
    }
    cx.inputs.parallel.get(&(stage.identifier.clone(), axis)).copied()
}

/// Returns `true` where each axis that is a list is written as sequential.
fn explicitly_sequential(services: Option<Parallel>, targets: Option<Parallel>) -> bool {
    let is_sequential = |axis: Option<Parallel>| {
        axis.is_none_or(|axis| {
            // An expression counts as sequential only where the viewer says that it yields that.
            let is_explicit =
                matches!(axis.source, ParallelSource::Written(_) | ParallelSource::Expression(_));
            !axis.value && is_explicit
        })
    };
    is_sequential(services) && is_sequential(targets)
}

//! `service` and `environment` of the newer schema.
//!
//! Follows `docs/semantics.md`, "Schema v1".

use deployline_engine::{Axis, AxisName, Deploy, Parallel, Service, Stage, Target};
use deployline_yaml::NodeKind;

use super::defaults::Defaults;
use super::environments::environments;
use super::flag::{FlagReader, flag_place, one};
use super::name::name_of;
use crate::resolve::budget::{CountedList, Item};
use crate::resolve::context::{Context, Reader};
use crate::resolve::scalar::{self, expression};
use crate::resolve::view::View;
use crate::resolve::{limits, unpublished};
use crate::rules;

/// Both axes of a stage as they are written.
pub(super) struct Axes<'a> {
    view: View<'a>,
    /// What has `service`: the stage, or the pipeline for it.
    of_services: View<'a>,
    /// What has `environment`.
    of_targets: View<'a>,
    services_choice: Option<bool>,
    targets_choice: Option<bool>,
}

impl<'a> Axes<'a> {
    pub(super) fn find(
        view: &View<'a>,
        defaults: &Defaults<'a>,
        stage: &Stage,
        cx: &Context<'_>,
    ) -> Self {
        let choice = |axis| cx.inputs.parallel.get(&(stage.identifier.clone(), axis)).copied();
        let holder = |key: &str, default: &Option<View<'a>>| match default {
            Some(default) if view.value(key).is_none() => default.clone(),
            _ => view.clone(),
        };
        Self {
            view: view.clone(),
            of_services: holder("service", &defaults.of_services),
            of_targets: holder("environment", &defaults.of_targets),
            services_choice: choice(AxisName::Services),
            targets_choice: choice(AxisName::Targets),
        }
    }

    /// Returns `true` where the stage has a service or an environment.
    pub(super) fn deploy(&self) -> bool {
        self.of_services.value("service").is_some()
            || self.of_targets.value("environment").is_some()
    }

    pub(super) fn services(&self, reader: &mut Reader<'_, 'a>) -> Axis<Service> {
        let axis = services(&self.of_services, self.services_choice, reader);
        self.own_flag(axis, &self.of_services)
    }

    pub(super) fn targets(&self, reader: &mut Reader<'_, 'a>) -> Axis<Target> {
        let axis = environments(&self.of_targets, self.targets_choice, reader);
        self.own_flag(axis, &self.of_targets)
    }

    /// The axis without the place of its flag, where other stages share that.
    fn own_flag<T>(&self, axis: Axis<T>, holder: &View<'a>) -> Axis<T> {
        let is_own = holder.span() == self.view.span();
        Axis { flag: axis.flag.filter(|_| is_own), ..axis }
    }

    /// Both axes with what the stage says beside them.
    pub(super) fn with_settings(
        &self,
        services: Axis<Service>,
        targets: Axis<Target>,
        reader: &mut Reader<'_, 'a>,
    ) -> Deploy {
        let config = self.view.value("multiDeploymentConfig");
        Deploy {
            services,
            targets,
            listed: None,
            max_concurrency: limits::of_deployments(&self.view, reader),
            is_gitops: false,
            on_failure: limits::on_failure_of_deployments(config.as_ref(), reader),
        }
    }

    /// Reports an order that surprises in this schema: services in sequence, targets in parallel.
    pub(super) fn explain_nesting(&self, deploy: &Deploy, reader: &mut Reader<'_, '_>) {
        let is = |axis: Option<Parallel>, value| axis.is_some_and(|axis| axis.value == value);
        let has_choice = deploy.services.items.len() > 1 && deploy.targets.items.len() > 1;
        if has_choice && is(deploy.services.parallel, false) && is(deploy.targets.parallel, true) {
            reader.report(
                &rules::V1_NESTING,
                self.of_services.key_span("service"),
                "In this schema the order is always target by target. With services in sequence and \
                 targets in parallel, different services run side by side on one infrastructure; in the \
                 older schema the same flags take one service to all targets first.",
            );
        }
    }
}

fn services(view: &View<'_>, choice: Option<bool>, reader: &mut Reader<'_, '_>) -> Axis<Service> {
    let Some(service) = view.value("service") else {
        let span = view.first_key_span();
        reader.report(
            &rules::MISSING_SERVICE,
            span,
            "The stage names no service. Expected `service:`.",
        );
        return one(Service::placeholder("no service", span));
    };
    let place = view.key_span("service");
    let list = match service.kind() {
        NodeKind::Sequence => {
            let read_as = "It is read as `items` of one `service`.";
            unpublished::report(place, "a list as `service`", read_as, reader);
            service.clone()
        }
        _ => match service.value("items") {
            Some(items) => items,
            None => return one(named_service(&service, reader)),
        },
    };
    let count = list.item_count();
    let parallel = FlagReader { choice, place, count }.read(&[&service], reader);
    let flag = flag_place(&service);
    let all = CountedList { name: "service", of: None, count, span: list.span() };
    if !reader.cx.budget.take(Item::Service, &all) {
        return Axis { items: Vec::new(), parallel: Some(parallel), flag };
    }
    let items = list.items();
    let items = match items.is_empty() {
        true => vec![no_services(&list, reader)],
        false => items.iter().map(|item| named_service(item, reader)).collect(),
    };
    Axis { items, parallel: Some(parallel), flag }
}

/// Stands for the services of a list that has none.
fn no_services(list: &View<'_>, reader: &mut Reader<'_, '_>) -> Service {
    let span = list.span();
    if let Some(text) = expression(list) {
        scalar::report_runtime(span, "The list of services is", text, reader);
        return Service::placeholder(text, span);
    }
    reader.report(&rules::EMPTY_SERVICES, span, "The list of services is empty.");
    Service::placeholder("no service", span)
}

fn named_service(item: &View<'_>, reader: &mut Reader<'_, '_>) -> Service {
    Service { name: name_of(item, reader), span: item.span() }
}

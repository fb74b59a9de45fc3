//! `service` and `environment` of the newer schema.
//!
//! Follows `docs/semantics.md`, "Schema v1".

use deployline_engine::{Axis, AxisName, Deploy, Parallel, Reference, Service, Stage, Target};
use deployline_yaml::NodeKind;

use super::by_service::{self, Targets};
use super::defaults::Defaults;
use super::environments::environments;
use super::flag::{FlagReader, flag_place, one};
use super::items::{self, Items};
use super::name::name_of;
use crate::resolve::budget::{CountedList, Item};
use crate::resolve::context::{Context, Reader};
use crate::resolve::found;
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

    pub(super) fn targets(&self, services: &[Service], reader: &mut Reader<'_, 'a>) -> Targets {
        let place = self.of_targets.key_span("environment");
        let read = |reader: &mut Reader<'_, 'a>| {
            environments(&self.of_targets, self.targets_choice, reader)
        };
        let Targets { axis, pairs } = by_service::read(place, services, &read, reader);
        Targets { axis: self.own_flag(axis, &self.of_targets), pairs }
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
        pairs: Option<Vec<(u32, u32)>>,
        reader: &mut Reader<'_, 'a>,
    ) -> Deploy {
        let config = self.view.value("multiDeploymentConfig");
        let flags = (services.parallel, targets.parallel);
        Deploy {
            services,
            targets,
            listed: pairs.map(|pairs| by_service::listed(pairs, flags.0, flags.1)),
            max_concurrency: limits::of_deployments(&self.view, reader),
            is_gitops: false,
            on_failure: limits::on_failure_of_deployments(config.as_ref(), reader),
        }
    }

    /// Reports an order that surprises in this schema: services in sequence, targets in parallel.
    pub(super) fn explain_nesting(&self, deploy: &Deploy, reader: &mut Reader<'_, '_>) {
        let is = |axis: Option<Parallel>, value| axis.is_some_and(|axis| axis.value == value);
        let has_choice = deploy.services.items.len() > 1 && deploy.targets.items.len() > 1;
        let has_choice = has_choice && deploy.listed.is_none();
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
    let items = listed_services(&list, reader);
    let parallel = FlagReader { choice, place, count: items.len() }.read(&[&service], reader);
    Axis { items, parallel: Some(parallel), flag: flag_place(&service) }
}

/// The services of a list; none where these are too many.
fn listed_services(list: &View<'_>, reader: &mut Reader<'_, '_>) -> Vec<Service> {
    let span = list.span();
    let given = items::read(list, "services", reader);
    let count = match &given {
        Items::Written => list.item_count(),
        Items::Given(names) => names.len(),
        Items::Unknown(text) => return vec![Service::placeholder(text, span)],
    };
    if count == 0 {
        found::report(&rules::EMPTY_SERVICES, list, "Expected at least one service.", reader);
        return vec![Service::placeholder("no service", span)];
    }
    let all = CountedList { name: "service", of: None, count, span };
    if !reader.cx.budget.take(Item::Service, &all) {
        return Vec::new();
    }
    match given {
        Items::Given(names) => {
            let named = |name| Service { name: Reference::known(name), span };
            names.into_iter().map(named).collect()
        }
        _ => list.items().iter().map(|item| named_service(item, reader)).collect(),
    }
}

fn named_service(item: &View<'_>, reader: &mut Reader<'_, '_>) -> Service {
    Service { name: name_of(item, "service", reader), span: item.span() }
}

//! `service` and `environment` of the newer schema.
//!
//! Follows `docs/semantics.md`, "Schema v1".

use deployline_engine::{
    Axis, AxisName, Deploy, FlagPlace, Parallel, ParallelSource, Reference, Service, Stage, Target,
};
use deployline_yaml::NodeKind;

use crate::resolve::budget::{CountedList, Item};
use crate::resolve::context::{Context, Reader};
use crate::resolve::scalar::{self, Scalar, expression};
use crate::resolve::view::View;
use crate::resolve::{limits, parallel, targets};
use crate::rules;

/// Both axes of a stage as they are written.
pub(super) struct Axes<'a> {
    view: View<'a>,
    services_choice: Option<bool>,
    targets_choice: Option<bool>,
}

impl<'a> Axes<'a> {
    pub(super) fn find(view: &View<'a>, stage: &Stage, cx: &Context<'_>) -> Self {
        let choice = |axis| cx.inputs.parallel.get(&(stage.identifier.clone(), axis)).copied();
        Self {
            view: view.clone(),
            services_choice: choice(AxisName::Services),
            targets_choice: choice(AxisName::Targets),
        }
    }

    pub(super) fn services(&self, reader: &mut Reader<'_, 'a>) -> Axis<Service> {
        services(&self.view, self.services_choice, reader)
    }

    pub(super) fn targets(&self, reader: &mut Reader<'_, 'a>) -> Axis<Target> {
        environments(&self.view, self.targets_choice, reader)
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
}

/// Reports an order that surprises in this schema: services in sequence, targets in parallel.
pub(super) fn explain_nesting(deploy: &Deploy, view: &View<'_>, reader: &mut Reader<'_, '_>) {
    let is = |axis: Option<Parallel>, value| axis.is_some_and(|axis| axis.value == value);
    let has_choice = deploy.services.items.len() > 1 && deploy.targets.items.len() > 1;
    if has_choice && is(deploy.services.parallel, false) && is(deploy.targets.parallel, true) {
        reader.report(
            &rules::V1_NESTING,
            view.key_span("service"),
            "In this schema the order is always target by target. With services in sequence and \
             targets in parallel, different services run side by side on one infrastructure; in the \
             older schema the same flags take one service to all targets first.",
        );
    }
}

/// `parallel` missing means sequential here.
fn flag(holder: &View<'_>, choice: Option<bool>, reader: &mut Reader<'_, '_>) -> Parallel {
    match holder.value("parallel") {
        Some(flag) => parallel::written(&flag, choice, reader),
        None => Parallel { value: false, source: ParallelSource::Default },
    }
}

/// Beside `items`, if the list is a mapping of its own.
fn flag_place(holder: &View<'_>) -> Option<FlagPlace> {
    let can_edit = holder.is_own() && holder.kind() == NodeKind::Mapping;
    can_edit.then(|| FlagPlace::beside_items(holder.span()))
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
    let (list, parallel) = match service.kind() {
        NodeKind::Sequence => {
            (service.clone(), Parallel { value: false, source: ParallelSource::Default })
        }
        _ => match service.value("items") {
            Some(items) => (items, flag(&service, choice, reader)),
            None => return one(named_service(&service, reader)),
        },
    };
    let count = list.item_count();
    let all = CountedList { name: "service", of: None, count, span: list.span() };
    if !reader.cx.budget.take(Item::Service, &all) {
        return Axis { items: Vec::new(), parallel: Some(parallel), flag: flag_place(&service) };
    }
    let items = list.items();
    let items = match items.is_empty() {
        true => vec![no_services(&list, reader)],
        false => items.iter().map(|item| named_service(item, reader)).collect(),
    };
    Axis { items, parallel: Some(parallel), flag: flag_place(&service) }
}

/// Stands for the services of a list that has none.
fn no_services(list: &View<'_>, reader: &mut Reader<'_, '_>) -> Service {
    let span = list.span();
    if let Some(text) = expression(list) {
        scalar::report_runtime(span, "The name is", text, reader);
        return Service::placeholder(text, span);
    }
    reader.report(&rules::EMPTY_SERVICES, span, "The list of services is empty.");
    Service::placeholder("no service", span)
}

fn one<T>(item: T) -> Axis<T> {
    Axis { items: vec![item], parallel: None, flag: None }
}

fn named_service(item: &View<'_>, reader: &mut Reader<'_, '_>) -> Service {
    Service { name: name_of(item, reader), span: item.span() }
}

/// An identifier, or a mapping with `id`.
fn name_of(item: &View<'_>, reader: &mut Reader<'_, '_>) -> Reference {
    let inner = item.value("id");
    let place = inner.as_ref().unwrap_or(item);
    match scalar::read(place, reader) {
        Some(Scalar::Known(name)) => Reference::known(name),
        Some(Scalar::Runtime(text)) => {
            scalar::report_runtime(place.span(), "The name is", &text, reader);
            Reference::unknown(text)
        }
        None => {
            reader.report(
                &rules::MISSING_IDENTIFIER,
                item.span(),
                "Expected an identifier, or `id:` with one.",
            );
            Reference::unknown("no identifier")
        }
    }
}

fn environments<'a>(
    view: &View<'a>,
    choice: Option<bool>,
    reader: &mut Reader<'_, 'a>,
) -> Axis<Target> {
    let Some(environment) = view.value("environment") else {
        let span = view.first_key_span();
        let message = "The stage names no environment. Expected `environment:`.";
        reader.report(&rules::MISSING_ENVIRONMENT, span, message);
        return one(Target::placeholder("no environment", None, span));
    };
    if let Some(group) = environment.value("group") {
        let parallel = flag(&environment, choice, reader);
        let name = name_of(&group, reader);
        let items = targets::all_of_group(&name, group.span(), reader);
        return Axis { items, parallel: Some(parallel), flag: flag_place(&environment) };
    }
    if environment.value("filters").is_some() {
        let parallel = flag(&environment, choice, reader);
        let items = targets::filtered(&environment, reader);
        return Axis { items, parallel: Some(parallel), flag: flag_place(&environment) };
    }
    if let Some(list) = environment.value("items") {
        let parallel = flag(&environment, choice, reader);
        let items = deploy_to_each(&list, reader);
        return Axis { items, parallel: Some(parallel), flag: flag_place(&environment) };
    }
    let one = CountedList { name: "environment", of: None, count: 1, span: environment.span() };
    reader.cx.budget.take(Item::Target, &one);
    let (items, is_list) = deploy_to(&environment, reader);
    let parallel = is_list.then(|| flag(&environment, choice, reader));
    let flag = flag_place(&environment).filter(|_| is_list);
    Axis { items, parallel, flag }
}

fn deploy_to_each<'a>(list: &View<'a>, reader: &mut Reader<'_, 'a>) -> Vec<Target> {
    let count = list.item_count();
    let all = CountedList { name: "environment", of: None, count, span: list.span() };
    let mut targets = Vec::new();
    if !reader.cx.budget.take(Item::Target, &all) {
        return targets;
    }
    for item in list.items() {
        targets.extend(deploy_to(&item, reader).0);
        if reader.cx.budget.is_exceeded() {
            return targets;
        }
    }
    not_empty(targets, list, reader)
}

fn not_empty(items: Vec<Target>, list: &View<'_>, reader: &mut Reader<'_, '_>) -> Vec<Target> {
    if !items.is_empty() {
        return items;
    }
    reader.report(&rules::EMPTY_ENVIRONMENTS, list.span(), "The list of environments is empty.");
    vec![Target::placeholder("no environment", None, list.span())]
}

/// Reads the targets of one environment; `true` beside them for a list, which `deploy-to` with one name
/// is not.
fn deploy_to(item: &View<'_>, reader: &mut Reader<'_, '_>) -> (Vec<Target>, bool) {
    let environment = name_of(item, reader);
    let Some(to) = item.value("deploy-to") else {
        let place = item.span();
        return (
            targets::all_infrastructures(&environment, usize::MAX, place, place, "", reader),
            false,
        );
    };
    if scalar::with_default(&to) == Some("all") {
        let (span, place) = (item.span(), to.span());
        let targets =
            targets::all_infrastructures(&environment, usize::MAX, span, place, "", reader);
        return (targets, true);
    }
    let target = |place: &View<'_>, reader: &mut Reader<'_, '_>| -> Target {
        let name = name_of(place, reader);
        let span = place.span();
        if name.is_known {
            targets::known(environment.clone(), &name.text, span, &reader.cx.entities)
        } else {
            Target::placeholder(&name.text, Some(environment.clone()), span)
        }
    };
    match to.kind() {
        NodeKind::Sequence => {
            let of = Some(environment.text.as_str());
            let count = to.item_count();
            let list = CountedList { name: "deploy-to", of, count, span: to.span() };
            if !reader.cx.budget.take_nested(Item::Target, &list) {
                return (Vec::new(), true);
            }
            let items = to.items().iter().map(|place| target(place, reader)).collect();
            (not_empty(items, &to, reader), true)
        }
        _ => (vec![target(&to, reader)], false),
    }
}

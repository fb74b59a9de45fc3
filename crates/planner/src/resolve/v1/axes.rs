//! `service` and `environment` of the newer schema.

use deployline_engine::{
    Axis, AxisName, Deploy, FlagPlace, Parallel, ParallelSource, Reference, Service, Stage, Target,
    Work,
};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use crate::resolve::children::Axes;
use crate::resolve::room::{Item, List};
use crate::resolve::text::{self, Scope, Text, expression};
use crate::resolve::view::View;
use crate::resolve::{Context, key_span, limits, parallel, start_of, targets};
use crate::rules;

/// Where both axes of a stage are written.
pub(super) struct Sources<'a> {
    view: View<'a>,
    services_choice: Option<bool>,
    targets_choice: Option<bool>,
}

impl<'a> Sources<'a> {
    pub(super) fn find(view: &View<'a>, stage: &Stage, cx: &Context<'_>) -> Self {
        let choice = |axis| cx.inputs.parallel.get(&(stage.identifier.clone(), axis)).copied();
        Self {
            view: view.clone(),
            services_choice: choice(AxisName::Services),
            targets_choice: choice(AxisName::Targets),
        }
    }
}

impl<'a> Axes<'a> for Sources<'a> {
    fn services(&self, scope: &Scope<'_>, cx: &mut Context<'a>) -> Axis<Service> {
        services(&self.view, self.services_choice, scope, cx)
    }

    fn targets(&self, scope: &Scope<'_>, cx: &mut Context<'a>) -> Axis<Target> {
        environments(&self.view, self.targets_choice, scope, cx)
    }

    fn deploy(&self, scope: &Scope<'_>, cx: &mut Context<'a>) -> Deploy {
        Deploy {
            services: self.services(scope, cx),
            targets: self.targets(scope, cx),
            listed: None,
            max_concurrency: limits::of_deployments(&self.view, cx),
            is_gitops: false,
            on_failure: limits::on_failure(self.view.value("multiDeploymentConfig").as_ref(), cx),
        }
    }
}

/// Says where this schema's order surprises: services in sequence, targets in parallel.
pub(super) fn explain_nesting(stage: &Stage, view: &View<'_>, cx: &mut Context<'_>) {
    let Work::Deploy(deploy) = &stage.work else { return };
    let is = |axis: Option<Parallel>, value| axis.is_some_and(|axis| axis.value == value);
    let has_choice = deploy.services.items.len() > 1 && deploy.targets.items.len() > 1;
    if has_choice && is(deploy.services.parallel, false) && is(deploy.targets.parallel, true) {
        cx.report(
            &rules::V1_NESTING,
            key_span(view, "service"),
            "In this schema the order is always target by target. With services in sequence and \
             targets in parallel, different services run side by side on one infrastructure; in the \
             older schema the same flags take one service to all targets first.",
        );
    }
}

/// `parallel` missing means sequential here.
fn flag(holder: &View<'_>, choice: Option<bool>, cx: &mut Context<'_>) -> Parallel {
    match holder.value("parallel") {
        Some(flag) => parallel::written(&flag, choice, cx),
        None => Parallel { value: false, source: ParallelSource::Default },
    }
}

/// Beside `items`, if the list is a mapping of its own.
fn flag_place(holder: &View<'_>) -> Option<FlagPlace> {
    let can_edit = holder.is_own() && holder.kind() == NodeKind::Mapping;
    can_edit.then(|| FlagPlace::beside_items(holder.span()))
}

fn services(
    view: &View<'_>,
    choice: Option<bool>,
    scope: &Scope<'_>,
    cx: &mut Context<'_>,
) -> Axis<Service> {
    let Some(service) = view.value("service") else {
        let span = start_of(view);
        cx.report(
            &rules::MISSING_SERVICE,
            span,
            "The stage names no service. Expected `service:`.",
        );
        return one(Service { name: Reference::unknown("no service"), span });
    };
    let (list, parallel) = match service.kind() {
        NodeKind::Sequence => {
            (service.clone(), Parallel { value: false, source: ParallelSource::Default })
        }
        _ => match service.value("items") {
            Some(items) => (items, flag(&service, choice, cx)),
            None => return one(named_service(&service, scope, cx)),
        },
    };
    let count = list.node().items().len();
    let all = List { name: "service", of: None, count, span: list.span() };
    if !cx.room.hold(Item::Service, &all) {
        return Axis { items: Vec::new(), parallel: Some(parallel), flag: flag_place(&service) };
    }
    let mut items: Vec<Service> =
        list.items().iter().map(|item| named_service(item, scope, cx)).collect();
    if items.is_empty() {
        items.push(match expression(&list) {
            Some(text) => Service { name: runtime(&list, text, cx), span: list.span() },
            None => {
                cx.report(&rules::EMPTY_SERVICES, list.span(), "The list of services is empty.");
                Service { name: Reference::unknown("no service"), span: list.span() }
            }
        });
    }
    Axis { items, parallel: Some(parallel), flag: flag_place(&service) }
}

fn one<T>(item: T) -> Axis<T> {
    Axis { items: vec![item], parallel: None, flag: None }
}

fn named_service(item: &View<'_>, scope: &Scope<'_>, cx: &mut Context<'_>) -> Service {
    Service { name: name_of(item, scope, cx), span: item.span() }
}

/// An identifier, or a mapping with `id`.
fn name_of(item: &View<'_>, scope: &Scope<'_>, cx: &mut Context<'_>) -> Reference {
    let inner = item.value("id");
    let place = inner.as_ref().unwrap_or(item);
    match text::read(place, scope, cx) {
        Some(Text::Known(name)) => Reference::known(name),
        Some(Text::Runtime(text)) => runtime(place, &text, cx),
        None => {
            cx.report(
                &rules::MISSING_IDENTIFIER,
                item.span(),
                "Expected an identifier, or `id:` with one.",
            );
            Reference::unknown("no identifier")
        }
    }
}

fn runtime(place: &View<'_>, text: &str, cx: &mut Context<'_>) -> Reference {
    cx.report(
        &rules::RUNTIME_INPUT,
        place.span(),
        format!(
            "The name is given by `{text}`, which only a run knows. A placeholder stands for it."
        ),
    );
    Reference::unknown(text)
}

fn environments<'a>(
    view: &View<'a>,
    choice: Option<bool>,
    scope: &Scope<'_>,
    cx: &mut Context<'a>,
) -> Axis<Target> {
    let Some(environment) = view.value("environment") else {
        let span = start_of(view);
        let message = "The stage names no environment. Expected `environment:`.";
        cx.report(&rules::MISSING_ENVIRONMENT, span, message);
        return one(targets::unknown("no environment", None, span));
    };
    if let Some(group) = environment.value("group") {
        let parallel = flag(&environment, choice, cx);
        let name = name_of(&group, scope, cx);
        let items = targets::all_of_group(&name, group.span(), cx);
        return Axis { items, parallel: Some(parallel), flag: flag_place(&environment) };
    }
    if environment.value("filters").is_some() {
        let parallel = flag(&environment, choice, cx);
        let items = targets::filtered(&environment, cx);
        return Axis { items, parallel: Some(parallel), flag: flag_place(&environment) };
    }
    if let Some(list) = environment.value("items") {
        let parallel = flag(&environment, choice, cx);
        let items = deploy_to_each(&list, scope, cx);
        return Axis { items, parallel: Some(parallel), flag: flag_place(&environment) };
    }
    let one = List { name: "environment", of: None, count: 1, span: environment.span() };
    cx.room.hold(Item::Target, &one);
    let (items, is_list) = deploy_to(&environment, scope, cx);
    let parallel = is_list.then(|| flag(&environment, choice, cx));
    let flag = flag_place(&environment).filter(|_| is_list);
    Axis { items, parallel, flag }
}

fn deploy_to_each<'a>(list: &View<'a>, scope: &Scope<'_>, cx: &mut Context<'a>) -> Vec<Target> {
    let count = list.node().items().len();
    let all = List { name: "environment", of: None, count, span: list.span() };
    let mut targets = Vec::new();
    if !cx.room.hold(Item::Target, &all) {
        return targets;
    }
    for item in list.items() {
        targets.extend(deploy_to(&item, scope, cx).0);
        if cx.room.is_full() {
            return targets;
        }
    }
    not_empty(targets, list, cx)
}

fn not_empty(items: Vec<Target>, list: &View<'_>, cx: &mut Context<'_>) -> Vec<Target> {
    if !items.is_empty() {
        return items;
    }
    cx.report(&rules::EMPTY_ENVIRONMENTS, list.span(), "The list of environments is empty.");
    vec![targets::unknown("no environment", None, list.span())]
}

/// The targets of one environment, and whether they are a list: `deploy-to` with one name is not.
fn deploy_to(item: &View<'_>, scope: &Scope<'_>, cx: &mut Context<'_>) -> (Vec<Target>, bool) {
    let environment = name_of(item, scope, cx);
    let Some(to) = item.value("deploy-to") else {
        let place = item.span();
        return (targets::all_infrastructures(&environment, usize::MAX, place, place, cx), false);
    };
    if text::word(&to) == Some("all") {
        let (span, place) = (item.span(), to.span());
        let targets = targets::all_infrastructures(&environment, usize::MAX, span, place, cx);
        return (targets, true);
    }
    let target = |place: &View<'_>, cx: &mut Context<'_>| -> Target {
        let name = name_of(place, scope, cx);
        let span: Span = place.span();
        if name.is_known {
            targets::known(environment.clone(), &name.text, span, cx)
        } else {
            targets::unknown(&name.text, Some(environment.clone()), span)
        }
    };
    match to.kind() {
        NodeKind::Sequence => {
            let of = Some(environment.text.as_str());
            let count = to.node().items().len();
            let list = List { name: "deploy-to", of, count, span: to.span() };
            if !cx.room.multiply(Item::Target, &list) {
                return (Vec::new(), true);
            }
            let items = to.items().iter().map(|place| target(place, cx)).collect();
            (not_empty(items, &to, cx), true)
        }
        _ => (vec![target(&to, cx)], false),
    }
}

//! Services and targets of a stage of v0, with their flags written.

use deployline_engine::{Axis, Deploy, Parallel, ParallelSource, Stage, Work};
use deployline_planner::View;
use deployline_yaml::NodeKind;
use deployline_yaml::write::Value;

use super::filters;
use crate::entries::{Entries, flag, one};
use crate::migration::Migration;

/// Adds services and targets: those of the stage, or of the pipeline for it.
pub(super) fn add<'a>(
    out: &mut Entries,
    view: &View<'a>,
    root: Option<&View<'a>>,
    of: &Stage,
    migration: &mut Migration<'_>,
) {
    let Work::Deploy(deploy) = &of.work else { return };
    migration.differs(
        view.span(),
        "v0 names the type of a deployment in `deploymentType`, which v1 has no key for: add it.",
    );
    let either = |key: &str| view.value(key).or_else(|| root?.value(key));
    if let Some(service) = either("service") {
        let (key, value) = services(&service, deploy, migration);
        out.add(key, migration.with_inner(&service, value));
    }
    if let Some(environment) = either("environment") {
        let (key, value) = match of.looping.is_some().then(|| only_item(&environment)).flatten() {
            Some(item) => ("environment", self::environment(&item, migration)),
            None => targets(&environment, deploy, migration),
        };
        out.add(key, migration.with_inner(&environment, value));
    }
}

/// The one environment of a stage that a strategy repeats: v0 repeats no lists.
fn only_item<'a>(view: &View<'a>) -> Option<View<'a>> {
    let is_list = ["group", "filters"].iter().any(|key| view.value(key).is_some());
    let items = view.value("items").map(|items| items.items());
    match items {
        Some(items) => items.into_iter().next(),
        None => (!is_list && view.kind() != NodeKind::Sequence).then(|| view.clone()),
    }
}

fn metadata<T>(axis: &Axis<T>, holders: &[&View<'_>], migration: &mut Migration<'_>) -> Value {
    let written = holders.iter().find_map(|holder| holder.value("parallel"));
    let value = match (axis.parallel, written) {
        (Some(Parallel { source: ParallelSource::Expression(_), .. }), Some(written)) => {
            migration.value(&written)
        }
        (Some(Parallel { value, .. }), _) => flag(value),
        (None, _) => flag(false),
    };
    one("parallel", value)
}

/// `service` or `services`.
fn services(
    service: &View<'_>,
    deploy: &Deploy,
    migration: &mut Migration<'_>,
) -> (&'static str, Value) {
    let items = match service.kind() {
        NodeKind::Sequence => Some(service.clone()),
        _ => service.value("items"),
    };
    let items = items.map(|items| migration.list_for(&items).unwrap_or(items));
    let Some(items) = items else { return ("service", one_service(service, migration)) };
    let mut inner = Entries::default();
    inner.add(
        "values",
        match items.kind() {
            NodeKind::Sequence => {
                let item = |item: &View<'_>| one_service(item, migration);
                let values = Value::List(items.items().iter().map(item).collect());
                migration.commented(&items, values)
            }
            _ => migration.value(&items),
        },
    );
    inner.add("metadata", metadata(&deploy.services, &[service], migration));
    if service.kind() == NodeKind::Mapping {
        migration.rest(service, &["items", "parallel", "sequential"]);
    }
    ("services", inner.into_value())
}

fn one_service(view: &View<'_>, migration: &mut Migration<'_>) -> Value {
    if view.kind() != NodeKind::Mapping {
        return migration.within(view, "serviceRef", Entries::into_value);
    }
    let mut out = Entries::default();
    out.add("serviceRef", migration.value(&name_of(view)));
    migration.carry(&mut out, view, "ref", "gitBranch");
    migration.carry(&mut out, view, "with", "serviceInputs");
    migration.rest(view, &["id", "name", "ref", "with", "parallel", "sequential"]);
    migration.with_inner(view, out.into_value())
}

/// The identifier: written alone, or as `id`.
fn name_of<'a>(view: &View<'a>) -> View<'a> {
    view.value("id").or_else(|| view.value("name")).unwrap_or_else(|| view.clone())
}

/// `environment`, `environments` or `environmentGroup`.
fn targets(
    view: &View<'_>,
    deploy: &Deploy,
    migration: &mut Migration<'_>,
) -> (&'static str, Value) {
    let axis = &deploy.targets;
    let mut inner = Entries::default();
    if let Some(group) = view.value("group") {
        inner.add("envGroupRef", migration.value(&name_of(&group)));
        match group.value("items") {
            Some(items) => inner.add("environments", list(&items, migration)),
            None => inner.add("deployToAll", group.value("filters").is_none().then(|| flag(true))),
        }
        inner.add("filters", filters::older(&group, migration));
        inner.add("metadata", metadata(axis, &[view, &group], migration));
        let is_sequence = axis.parallel.is_some_and(|flag| !flag.value);
        if deploy.services.parallel.is_some() && is_sequence {
            let message = "v0 takes the targets of a group side by side wherever a list of services stands beside it";
            migration.lost(group.span(), format!("{message}."));
        }
        if group.kind() == NodeKind::Mapping {
            migration.rest(&group, &["id", "name", "items", "filters", "parallel", "sequential"]);
        }
        return ("environmentGroup", migration.with_inner(&group, inner.into_value()));
    }
    let items = match view.kind() {
        NodeKind::Sequence => Some(view.clone()),
        _ => view.value("items"),
    };
    let is_one = ["id", "name"].iter().any(|key| view.value(key).is_some());
    if let Some(items) = items {
        inner.add("values", list(&items, migration));
        inner.add("filters", filters::older(view, migration));
        migration.rest(view, &["items", "filters", "parallel", "sequential"]);
    } else if view.value("filters").is_some() && !is_one {
        inner.add("filters", filters::older(view, migration));
        migration.rest(view, &["filters", "parallel", "sequential"]);
    } else if axis.parallel.is_none() {
        return ("environment", environment(view, migration));
    } else {
        inner.add("values", Value::List(vec![environment(view, migration)]));
    }
    inner.add("metadata", metadata(axis, &[view], migration));
    ("environments", inner.into_value())
}

fn list(items: &View<'_>, migration: &mut Migration<'_>) -> Value {
    let given = migration.list_for(items);
    let items = given.as_ref().unwrap_or(items);
    match items.kind() {
        NodeKind::Sequence => {
            let item = |item: &View<'_>| environment(item, migration);
            let values = Value::List(items.items().iter().map(item).collect());
            migration.commented(items, values)
        }
        _ => migration.value(items),
    }
}

fn environment(view: &View<'_>, migration: &mut Migration<'_>) -> Value {
    if view.kind() != NodeKind::Mapping {
        return migration.within(view, "environmentRef", |mut out| {
            out.add("deployToAll", flag(true));
            out.into_value()
        });
    }
    let mut out = Entries::default();
    out.add("environmentRef", migration.value(&name_of(view)));
    let to = view.value("deploy-to");
    let is_all = to.as_ref().is_none_or(|to| to.as_str() == Some("all"));
    match to.filter(|_| !is_all) {
        None => out.add("deployToAll", flag(true)),
        Some(to) => {
            let to = migration.list_for(&to).unwrap_or(to);
            let infrastructures = Value::List(match to.kind() {
                NodeKind::Sequence => {
                    to.items().iter().map(|it| infrastructure(it, migration)).collect()
                }
                _ => vec![infrastructure(&to, migration)],
            });
            out.add("infrastructureDefinitions", migration.commented(&to, infrastructures));
        }
    }
    out.add("filters", filters::older(view, migration));
    migration.carry(&mut out, view, "with", "environmentInputs");
    migration.rest(view, &["id", "name", "deploy-to", "filters", "with", "parallel", "sequential"]);
    migration.with_inner(view, out.into_value())
}

fn infrastructure(item: &View<'_>, migration: &mut Migration<'_>) -> Value {
    if item.kind() != NodeKind::Mapping {
        return migration.within(item, "identifier", Entries::into_value);
    }
    let mut out = Entries::default();
    out.add("identifier", migration.value(&name_of(item)));
    migration.carry(&mut out, item, "with", "inputs");
    migration.rest(item, &["id", "name", "with"]);
    migration.with_inner(item, out.into_value())
}

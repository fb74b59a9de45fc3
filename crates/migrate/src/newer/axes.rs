//! Services and targets of a stage of v1, with their flags written.

use deployline_engine::{Axis, Deploy, Parallel, ParallelSource, Stage, Work};
use deployline_planner::View;
use deployline_yaml::NodeKind;
use deployline_yaml::write::Value;

use super::filters;
use crate::entries::{Entries, flag, one_or_list};
use crate::migration::Migration;

/// The key of an axis in v0 and what stands there.
type AxisView<'v, 'a> = Option<&'v (&'static str, View<'a>)>;

/// Adds `service` and `environment`.
pub(super) fn add(
    out: &mut Entries,
    (services, targets): (AxisView<'_, '_>, AxisView<'_, '_>),
    of: &Stage,
    migration: &mut Migration<'_>,
) {
    let deploy = match &of.work {
        Work::Deploy(deploy) => Some(&**deploy),
        Work::Other | Work::Unknown => None,
    };
    if let Some((key, view)) = services {
        let value = service(key, view, deploy, migration);
        out.add("service", value.map(|value| migration.with_inner(view, value)));
    }
    if let Some((key, view)) = targets {
        let value = environment(key, view, deploy, migration);
        out.add("environment", value.map(|value| migration.with_inner(view, value)));
    }
}

/// The flag of an axis as it is written or drawn.
fn parallel<T>(
    axis: Option<&Axis<T>>,
    holder: &View<'_>,
    migration: &mut Migration<'_>,
) -> Option<Value> {
    let Parallel { value, source } = axis?.parallel?;
    let written = holder.at(&["metadata", "parallel"]);
    Some(match (source, written) {
        (ParallelSource::Expression(_), Some(written)) => migration.value(&written),
        _ => flag(value),
    })
}

fn service(
    key: &str,
    view: &View<'_>,
    deploy: Option<&Deploy>,
    migration: &mut Migration<'_>,
) -> Option<Value> {
    if key != "services" {
        return Some(one_service(view, migration));
    }
    let mut out = Entries::default();
    let values = view.value("values");
    out.add(
        "items",
        values.map(|values| match values.kind() {
            NodeKind::Sequence => {
                let item = |item: &View<'_>| one_service(item, migration);
                let items = Value::List(values.items().iter().map(item).collect());
                migration.commented(&values, items)
            }
            _ => migration.value(&values),
        }),
    );
    out.add("parallel", parallel(deploy.map(|deploy| &deploy.services), view, migration));
    migration.rest(view, &["values", "metadata", "useFromStage"]);
    out.some()
}

fn one_service(view: &View<'_>, migration: &mut Migration<'_>) -> Value {
    let Some(name) = view.value("serviceRef") else { return migration.value(view) };
    let name = migration.value(&name);
    let mut out = Entries::default();
    migration.carry(&mut out, view, "gitBranch", "ref");
    migration.carry(&mut out, view, "serviceInputs", "with");
    migration.rest(view, &["serviceRef", "gitBranch", "serviceInputs", "useFromStage"]);
    let value = match out.is_empty() {
        true => name,
        false => named(name, out),
    };
    migration.with_inner(view, value)
}

fn named(name: Value, rest: Entries) -> Value {
    let mut out = Entries::default();
    out.add("id", name);
    out.append(rest);
    out.into_value()
}

fn environment(
    key: &str,
    view: &View<'_>,
    deploy: Option<&Deploy>,
    migration: &mut Migration<'_>,
) -> Option<Value> {
    let axis = deploy.map(|deploy| &deploy.targets);
    let flag = parallel(axis, view, migration);
    let mut out = Entries::default();
    match key {
        "environments" => {
            out.add("items", list(view, "values", migration));
            out.add("filters", filters::newer(view, migration));
            migration.rest(view, &["values", "metadata", "filters", "useFromStage"]);
        }
        "environmentGroup" => {
            let mut group = Entries::default();
            migration.carry(&mut group, view, "envGroupRef", "id");
            group.add("items", list(view, "environments", migration));
            group.add("filters", filters::newer(view, migration));
            out.add("group", group.into_value());
            let known = [
                "envGroupRef",
                "environments",
                "deployToAll",
                "metadata",
                "filters",
                "useFromStage",
            ];
            migration.rest(view, &known);
        }
        // Of the older model, or without an environment: the names that are drawn.
        _ if view.value("environmentRef").is_none() => return of_axis(axis?),
        _ => {
            let first = axis.filter(|axis| axis.parallel.is_none() && axis.items.len() == 1);
            return Some(one_environment(view, first.is_some(), flag, migration));
        }
    }
    out.add("parallel", flag);
    out.some()
}

fn of_axis(axis: &Axis<deployline_engine::Target>) -> Option<Value> {
    let target = axis.items.first()?;
    let name = |of: &Option<deployline_engine::Reference>| Some(Value::text(&of.as_ref()?.text));
    let mut out = Entries::default();
    out.add("id", name(&target.environment));
    out.add("deploy-to", name(&target.infrastructure));
    out.some()
}

/// The environments of a list; none where all are meant.
fn list(holder: &View<'_>, key: &str, migration: &mut Migration<'_>) -> Option<Value> {
    let values = holder.value(key)?;
    if values.kind() != NodeKind::Sequence {
        let is_all = holder.value("deployToAll").is_some_and(|flag| flag.as_str() == Some("true"));
        return (!is_all).then(|| migration.value(&values));
    }
    let item = |item: &View<'_>| one_environment(item, false, None, migration);
    let items = Value::List(values.items().iter().map(item).collect());
    Some(migration.commented(&values, items))
}

/// One environment; of several infrastructures, `is_first` takes the first alone.
fn one_environment(
    view: &View<'_>,
    is_first: bool,
    flag: Option<Value>,
    migration: &mut Migration<'_>,
) -> Value {
    let mut out = Entries::default();
    migration.carry(&mut out, view, "environmentRef", "id");
    out.add("deploy-to", deploy_to(view, is_first, migration));
    out.add("filters", filters::newer(view, migration));
    out.add("parallel", flag);
    migration.carry(&mut out, view, "environmentInputs", "with");
    migration.rest(
        view,
        &[
            "environmentRef",
            "infrastructureDefinitions",
            "infrastructureDefinition",
            "deployToAll",
            "filters",
            "environmentInputs",
            "metadata",
            "useFromStage",
        ],
    );
    migration.with_inner(view, out.into_value())
}

fn deploy_to(view: &View<'_>, is_first: bool, migration: &mut Migration<'_>) -> Option<Value> {
    let list =
        view.value("infrastructureDefinitions").or_else(|| view.value("infrastructureDefinition"));
    let is_list = list.as_ref().is_some_and(|list| list.kind() == NodeKind::Sequence);
    if !is_list && view.value("deployToAll").is_some_and(|flag| flag.as_str() == Some("true")) {
        return view.value("filters").is_none().then(|| Value::text("all"));
    }
    let list = list?;
    if list.kind() != NodeKind::Sequence {
        return Some(match list.kind() {
            NodeKind::Mapping => infrastructure(&list, migration),
            _ => migration.value(&list),
        });
    }
    let mut items = list.items();
    if is_first && items.len() > 1 {
        migration.lost(
            list.span(),
            "v0 deploys to the first of these infrastructures alone: v1 has it alone.",
        );
        items.truncate(1);
    }
    let items = one_or_list(items.iter().map(|item| infrastructure(item, migration)).collect());
    Some(migration.commented(&list, items))
}

fn infrastructure(item: &View<'_>, migration: &mut Migration<'_>) -> Value {
    let Some(name) = item.value("identifier") else { return migration.value(item) };
    let name = migration.value(&name);
    migration.rest(item, &["identifier", "inputs"]);
    let value = match item.value("inputs") {
        None => name,
        Some(inputs) => {
            let mut rest = Entries::default();
            rest.add("with", migration.value(&inputs));
            named(name, rest)
        }
    };
    migration.with_inner(item, value)
}

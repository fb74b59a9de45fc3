//! The stages of v0.

use deployline_engine::{Stage, Work};
use deployline_planner::{StageView, View, Views};
use deployline_schema::MappingKind;
use deployline_yaml::write::{Comments, Value};

use super::templates::{self, USES};
use super::{combinations, steps, work};
use crate::entries::{Entries, one};
use crate::holders::{Holders, group_of};
use crate::layout::{Layout, layout};
use crate::migration::Migration;
use crate::{condition, failure, identifiers, strategy};

/// Keys of a stage that v0 has nothing for. Those of groups are read with the list.
const WITHOUT_COUNTERPART: [&str; 6] =
    ["inputs", "env", "runtime", "delegate", "parallel", "group"];

/// Returns true for a key of a stage that v0 has something for.
fn has_counterpart(key: &str) -> bool {
    let is_known = MappingKind::V1Stage.key(key).is_some() || key == "on_failure";
    is_known && !WITHOUT_COUNTERPART.contains(&key)
}

/// The stages, in groups or with what each depends on.
pub(super) fn all(views: &Views<'_>, migration: &mut Migration<'_>) -> Vec<Value> {
    let all = &views.pipeline.stages;
    let holders = Holders::of(views);
    if let Some(list) = &views.list {
        note_rules_of_groups(list, migration);
    }
    let at = |index: usize| Some((&views.stages.get(index)?.stage, all.get(index)?));
    let written = views
        .stages
        .iter()
        .map(|StageView { stage, .. }| stage.value("id").or_else(|| stage.value("identifier")));
    let identifiers = identifiers::of_stages(all, written.collect(), migration);
    let layout = layout(all);
    let is_graph = matches!(layout, Layout::Graph(_));
    if let (true, Some(list)) = (is_graph, &views.list) {
        migration.differs(
            list.span(),
            "v0 has no list of stages inside of a `parallel`, and no `needs`: the pipeline is written as a DAG, with \
             `dependsOn`. That is a beta of the product, and a status then looks at the dependencies alone.",
        );
    }
    let one_stage = |index: usize, migration: &mut Migration<'_>| {
        let (view, of) = at(index)?;
        migration.writes_stage(index);
        let depends = is_graph.then(|| {
            let names = of.after.iter().filter_map(|index| identifiers.get(*index as usize));
            Value::List(names.map(Value::text).collect())
        });
        let around = holders.conditions(view.span());
        let identifier = identifiers[index].as_str();
        let placed = Placed { identifier, around, depends, root: views.root.as_ref() };
        let value = one("stage", stage(view, of, placed, migration));
        Some(holders.commented(view.span(), value, migration))
    };
    match layout {
        Layout::Graph(order) => {
            let one = |index: usize| {
                let value = one_stage(index, migration)?;
                let stage = &views.stages.get(index)?.stage;
                Some(value.with_comments(holders.around(stage.span(), migration)))
            };
            order.into_iter().filter_map(one).collect()
        }
        Layout::Entries(entries) => {
            let mut out = Vec::new();
            for entry in entries {
                let mut around = Comments::default();
                for view in entry.iter().filter_map(|index| views.stages.get(*index)) {
                    around.add_outer(holders.around(view.stage.span(), migration));
                }
                let mut members: Vec<Value> =
                    entry.into_iter().filter_map(|index| one_stage(index, migration)).collect();
                let value = match members.len() {
                    1 => members.remove(0),
                    _ => one("parallel", Value::List(members)),
                };
                out.push(value.with_comments(around));
            }
            out
        }
    }
}

/// Notes the rules for a failure in a group, which v0 has for each stage alone.
fn note_rules_of_groups(list: &View<'_>, migration: &mut Migration<'_>) {
    for item in list.items() {
        let Some(group) = group_of(&item) else { continue };
        migration.lost_key(&group, "on-failure", "the rules of its stages hold alone");
        note_rules_of_groups(&group.value("stages").unwrap_or(group), migration);
    }
}

/// A stage's place in the pipeline.
struct Placed<'p, 'a> {
    identifier: &'p str,
    /// Conditions of the pipeline and of the groups around it.
    around: &'p [View<'a>],
    depends: Option<Value>,
    root: Option<&'p View<'a>>,
}

fn stage<'a>(
    view: &View<'a>,
    of: &Stage,
    placed: Placed<'_, 'a>,
    migration: &mut Migration<'_>,
) -> Value {
    if view.value("stage").is_some() || of.span != view.span() {
        migration
            .lost(view.span(), "This stage is written in the older schema, and stays as it is.");
        return migration.value(view);
    }
    let listed = combinations::listed(of);
    migration.is_listed = listed.is_some();
    migration.steps = steps::identifiers(view);
    let value = own_schema(view, of, listed, placed, migration);
    migration.is_listed = false;
    value
}

fn own_schema<'a>(
    view: &View<'a>,
    of: &Stage,
    listed: Option<Vec<Value>>,
    placed: Placed<'_, 'a>,
    migration: &mut Migration<'_>,
) -> Value {
    let mut out = Entries::default();
    let name = view.str_of("name").unwrap_or(&of.identifier);
    let name = Value::text(migration.text(name));
    out.add(
        "name",
        match view.value("name") {
            Some(of) => migration.commented(&of, name),
            None => name,
        },
    );
    let identifier = Value::text(placed.identifier);
    out.add(
        "identifier",
        match view.value("id").or_else(|| view.value("identifier")) {
            Some(id) => migration.commented(&id, identifier),
            None => identifier,
        },
    );
    migration.carry(&mut out, view, "desc", "description");
    migration.carry(&mut out, view, "tags", "tags");
    let kind = USES.iter().find(|key| view.value("steps").is_none() && view.value(key).is_some());
    let deploys = matches!(of.work, Work::Deploy(_));
    if kind.is_none() {
        let kind = Value::text(type_of(view, deploys));
        migration.add(&mut out, view, ("type", "type"), kind);
    }
    migration.add(&mut out, view, ("needs", "dependsOn"), placed.depends);
    let conditions: Vec<View<'_>> = placed.around.iter().cloned().chain(view.value("if")).collect();
    let disabled = view.value("disabled").is_some_and(|flag| flag.as_str() == Some("true"));
    let when = match disabled {
        true => Some(never()),
        false => condition::older(&conditions, condition::Of::Pipeline, migration),
    };
    migration.add(&mut out, view, (if disabled { "disabled" } else { "if" }, "when"), when);
    if let Some(of_stage) = view.value("strategy") {
        let value = strategy::older(&of_stage, listed, migration);
        migration.add(&mut out, view, ("strategy", "strategy"), value);
    }
    migration.carry(&mut out, view, "timeout", "timeout");
    let rules = rules(view, deploys, migration);
    migration.add(&mut out, view, ("on-failure", "failureStrategies"), rules);
    if let Some(variables) = view.value("variables") {
        out.add("variables", migration.value(&variables));
        migration.differs(
            variables.span(),
            "No public source says how v1 writes the variables of a stage: they stand here as they are written.",
        );
    }
    match kind.and_then(|key| view.value(key)) {
        Some(template) => out.add("template", templates::reference(&template, migration)),
        None => out.add("spec", work::spec(view, of, placed.root, migration)),
    }
    for (key, value) in view.entries() {
        if !has_counterpart(key.as_str().unwrap_or_default()) {
            migration.lost_entry(key, &value, "");
        }
    }
    out.into_value()
}

/// A `when` that never holds.
fn never() -> Value {
    let mut out = Entries::default();
    out.add("pipelineStatus", Value::text("All"));
    out.add("condition", Value::text("false"));
    out.into_value()
}

/// The rules for a failure: a Deployment stage of v0 needs one for all errors.
fn rules(view: &View<'_>, deploys: bool, migration: &mut Migration<'_>) -> Option<Value> {
    let rules = failure::older(view, migration);
    if !deploys {
        return rules;
    }
    let mut list = match rules {
        Some(Value::List(list)) => list,
        Some(other) => return Some(other),
        None => Vec::new(),
    };
    let is_all = |rule: &Value| {
        let errors = rule.get("onFailure").and_then(|rule| rule.get("errors"));
        errors == Some(&Value::List(vec![Value::text("AllErrors")]))
    };
    if !list.iter().any(is_all) {
        list.push(failure::older_default());
    }
    Some(Value::List(list))
}

fn type_of<'a>(view: &View<'a>, deploys: bool) -> &'a str {
    let is_there = |key: &str| view.value(key).is_some();
    match view.str_of("type") {
        _ if deploys => "Deployment",
        Some(kind) => kind,
        None if is_there("steps") => "Custom",
        None if is_there("chain") => "Pipeline",
        None if is_there("dynamic") => "Dynamic",
        None if is_there("approval") => "Approval",
        None => "Custom",
    }
}

//! Steps of v0, each with a type.

use deployline_planner::View;
use deployline_schema::V1_STEPS;
use deployline_yaml::NodeKind;
use deployline_yaml::write::Value;

use crate::condition::{self, Of};
use crate::entries::{Entries, one};
use crate::identifiers::{Identifiers, valid};
use crate::migration::Migration;
use crate::words::{self, APPROVALS};
use crate::{failure, strategy};

/// The steps of a list.
pub(super) fn list(steps: &View<'_>, migration: &mut Migration<'_>) -> Vec<Value> {
    let items = steps.items();
    let item = |(number, item): (usize, &View<'_>)| {
        let value = step_or_group(item, number, migration);
        migration.commented(item, value)
    };
    (1..).zip(&items).map(item).collect()
}

/// One step alone, as the documentation has a rollback.
pub(super) fn single(step: &View<'_>, migration: &mut Migration<'_>) -> Vec<Value> {
    match step.kind() {
        NodeKind::Mapping => vec![step_or_group(step, 1, migration)],
        _ => Vec::new(),
    }
}

/// Identifiers that the steps of a stage have.
pub(super) fn identifiers(stage: &View<'_>) -> Identifiers {
    let mut found = Vec::new();
    let lists = ["steps", "rollback"].into_iter().filter_map(|key| stage.value(key));
    lists.for_each(|list| add_identifiers(&list, &mut found));
    Identifiers::beside(found.into_iter())
}

fn add_identifiers(list: &View<'_>, found: &mut Vec<String>) {
    for item in list.items() {
        let group = item.value("group");
        found.extend(group.as_ref().unwrap_or(&item).str_of("id").map(str::to_owned));
        let members = group.or_else(|| item.value("parallel")).and_then(|it| it.value("steps"));
        members.iter().for_each(|members| add_identifiers(members, found));
    }
}

fn step_or_group(item: &View<'_>, number: usize, migration: &mut Migration<'_>) -> Value {
    if let Some(members) = item.at(&["parallel", "steps"]) {
        let mut steps = Value::List(list(&members, migration));
        for around in item.value("parallel").iter().chain([&members]) {
            steps = migration.commented(around, steps);
        }
        return one("parallel", steps);
    }
    let Some(group) = item.value("group") else {
        let step = one_step(item, number, migration);
        return migration.with_inner(item, one("step", step));
    };
    let mut out = Entries::default();
    settings(&group, ("group", number), &mut out, migration);
    let steps = match group.value("steps") {
        Some(steps) => {
            let value = Value::List(list(&steps, migration));
            migration.commented(&steps, value)
        }
        None => Value::List(Vec::new()),
    };
    out.add("steps", steps);
    migration.rest(&group, &[&SETTINGS[..], &["steps"]].concat());
    one("stepGroup", migration.commented(&group, out.into_value()))
}

const SETTINGS: [&str; 7] = ["id", "name", "if", "strategy", "timeout", "on-failure", "on_failure"];

fn settings(
    step: &View<'_>,
    (kind, number): (&str, usize),
    out: &mut Entries,
    migration: &mut Migration<'_>,
) {
    // v0 needs both names.
    let made = format!("{kind}_{number}");
    let mut identifiers = std::mem::take(&mut migration.steps);
    let of = step.str_of("name").unwrap_or(&made);
    let identifier = identifiers.of(step.value("id"), of, migration);
    migration.steps = identifiers;
    let name = step.str_of("name").or_else(|| step.str_of("id")).unwrap_or(&identifier);
    let name = Value::text(migration.text(name));
    migration.add(out, step, ("name", "name"), name);
    migration.add(out, step, ("id", "identifier"), Value::text(&identifier));
    if let Some(condition) = step.value("if") {
        let value = condition::older(&[condition], Of::Stage, migration);
        migration.add(out, step, ("if", "when"), value);
    }
    if let Some(of_step) = step.value("strategy") {
        let value = strategy::older(&of_step, None, migration);
        migration.add(out, step, ("strategy", "strategy"), value);
    }
    migration.carry(out, step, "timeout", "timeout");
    let rules = failure::older(step, migration);
    migration.add(out, step, ("on-failure", "failureStrategies"), rules);
}

fn one_step(step: &View<'_>, number: usize, migration: &mut Migration<'_>) -> Value {
    let does = V1_STEPS.iter().find_map(|kind| Some((*kind, step.get(kind)?)));
    let Some((kind, does)) = does else {
        migration.lost(step.span(), "This is no step that v0 has a form for.");
        return migration.value(step);
    };
    let mut out = Entries::default();
    settings(step, (kind, number), &mut out, migration);
    if kind == "template" {
        out.add("template", super::templates::reference(&does, migration));
    } else if kind == "approval" {
        approval(&mut out, &does, migration);
    } else {
        let (name, spec) = type_and_spec(kind, &does, migration);
        out.add("type", name);
        out.add("spec", spec);
    }
    migration.rest(step, &[&SETTINGS[..], V1_STEPS].concat());
    out.into_value()
}

/// Adds what an approval is; the time that it has stands beside its type in v0.
pub(super) fn approval(step: &mut Entries, does: &View<'_>, migration: &mut Migration<'_>) {
    let uses = does.str_of("uses").or(does.as_str()).unwrap_or_default();
    let kind = words::older(APPROVALS, uses);
    if kind.is_none() {
        let message = format!("v0 has no approval like `{uses}`: it is written as one of Harness.");
        migration.differs(does.span(), message);
    }
    let with = does.value("with");
    let timeout = with.as_ref().and_then(|with| with.value("timeout"));
    match timeout {
        Some(timeout) if step.has("timeout") => migration.lost(
            timeout.span(),
            "v0 has one `timeout` for an approval: that of the step is written.",
        ),
        timeout => step.add("timeout", timeout.map(|timeout| migration.value(&timeout))),
    }
    step.add("type", Value::text(kind.unwrap_or("HarnessApproval")));
    let spec = with.map(|with| match with.kind() {
        NodeKind::Mapping => {
            let mut spec = Entries::default();
            for (key, value) in with.entries() {
                let name = key.as_str().unwrap_or_default();
                spec.add(name.to_owned(), (name != "timeout").then(|| migration.value(&value)));
            }
            spec.some()
        }
        _ => Some(migration.value(&with)),
    });
    step.add("spec", spec.flatten());
}

fn type_and_spec(
    kind: &str,
    does: &View<'_>,
    migration: &mut Migration<'_>,
) -> (Value, Option<Value>) {
    let mut spec = Entries::default();
    let name = match kind {
        "wait" => {
            migration.carry(&mut spec, does, "duration", "duration");
            migration.rest(does, &["duration"]);
            "Wait"
        }
        "barrier" => {
            let name = does.value("name").map(|name| match name.as_str() {
                Some(text) if !text.contains(['<', '{']) => Value::text(valid(text)),
                _ => migration.value(&name),
            });
            spec.add("barrierRef", name);
            migration.rest(does, &["name"]);
            "Barrier"
        }
        "queue" => {
            migration.carry(&mut spec, does, "key", "key");
            migration.carry(&mut spec, does, "scope", "scope");
            migration.rest(does, &["key", "scope"]);
            "Queue"
        }
        "run" => {
            let script = does.value("script").unwrap_or_else(|| does.clone());
            spec.add("shell", Value::text("Sh"));
            spec.add("command", migration.value(&script));
            if does.kind() == NodeKind::Mapping {
                migration.rest(does, &["script"]);
            }
            "Run"
        }
        _ => {
            let uses = does.str_of("uses").or(does.as_str()).unwrap_or(kind);
            let message = format!(
                "The public facts name no type of v0 for the step `{kind}`: `{uses}` stands as its type. Name what v0 has \
                 for it."
            );
            migration.differs(does.span(), message);
            let with = match does.kind() {
                NodeKind::Mapping if does.value("uses").is_some() => does.value("with"),
                NodeKind::Mapping => Some(does.clone()),
                _ => None,
            };
            return (Value::text(migration.text(uses)), with.map(|with| migration.value(&with)));
        }
    };
    (Value::text(name), spec.some())
}

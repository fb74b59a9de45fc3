//! Steps of v0, each with a type.

use deployline_planner::View;
use deployline_yaml::NodeKind;
use deployline_yaml::write::Value;

use crate::condition::{self, Of};
use crate::entries::{Entries, one};
use crate::migration::Migration;
use crate::words::{self, APPROVALS};
use crate::{failure, strategy};

/// The steps of a list.
pub(super) fn list(steps: &View<'_>, migration: &mut Migration) -> Vec<Value> {
    let items = steps.items();
    (1..).zip(&items).map(|(number, item)| step_or_group(item, number, migration)).collect()
}

/// One step alone, as the documentation has a rollback.
pub(super) fn single(step: &View<'_>, migration: &mut Migration) -> Vec<Value> {
    match step.kind() {
        NodeKind::Mapping => vec![step_or_group(step, 1, migration)],
        _ => Vec::new(),
    }
}

fn step_or_group(item: &View<'_>, number: usize, migration: &mut Migration) -> Value {
    if let Some(members) = item.at(&["parallel", "steps"]) {
        return one("parallel", Value::List(list(&members, migration)));
    }
    let Some(group) = item.value("group") else {
        return one("step", one_step(item, number, migration));
    };
    let mut out = Entries::default();
    settings(&group, ("group", number), &mut out, migration);
    let steps = group.value("steps").map(|steps| list(&steps, migration));
    out.add("steps", Value::List(steps.unwrap_or_default()));
    migration.rest(&group, &[&SETTINGS[..], &["steps"]].concat());
    one("stepGroup", out.into_value())
}

const SETTINGS: [&str; 7] = ["id", "name", "if", "strategy", "timeout", "on-failure", "on_failure"];

/// Keys that say what a step does; those behind `template` use something by its name.
const KINDS: [&str; 18] = [
    "run",
    "run-test",
    "background",
    "clone",
    "wait",
    "barrier",
    "queue",
    "policy",
    "change-advisor",
    "approval",
    "template",
    "action",
    "deploy",
    "build",
    "test",
    "chaos",
    "idp",
    "iacm",
];

fn settings(
    step: &View<'_>,
    (kind, number): (&str, usize),
    out: &mut Entries,
    migration: &mut Migration,
) {
    let identifier = step.str_of("id").or_else(|| step.str_of("name")).map(str::to_owned);
    // v0 needs both names.
    let made = || format!("{}_{number}", kind.replace('-', "_"));
    let identifier = identifier.unwrap_or_else(made);
    let name = step.str_of("name").unwrap_or(&identifier);
    out.add("name", Value::text(migration.text(name)));
    out.add("identifier", Value::text(migration.text(&identifier)));
    if let Some(condition) = step.value("if") {
        out.add("when", condition::older(&[condition], Of::Stage, migration));
    }
    if let Some(of_step) = step.value("strategy") {
        out.add("strategy", strategy::older(&of_step, None, migration));
    }
    migration.carry(out, step, "timeout", "timeout");
    out.add("failureStrategies", failure::older(step, migration));
}

fn one_step(step: &View<'_>, number: usize, migration: &mut Migration) -> Value {
    let kind = KINDS.into_iter().find(|kind| step.get(kind).is_some());
    let does = kind.and_then(|kind| step.get(kind));
    let (Some(kind), Some(does)) = (kind, does) else {
        migration.lost(step.span(), "This is no step that v0 has a form for.");
        return migration.value(step);
    };
    let mut out = Entries::default();
    settings(step, (kind, number), &mut out, migration);
    if kind == "template" {
        out.add("template", super::template_ref(&does, migration));
    } else {
        let (name, spec) = type_and_spec(kind, &does, migration);
        out.add("type", name);
        out.add("spec", spec);
    }
    migration.rest(step, &[&SETTINGS[..], &KINDS].concat());
    out.into_value()
}

fn type_and_spec(kind: &str, does: &View<'_>, migration: &mut Migration) -> (Value, Option<Value>) {
    let mut spec = Entries::default();
    let name = match kind {
        "wait" => {
            migration.carry(&mut spec, does, "duration", "duration");
            migration.rest(does, &["duration"]);
            "Wait"
        }
        "barrier" => {
            migration.carry(&mut spec, does, "name", "barrierRef");
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
        "approval" => {
            let uses = does.str_of("uses").or(does.as_str()).unwrap_or_default();
            let with = does.value("with").map(|with| migration.value(&with));
            let name = words::older(APPROVALS, uses).unwrap_or("HarnessApproval");
            return (Value::text(name), with);
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

//! Steps of v1, each named by what it does.

use deployline_planner::View;
use deployline_yaml::NodeKind;
use deployline_yaml::write::Value;

use crate::condition::{self, Of};
use crate::entries::{Entries, one};
use crate::migration::Migration;
use crate::words::{self, APPROVALS};
use crate::{failure, strategy};

/// The steps of a list.
pub(super) fn list(steps: &View<'_>, migration: &mut Migration<'_>) -> Vec<Value> {
    let steps = steps.items();
    let item = |item: &View<'_>| {
        let value = step_or_group(item, migration);
        migration.commented(item, value)
    };
    steps.iter().map(item).collect()
}

fn step_or_group(item: &View<'_>, migration: &mut Migration<'_>) -> Value {
    if let Some(members) = item.value("parallel").filter(|it| it.kind() == NodeKind::Sequence) {
        let steps = Value::List(list(&members, migration));
        return one("parallel", migration.commented(&members, one("steps", steps)));
    }
    if let Some(group) = item.value("stepGroup") {
        let mut out = Entries::default();
        settings(&group, &mut out, migration);
        match group.value("template") {
            Some(template) => out.add("template", super::uses(&template, migration)),
            None => {
                out.add("steps", steps_of(&group, migration));
            }
        }
        migration.rest(&group, &[&SETTINGS[..], &["steps", "template"]].concat());
        return one("group", migration.commented(&group, out.into_value()));
    }
    match item.value("step") {
        Some(step) => {
            let value = one_step(&step, migration);
            migration.with_inner(&step, value)
        }
        None => {
            migration.lost(item.span(), "This is no step that v1 has a form for.");
            migration.value(item)
        }
    }
}

/// The steps of a group, none where it has no list.
fn steps_of(group: &View<'_>, migration: &mut Migration<'_>) -> Value {
    let Some(steps) = group.value("steps") else { return Value::List(Vec::new()) };
    let value = Value::List(list(&steps, migration));
    migration.commented(&steps, value)
}

const SETTINGS: [&str; 7] =
    ["identifier", "name", "when", "strategy", "timeout", "failureStrategies", "description"];

fn settings(step: &View<'_>, out: &mut Entries, migration: &mut Migration<'_>) {
    migration.carry(out, step, "identifier", "id");
    migration.carry(out, step, "name", "name");
    if let Some(when) = step.value("when") {
        let value = condition::newer(&when, Of::Stage, migration);
        migration.add(out, step, ("when", "if"), value);
    }
    if let Some(of_step) = step.value("strategy") {
        let value = strategy::newer(&of_step, false, migration);
        migration.add(out, step, ("strategy", "strategy"), value);
    }
    migration.carry(out, step, "timeout", "timeout");
    let rules = failure::newer(step, migration);
    migration.add(out, step, ("failureStrategies", "on-failure"), rules);
    migration.lost_key(step, "description", "");
}

fn one_step(step: &View<'_>, migration: &mut Migration<'_>) -> Value {
    let mut out = Entries::default();
    settings(step, &mut out, migration);
    migration.rest(step, &[&SETTINGS[..], &["type", "spec", "template"]].concat());
    if let Some(template) = step.value("template") {
        out.add("template", super::uses(&template, migration));
        return out.into_value();
    }
    let kind = step.str_of("type").unwrap_or_default();
    let spec = step.value("spec");
    let carried = |key: &str, migration: &mut Migration<'_>| {
        Some(migration.value(&spec.as_ref()?.value(key)?))
    };
    let (key, value) = match kind {
        "Wait" => ("wait", below("duration", carried("duration", migration))),
        "Barrier" => ("barrier", below("name", carried("barrierRef", migration))),
        "Queue" => {
            let mut inner = Entries::default();
            inner.add("key", carried("key", migration));
            inner.add("scope", carried("scope", migration));
            ("queue", inner.into_value())
        }
        "Run" => ("run", below("script", carried("command", migration))),
        "ShellScript" => {
            let script = spec.as_ref().and_then(|spec| spec.at(&["source", "spec", "script"]));
            ("run", below("script", script.map(|script| migration.value(&script))))
        }
        _ => {
            let (key, uses) = match words::newer(APPROVALS, kind) {
                Some(word) => ("approval", word),
                None => {
                    let message = format!(
                        "The public facts name no step of v1 for `{kind}`: it is written as an `action` that uses \
                         this type. Name what v1 has for it."
                    );
                    migration.differs(step.span(), message);
                    ("action", kind)
                }
            };
            let mut inner = Entries::default();
            inner.add("uses", Value::text(uses));
            inner.add("with", spec.as_ref().map(|spec| migration.value(spec)));
            (key, inner.into_value())
        }
    };
    let known: &[&str] = match kind {
        "Wait" => &["duration"],
        "Barrier" => &["barrierRef"],
        "Queue" => &["key", "scope"],
        "Run" => &["command"],
        "ShellScript" => &["source"],
        _ => &[],
    };
    if let Some(spec) = spec.as_ref().filter(|_| !known.is_empty()) {
        migration.rest(spec, known);
    }
    out.add(key, value);
    out.into_value()
}

/// A mapping with one key, or nothing.
fn below(key: &'static str, value: Option<Value>) -> Value {
    value.map_or(Value::Map(Vec::new()), |value| one(key, value))
}

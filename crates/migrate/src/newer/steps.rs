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
    let items = steps.items();
    items.iter().map(|item| step_or_group(item, migration)).collect()
}

fn step_or_group(item: &View<'_>, migration: &mut Migration<'_>) -> Value {
    if let Some(members) = item.value("parallel").filter(|it| it.kind() == NodeKind::Sequence) {
        return one("parallel", one("steps", Value::List(list(&members, migration))));
    }
    if let Some(group) = item.value("stepGroup") {
        let mut out = Entries::default();
        settings(&group, &mut out, migration);
        match group.value("template") {
            Some(template) => out.add("template", super::uses(&template, migration)),
            None => {
                let steps = group.value("steps").map(|steps| list(&steps, migration));
                out.add("steps", Value::List(steps.unwrap_or_default()));
            }
        }
        migration.rest(&group, &[&SETTINGS[..], &["steps", "template"]].concat());
        return one("group", out.into_value());
    }
    match item.value("step") {
        Some(step) => one_step(&step, migration),
        None => {
            migration.lost(item.span(), "This is no step that v1 has a form for.");
            migration.value(item)
        }
    }
}

const SETTINGS: [&str; 7] =
    ["identifier", "name", "when", "strategy", "timeout", "failureStrategies", "description"];

fn settings(step: &View<'_>, out: &mut Entries, migration: &mut Migration<'_>) {
    migration.carry(out, step, "identifier", "id");
    migration.carry(out, step, "name", "name");
    if let Some(when) = step.value("when") {
        out.add("if", condition::newer(&when, Of::Stage, migration));
    }
    if let Some(of_step) = step.value("strategy") {
        out.add("strategy", strategy::newer(&of_step, false, migration));
    }
    migration.carry(out, step, "timeout", "timeout");
    out.add("on-failure", failure::newer(step, migration));
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
fn below(key: &str, value: Option<Value>) -> Value {
    value.map_or(Value::Map(Vec::new()), |value| one(key, value))
}

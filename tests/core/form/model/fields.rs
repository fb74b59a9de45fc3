//! Single fields of a stage: name, limits, conditions, settings of its looping strategy.

use deployline_form::Address;
use deployline_form::operation::FieldName;

use super::super::tree::{Value, at, is_there, made, map, new_map};
use super::stages::{spec, stage};

pub(super) fn set(root: &mut Value, address: &Address, field: FieldName, value: Option<&str>) {
    let limit = |stage: &Value| {
        let strategy = stage.get("strategy").expect("a strategy");
        ["matrix", "repeat"].into_iter().find(|key| is_there(strategy, key))
    };
    let mut path = match field {
        FieldName::Name => vec!["name"],
        FieldName::ServicesFromStage | FieldName::EnvironmentsFromStage => {
            return from_stage(spec(root, address), field == FieldName::ServicesFromStage, value);
        }
        FieldName::Group => vec!["spec", "environmentGroup", "envGroupRef"],
        FieldName::GroupDeployToAll => vec!["spec", "environmentGroup", "deployToAll"],
        FieldName::MaxConcurrency => vec!["spec", "multiDeploymentConfig", "maxConcurrency"],
        FieldName::OnFailure => vec!["spec", "multiDeploymentConfig", "onFailure"],
        FieldName::PipelineStatus => vec!["when", "pipelineStatus"],
        FieldName::Condition => vec!["when", "condition"],
        FieldName::StrategyMaxConcurrency => {
            let kind = limit(stage(root, address));
            ["strategy"].into_iter().chain(kind).chain(["maxConcurrency"]).collect()
        }
        FieldName::StrategyOnFailure => vec!["strategy", "onFailure"],
        FieldName::NodeName => vec!["strategy", "matrix", "nodeName"],
        FieldName::Times => vec!["strategy", "repeat", "times"],
        FieldName::Start => vec!["strategy", "repeat", "start"],
        FieldName::End => vec!["strategy", "repeat", "end"],
        FieldName::Unit => vec!["strategy", "repeat", "unit"],
        FieldName::PartitionSize => vec!["strategy", "repeat", "partitionSize"],
        FieldName::Parallelism => vec!["strategy", "parallelism"],
    };
    let is_bare = !root.is_sequence() && root.get("stage").is_none() && root.get("spec").is_none();
    if is_bare {
        path.retain(|key| *key != "spec");
    }
    let stage = stage(root, address);
    let Some(value) = value else { return clear(stage, &path) };
    if field == FieldName::Condition && !is_there(stage, "when") {
        *made(made(stage, "when"), "pipelineStatus") = "Success".into();
    }
    if field == FieldName::Times {
        let repeat = at(stage, &["strategy", "repeat"]).expect("repeat");
        for key in ["items", "start", "end", "unit", "partitionSize"] {
            map(repeat).shift_remove(key);
        }
    }
    // Numbers and flags keep their type, unless the old value was a string; all else is text.
    let old = at(stage, &path).cloned();
    let place = path.iter().fold(stage, |value, key| made(value, key));
    let typed: Value = serde_yaml::from_str(value).unwrap_or_else(|_| value.into());
    let is_typed =
        (typed.is_number() || typed.is_bool()) && !old.is_some_and(|old| old.is_string());
    *place = if is_typed { typed } else { value.into() };
}

fn from_stage(spec: &mut Value, is_services: bool, value: Option<&str>) {
    let (keys, one, reference): (&[&str], _, _) = if is_services {
        (&["services", "service", "serviceConfig"], "service", "serviceRef")
    } else {
        let keys = &["environments", "environmentGroup", "environment", "infrastructure"];
        (keys, "environment", "environmentRef")
    };
    let key = keys.iter().copied().find(|key| is_there(spec, key));
    let takes = key.is_some_and(|key| spec[key].get("useFromStage").is_some());
    match (key, value) {
        (Some(key), Some(stage)) if takes => spec[key]["useFromStage"]["stage"] = stage.into(),
        (Some(_), None) if !takes => {}
        (_, value) => {
            let key = key.inspect(|key| {
                map(spec).shift_remove(*key);
            });
            let new = if value.is_some() && key == Some("services") { "services" } else { one };
            *made(spec, new) = match value {
                Some(stage) => new_map([("useFromStage", new_map([("stage", stage.into())]))]),
                None => new_map([(reference, "<+input>".into())]),
            };
        }
    }
}

/// Removes a value, and the mappings that are empty without it.
fn clear(value: &mut Value, path: &[&str]) {
    let Some((key, rest)) = path.split_first() else { return };
    let Some(below) = value.get_mut(key) else { return };
    if !rest.is_empty() {
        let had = at(below, rest).is_some();
        clear(below, rest);
        if !had || below.as_mapping().is_none_or(|it| !it.is_empty()) {
            return;
        }
    }
    map(value).shift_remove(*key);
}

//! Single values of a stage.

use deployline_yaml::Node;
use deployline_yaml::edit::{Path, Refusal, Value};

use super::FieldName;
use super::change_list::{ChangeList, join};
use super::context::{Context, check_unlocked, clear, put, refuse};
use crate::looping::{count_path, keys, limit_path};
use crate::read::condition_path;
use crate::{Address, Field, StageForm, StrategyKind};

const HOW_OFTEN: &str = "It says how often the stage runs: give it another number.";

/// Kind of value that a field takes.
enum Takes {
    Text,
    /// A whole number of at least this, or an expression.
    Count(u64),
    Flag,
    OneOf(&'static [&'static str]),
}

pub(super) fn set(
    cx: &Context<'_>,
    address: &Address,
    field: FieldName,
    value: Option<&str>,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    let stage = cx.stage(address)?;
    let form = form_of(cx, stage, field)?;
    check_unlocked(form.lock.as_ref())?;
    let units = &keys(cx.source.schema).units;
    let value = value.map(|value| read(field, value, (form, units))).transpose()?;
    match field {
        FieldName::ServicesFromStage | FieldName::EnvironmentsFromStage => {
            from_stage(cx, address, field == FieldName::ServicesFromStage, value, changes)
        }
        FieldName::Name if value.is_none() => {
            Err(Refusal { reason: "A stage needs a name.", span: form.span })
        }
        FieldName::Group if value.is_none() => {
            Err(Refusal { reason: "A group needs a reference.", span: form.span })
        }
        FieldName::Parallelism if value.is_none() => {
            Err(Refusal { reason: HOW_OFTEN, span: form.span })
        }
        FieldName::Times => times(cx, address, value, changes),
        _ => set_at(cx, address, field, value, changes),
    }
}

fn set_at(
    cx: &Context<'_>,
    address: &Address,
    field: FieldName,
    value: Option<Value>,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    let Way { path, node, keys, after } = way(cx, address, field)?;
    let Some(mut value) = value else {
        clear(changes, &path, node, &keys);
        return Ok(());
    };
    let is_new = node.get(keys[0]).is_none_or(Node::is_null);
    let mut keys = keys;
    if field == FieldName::Condition && is_new && !cx.is_v1() {
        // The product has no condition without a status.
        let success = Value::text("Success");
        value = Value::map([("pipelineStatus", success), ("condition", value)]);
        keys = vec!["when"];
    }
    put(changes, &path, node, &keys, after, value);
    Ok(())
}

fn form_of<'a>(
    cx: &Context<'a>,
    stage: &'a StageForm,
    field: FieldName,
) -> Result<&'a Field, Refusal> {
    let deploy = || cx.deploy(&stage.address);
    let strategy = &stage.strategy;
    Ok(match field {
        FieldName::Name => &stage.name,
        FieldName::ServicesFromStage => &deploy()?.services.from_stage,
        FieldName::EnvironmentsFromStage => &deploy()?.environments.from_stage,
        FieldName::Group => &deploy()?.environments.group,
        FieldName::GroupDeployToAll => &deploy()?.environments.group_deploys_to_all,
        FieldName::MaxConcurrency => &deploy()?.max_concurrency,
        FieldName::OnFailure => &deploy()?.on_failure,
        FieldName::PipelineStatus => &stage.pipeline_status,
        FieldName::Condition => &stage.condition,
        FieldName::StrategyMaxConcurrency => &strategy.max_concurrency,
        FieldName::StrategyOnFailure => &strategy.on_failure,
        FieldName::NodeName => &strategy.node_name,
        FieldName::Times => &strategy.times,
        FieldName::Start => &strategy.start,
        FieldName::End => &strategy.end,
        FieldName::Unit => &strategy.unit,
        FieldName::PartitionSize => &strategy.partition_size,
        FieldName::Parallelism => &strategy.parallelism,
    })
}

/// Path of a field: keys below a mapping that is there.
struct Way<'a> {
    path: Path,
    node: Node<'a>,
    keys: Vec<&'static str>,
    /// The key to stand behind, if it is new.
    after: Option<&'static str>,
}

fn way<'a>(cx: &Context<'a>, address: &Address, field: FieldName) -> Result<Way<'a>, Refusal> {
    let keys: &[&str] = match field {
        FieldName::Name => &["name"],
        FieldName::PipelineStatus => &["when", "pipelineStatus"],
        FieldName::Condition => condition_path(cx.source.schema),
        FieldName::MaxConcurrency => &["multiDeploymentConfig", "maxConcurrency"],
        FieldName::OnFailure => &["multiDeploymentConfig", "onFailure"],
        FieldName::Group if cx.is_v1() => &["environment", "group"],
        FieldName::Group => &["environmentGroup", "envGroupRef"],
        FieldName::GroupDeployToAll => &["environmentGroup", "deployToAll"],
        _ => return strategy_way(cx, address, field),
    };
    let is_of_spec = matches!(
        field,
        FieldName::MaxConcurrency
            | FieldName::OnFailure
            | FieldName::Group
            | FieldName::GroupDeployToAll
    );
    if !is_of_spec {
        let (path, node) = cx.stage_node(address)?;
        return Ok(Way { path, node, keys: keys.to_vec(), after: None });
    }
    if let (path, Some(node)) = cx.spec(address)? {
        let lists = ["environments", "environmentGroup", "environment", "services", "service"];
        let after = lists.into_iter().find(|key| node.get(key).is_some());
        let mut keys = keys.to_vec();
        let in_id = field == FieldName::Group && node.at(&["environment", "group", "id"]).is_some();
        if cx.is_v1() && in_id {
            keys.push("id");
        }
        return Ok(Way { path, node, keys, after });
    }
    let (path, node) = cx.stage_node(address)?;
    Ok(Way { path, node, keys: [&["spec"], keys].concat(), after: Some("type") })
}

fn strategy_way<'a>(
    cx: &Context<'a>,
    address: &Address,
    field: FieldName,
) -> Result<Way<'a>, Refusal> {
    let stage = cx.stage(address)?;
    check_unlocked(stage.strategy.lock.as_ref())?;
    let (path, node) = cx.stage_node(address)?;
    let Some(strategy) = node.get("strategy").filter(|strategy| !strategy.is_null()) else {
        return refuse("The stage has no strategy yet: choose one first.", node);
    };
    let kind = stage.strategy.kind;
    let names = keys(cx.source.schema);
    let (keys, of): (&[&'static str], _) = match field {
        FieldName::StrategyMaxConcurrency => (limit_path(kind, cx.source.schema), None),
        FieldName::NodeName => (names.node_name, Some(StrategyKind::Matrix)),
        FieldName::Times => (&names.times, Some(StrategyKind::Repeat)),
        FieldName::Start => (&["repeat", "start"], Some(StrategyKind::Repeat)),
        FieldName::End => (&["repeat", "end"], Some(StrategyKind::Repeat)),
        FieldName::Unit => (&["repeat", "unit"], Some(StrategyKind::Repeat)),
        FieldName::PartitionSize => (&names.partition_size, Some(StrategyKind::Repeat)),
        FieldName::Parallelism => {
            (count_path(strategy, cx.source.schema), Some(StrategyKind::Parallelism))
        }
        _ => (&["onFailure"], None),
    };
    if of.is_some_and(|of| of != kind) {
        return refuse("This belongs to another strategy: choose that first.", strategy);
    }
    Ok(Way { path, node, keys: [&["strategy"], keys].concat(), after: None })
}

/// `times` takes the place of `items`.
fn times(
    cx: &Context<'_>,
    address: &Address,
    value: Option<Value>,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    let Way { path, node, keys, .. } = way(cx, address, FieldName::Times)?;
    let Some(value) = value else { return refuse(HOW_OFTEN, node) };
    put(changes, &path, node, &keys, None, value);
    let [_, partition_size] = crate::looping::keys(cx.source.schema).partition_size;
    for key in ["items", "start", "end", "unit", partition_size] {
        if node.at(&["strategy", "repeat", key]).is_some() {
            changes.remove(&join(&path, &["strategy", "repeat", key]));
        }
    }
    Ok(())
}

/// Puts `useFromStage` in the place of the present value, or a value of its own in the place of
/// `useFromStage`.
fn from_stage(
    cx: &Context<'_>,
    address: &Address,
    is_services: bool,
    value: Option<Value>,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    let (path, spec) = cx.spec(address)?;
    let Some(spec) = spec.filter(|_| !cx.is_v1()) else {
        return refuse("This schema takes nothing from other stages.", cx.root());
    };
    let (one, keys, reference): (_, &[&str], _) = if is_services {
        ("service", &["services", "service", "serviceConfig"], "serviceRef")
    } else {
        let keys = &["environments", "environmentGroup", "environment", "infrastructure"];
        ("environment", keys, "environmentRef")
    };
    let written = keys.iter().find(|key| spec.get(key).is_some_and(|value| !value.is_null()));
    let current = written.and_then(|key| spec.get(key));
    let takes = current.is_some_and(|current| current.get("useFromStage").is_some());
    match (written, value) {
        (Some(key), Some(stage)) if takes => {
            let keys = &["useFromStage", "stage"];
            put(changes, &join(&path, &[key]), current.unwrap_or(spec), keys, None, stage);
        }
        (Some(_), None) if !takes => {}
        (written, value) => {
            let value = match value {
                Some(stage) => Value::map([("useFromStage", Value::map([("stage", stage)]))]),
                None => Value::map([(reference, Value::text("<+input>"))]),
            };
            match written {
                Some(key) => {
                    // A list takes a list.
                    let is_list = *key == "services" && value_takes(&value);
                    let new = if is_list { key } else { one };
                    changes.replace_entry(&path, key, new, value);
                }
                None => put(changes, &path, spec, &[one], Some("deploymentType"), value),
            }
        }
    }
    Ok(())
}

fn value_takes(value: &Value) -> bool {
    matches!(value, Value::Map(entries) if entries.iter().any(|(key, _)| key == "useFromStage"))
}

fn read(
    field: FieldName,
    text: &str,
    (form, units): (&Field, &'static [&'static str]),
) -> Result<Value, Refusal> {
    let takes = match field {
        FieldName::MaxConcurrency
        | FieldName::Times
        | FieldName::PartitionSize
        | FieldName::Parallelism => Takes::Count(1),
        FieldName::StrategyMaxConcurrency | FieldName::Start | FieldName::End => Takes::Count(0),
        FieldName::OnFailure | FieldName::StrategyOnFailure => {
            Takes::OneOf(&["RunAll", "SkipQueued"])
        }
        FieldName::PipelineStatus => Takes::OneOf(&["Success", "Failure", "All"]),
        FieldName::Unit => Takes::OneOf(units),
        FieldName::GroupDeployToAll => Takes::Flag,
        _ => Takes::Text,
    };
    let refuse = |reason| Err(Refusal { reason, span: form.span });
    let is_expression = deployline_planner::is_expression(text);
    match takes {
        Takes::Text => Ok(Value::text(text)),
        _ if is_expression => Ok(Value::text(text)),
        Takes::Count(least) => match text.trim().parse::<u64>() {
            Ok(count) if count >= least => Ok(Value::word(count.to_string())),
            _ if least == 0 => refuse("Expected a whole number."),
            _ => refuse("Expected a whole number of at least 1."),
        },
        Takes::Flag if ["true", "false"].contains(&text) => Ok(Value::word(text.to_owned())),
        Takes::Flag => refuse("Expected `true` or `false`."),
        Takes::OneOf(words) if words.contains(&text) => Ok(Value::text(text)),
        Takes::OneOf(_) => refuse("Expected one of the words that are offered here."),
    }
}

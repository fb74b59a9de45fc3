//! The environments of a stage.

pub(super) mod infrastructures;
mod switch;

use deployline_yaml::edit::{Change, Path, Refusal, Step, Value};
use deployline_yaml::{Node, NodeKind};

use super::ListChange;
use super::list_change::{self, Target};
use super::plan::{Plan, join};
use super::scene::{Scene, open, put, refuse};
use super::services::{ONE, TAKEN, rename_one};
use crate::lists::{self, List};
use crate::{Address, Environments, EnvironmentsMode};
pub(super) use switch::switch;

const LAST: &str = "A stage needs an environment: give it another one instead.";
const GROUP_WHOLE: &str = "The group lists no environments: it deploys to all it knows.";
const V1_GROUP: &str = "Groups are written in the YAML in this schema.";

pub(super) fn change(
    scene: &Scene<'_>,
    address: &Address,
    change: &ListChange,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let form = &scene.deploy(address)?.environments;
    let (path, spec) = scene.spec(address)?;
    let fresh = |name: &str| fresh(scene, name);
    let Some(spec) = spec else {
        return match change {
            ListChange::Add { name, .. } => {
                let (stage_path, stage) = scene.stage_node(address)?;
                put(plan, &stage_path, stage, &["spec", "environment"], Some("type"), fresh(name));
                Ok(())
            }
            _ => Err(scene.gone()),
        };
    };
    let (_, list) = lists::environments(spec, scene.source.schema);
    let list_path = join(&path, &list.steps);
    match (form.mode, change, list.node) {
        (EnvironmentsMode::FromStage, ..) => refuse(TAKEN, spec.get(list.steps[0]).unwrap_or(spec)),
        (EnvironmentsMode::Older, ..) => open(form.lock.as_ref()),
        (EnvironmentsMode::Missing, ListChange::Add { name, .. }, _) => {
            open(form.lock.as_ref())?;
            let after = ["services", "service"].into_iter().find(|key| spec.get(key).is_some());
            put(plan, &path, spec, &["environment"], after, fresh(name));
            Ok(())
        }
        (EnvironmentsMode::Missing, ..) => refuse("There is no environment yet.", spec),
        (EnvironmentsMode::One, _, Some(node)) => {
            change_one(plan, &list_path, node, &list, form, change, scene)
        }
        (EnvironmentsMode::Many | EnvironmentsMode::Group, _, Some(node)) => {
            let target = Target {
                path: list_path,
                node,
                items: form.items.iter().map(|environment| &environment.item).collect(),
                lock: form.lock.as_ref(),
                name_key: Some(list.name_key),
                last: LAST,
            };
            list_change::plan(plan, &target, change, &fresh)
        }
        (_, ListChange::Add { name, .. }, None) if !list.steps.is_empty() => {
            open(form.lock.as_ref())?;
            if scene.is_v1() {
                return refuse(V1_GROUP, spec);
            }
            put(plan, &path, spec, &list.steps, None, Value::List(vec![fresh(name)]));
            Ok(())
        }
        _ => refuse(GROUP_WHOLE, spec),
    }
}

fn fresh(scene: &Scene<'_>, name: &str) -> Value {
    let name = Value::text(name);
    if scene.is_v1() {
        return Value::map([("id", name), ("deploy-to", Value::Word("all".to_owned()))]);
    }
    Value::map([("environmentRef", name), ("deployToAll", Value::Word("true".to_owned()))])
}

fn change_one(
    plan: &mut Plan,
    path: &[Step],
    node: Node<'_>,
    list: &List<'_>,
    form: &Environments,
    change: &ListChange,
    scene: &Scene<'_>,
) -> Result<(), Refusal> {
    let Some(one) = form.items.first().map(|environment| &environment.item) else {
        return Err(scene.gone());
    };
    match change {
        ListChange::Add { at, name } => {
            open(form.lock.as_ref())?;
            let list = to_many(plan, path, scene.is_v1());
            let value = match node.kind() {
                NodeKind::Scalar => Value::text(name.clone()),
                _ => fresh(scene, name),
            };
            plan.changes.push(Change::InsertItem { list, at: (*at).min(1), value });
            Ok(())
        }
        ListChange::Rename { at: 0, name } => {
            open(one.name.lock.as_ref())?;
            rename_one(plan, path, node, list.name_key, name);
            Ok(())
        }
        ListChange::Replace { at: 0, name } => {
            open(one.lock.as_ref())?;
            let key = list.steps[0];
            replace_entry(plan, &path[..path.len() - 1], key, key, fresh(scene, name));
            Ok(())
        }
        ListChange::Remove { .. } => refuse(LAST, node),
        ListChange::Move { from: 0, to: 0 } => Ok(()),
        _ => refuse(ONE, node),
    }
}

/// Another key and value in the place of an entry.
pub(super) fn replace_entry(plan: &mut Plan, map: &[Step], key: &str, new_key: &str, value: Value) {
    // Under another name first, since a key can't be there twice.
    const OLD: &str = "replaced";
    let at = join(map, &[key]);
    plan.rename(&at, OLD);
    plan.insert_entry(map, Some(OLD), new_key, value);
    plan.changes.push(Change::Remove { at: join(map, &[OLD]), keeps_comments: true });
}

/// `environment` to a list of it; where that is afterwards.
fn to_many(plan: &mut Plan, path: &[Step], is_v1: bool) -> Path {
    if is_v1 {
        plan.nest(path, vec!["items".into(), 0.into()]);
        return join(path, &["items"]);
    }
    plan.nest(path, vec!["values".into(), 0.into()]);
    plan.rename(path, "environments");
    join(&path[..path.len() - 1], &["environments", "values"])
}

//! The services of a stage.

use deployline_yaml::edit::{Change, Path, Refusal, Step, Value};
use deployline_yaml::{Node, NodeKind};

use super::ListChange;
use super::list_change::{self, Target};
use super::plan::{Plan, join};
use super::scene::{Scene, open, put, refuse};
use crate::lists::{self, List};
use crate::{Address, Services, ServicesMode};

pub(super) const TAKEN: &str = "It is taken from another stage by `useFromStage`: change it there.";
const LAST: &str = "A stage needs a service: give it another one instead.";
pub(super) const WHICH: &str = "There are several: say which one to keep.";
pub(super) const ONE: &str = "There is one, and no list of them.";

pub(super) fn change(
    scene: &Scene<'_>,
    address: &Address,
    change: &ListChange,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let form = &scene.deploy(address)?.services;
    let (path, spec) = scene.spec(address)?;
    let fresh = |name: &str| fresh(scene, name);
    let Some(spec) = spec else {
        return match change {
            ListChange::Add { name, .. } => {
                let (stage_path, stage) = scene.stage_node(address)?;
                put(plan, &stage_path, stage, &["spec", "service"], Some("type"), fresh(name));
                Ok(())
            }
            _ => Err(scene.gone()),
        };
    };
    let (_, list) = lists::services(spec, scene.source.schema);
    match (form.mode, change) {
        (ServicesMode::FromStage, _) => refuse(TAKEN, spec.get(list.steps[0]).unwrap_or(spec)),
        (ServicesMode::Older, _) => open(form.lock.as_ref()),
        (ServicesMode::Missing, ListChange::Add { name, .. }) => {
            open(form.lock.as_ref())?;
            put(plan, &path, spec, &["service"], Some("deploymentType"), fresh(name));
            Ok(())
        }
        (ServicesMode::Missing, _) => refuse("There is no service yet.", spec),
        (ServicesMode::One, _) => {
            change_one(plan, &join(&path, &list.steps), &list, form, change, scene)
        }
        (ServicesMode::Many, _) => {
            let Some(node) = list.node else {
                // `values` is missing or empty.
                open(form.lock.as_ref())?;
                let ListChange::Add { name, .. } = change else { return Err(scene.gone()) };
                let new = Value::List(vec![fresh(name)]);
                put(plan, &path, spec, &list.steps, None, new);
                return Ok(());
            };
            let target = Target {
                path: join(&path, &list.steps),
                node,
                items: form.items.iter().collect(),
                lock: form.lock.as_ref(),
                name_key: Some(list.name_key),
                last: LAST,
            };
            list_change::plan(plan, &target, change, &fresh)
        }
    }
}

fn fresh(scene: &Scene<'_>, name: &str) -> Value {
    if scene.is_v1() { Value::text(name) } else { Value::map([("serviceRef", Value::text(name))]) }
}

fn change_one(
    plan: &mut Plan,
    path: &[Step],
    list: &List<'_>,
    form: &Services,
    change: &ListChange,
    scene: &Scene<'_>,
) -> Result<(), Refusal> {
    let (Some(node), Some(item)) = (list.node, form.items.first()) else {
        return Err(scene.gone());
    };
    match change {
        ListChange::Add { at, name } => {
            open(form.lock.as_ref())?;
            let list = to_many(plan, path, node, scene.is_v1());
            // The new item sees the list as it will be.
            plan.changes.push(Change::InsertItem {
                list,
                at: (*at).min(1),
                value: match node.kind() {
                    NodeKind::Scalar => Value::text(name.clone()),
                    _ if scene.is_v1() => Value::map([("id", Value::text(name.clone()))]),
                    _ => fresh(scene, name),
                },
            });
            Ok(())
        }
        ListChange::Rename { at: 0, name } => {
            open(item.name.lock.as_ref())?;
            rename_one(plan, path, node, list.name_key, name);
            Ok(())
        }
        ListChange::Replace { at: 0, name } => {
            open(item.lock.as_ref())?;
            rename_one(plan, path, node, list.name_key, name);
            for (key, _) in node.entries().filter(|_| node.kind() == NodeKind::Mapping) {
                match key.as_str() {
                    Some(key) if key != list.name_key => plan.remove(&join(path, &[key])),
                    _ => {}
                }
            }
            Ok(())
        }
        ListChange::Remove { .. } => refuse(LAST, node),
        ListChange::Move { from: 0, to: 0 } => Ok(()),
        _ => refuse(ONE, node),
    }
}

pub(super) fn rename_one(
    plan: &mut Plan,
    path: &[Step],
    node: Node<'_>,
    name_key: &str,
    name: &str,
) {
    let name = Value::text(name);
    match node.kind() {
        NodeKind::Mapping => put(plan, path, node, &[name_key], None, name),
        _ => plan.replace(path, name),
    }
}

/// `service` to a list of it; where that is afterwards.
fn to_many(plan: &mut Plan, path: &[Step], node: Node<'_>, is_v1: bool) -> Path {
    if is_v1 {
        let steps: Path = match node.kind() {
            NodeKind::Scalar => vec![0.into()],
            _ => vec!["items".into(), 0.into()],
        };
        plan.nest(path, steps.clone());
        return [path, &steps[..steps.len() - 1]].concat();
    }
    plan.nest(path, vec!["values".into(), 0.into()]);
    plan.rename(path, "services");
    join(&path[..path.len() - 1], &["services", "values"])
}

pub(super) fn switch(
    scene: &Scene<'_>,
    address: &Address,
    many: bool,
    keep: Option<usize>,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let form = &scene.deploy(address)?.services;
    open(form.lock.as_ref())?;
    let (path, spec) = scene.spec(address)?;
    let Some(spec) = spec else { return Err(scene.gone()) };
    let (_, list) = lists::services(spec, scene.source.schema);
    match (form.mode, many, list.node) {
        (ServicesMode::One, true, Some(node)) => {
            to_many(plan, &join(&path, &list.steps), node, scene.is_v1());
            Ok(())
        }
        (ServicesMode::Many, false, Some(node)) => {
            let holder = join(&path, &list.steps[..1]);
            let holder_node = spec.get(list.steps[0]).unwrap_or(spec);
            keep_one(plan, &holder, holder_node, &list, node, keep)?;
            if !scene.is_v1() {
                plan.rename(&holder, "service");
            }
            Ok(())
        }
        (ServicesMode::One, false, _) | (ServicesMode::Many, true, _) => Ok(()),
        (ServicesMode::FromStage, ..) => refuse(TAKEN, spec.get(list.steps[0]).unwrap_or(spec)),
        _ => refuse("There is no service yet.", spec),
    }
}

/// Leaves one item of a list, in the place of what holds the list.
pub(super) fn keep_one(
    plan: &mut Plan,
    holder: &[Step],
    holder_node: Node<'_>,
    list: &List<'_>,
    node: Node<'_>,
    keep: Option<usize>,
) -> Result<(), Refusal> {
    let count = node.items().len();
    let keep = match (keep, count) {
        (_, 0) => return refuse("The list is empty: add one first.", node),
        (Some(keep), _) if keep < count => keep,
        (None, 1) => 0,
        (None, _) => return refuse(WHICH, node),
        (Some(_), _) => return refuse(super::scene::GONE, node),
    };
    let list_path = join(holder, &list.steps[1..]);
    if count > 1 {
        plan.keep_item(&list_path, keep);
    }
    // What a list says about all its items has no meaning for one.
    for key in ["metadata", "parallel"] {
        if list.steps.len() > 1 && holder_node.get(key).is_some() {
            plan.remove(&join(holder, &[key]));
        }
    }
    let steps = list.steps[1..].iter().map(|step| Step::from(*step)).chain([Step::Index(0)]);
    plan.unnest(holder, steps.collect());
    Ok(())
}

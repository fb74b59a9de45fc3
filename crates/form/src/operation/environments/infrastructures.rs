//! The infrastructures of an environment, or all of them.

use deployline_yaml::edit::{Change, Path, Refusal, Step, Value};
use deployline_yaml::{Node, NodeKind};

use super::replace_entry;
use crate::lists::{self, List};
use crate::operation::ListChange;
use crate::operation::list_change::{self, Target};
use crate::operation::plan::{Plan, item, join};
use crate::operation::scene::{GONE, Scene, open, put, refuse};
use crate::operation::services::ONE;
use crate::{Address, EnvironmentForm, Field};

const LAST: &str =
    "An environment needs an infrastructure, or `deployToAll`: give it another one instead.";

/// An environment of a stage: where it is, the form of it.
struct Place<'a> {
    path: Path,
    node: Node<'a>,
    form: &'a EnvironmentForm,
}

fn place<'a>(
    scene: &Scene<'a>,
    address: &Address,
    environment: usize,
) -> Result<Place<'a>, Refusal> {
    let form = &scene.deploy(address)?.environments;
    let (path, spec) = scene.spec(address)?;
    let Some(spec) = spec else { return Err(scene.gone()) };
    let (_, list) = lists::environments(spec, scene.source.schema);
    let found = list.items().get(environment).copied().zip(form.items.get(environment));
    let Some((node, form)) = found else { return Err(scene.gone()) };
    let path = join(&path, &list.steps);
    let path = if list.is_one { path } else { item(&path, environment) };
    Ok(Place { path, node, form })
}

pub(in crate::operation) fn change(
    scene: &Scene<'_>,
    address: &Address,
    environment: usize,
    change: &ListChange,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let Place { path, node, form } = place(scene, address, environment)?;
    let lock = form.infrastructures_lock.as_ref();
    let list = lists::infrastructures(node, scene.source.schema);
    let fresh = |name: &str| match scene.is_v1() {
        true => Value::text(name),
        false => Value::map([("identifier", Value::text(name))]),
    };
    let list_path = join(&path, &list.steps);
    let is_add = matches!(change, ListChange::Add { .. });
    if is_add {
        open(lock)?;
        open(form.deploys_to_all.lock.as_ref())?;
    }
    match (list.node, change) {
        (None, ListChange::Add { name, .. }) => {
            add_first(plan, &path, node, &list, fresh(name), scene.is_v1());
        }
        (None, _) => return refuse(GONE, node),
        (Some(one), ListChange::Rename { at: 0, name }) if list.is_one => {
            open(form.infrastructures.first().and_then(|one| one.name.lock.as_ref()))?;
            let _ = one;
            plan.replace(&list_path, Value::text(name.clone()));
        }
        (Some(_), ListChange::Add { at, name }) if list.is_one => {
            plan.nest(&list_path, vec![0.into()]);
            plan.changes.push(Change::InsertItem {
                list: list_path,
                at: (*at).min(1),
                value: Value::text(name.clone()),
            });
        }
        (Some(one), _) if list.is_one => return refuse(ONE, one),
        (Some(written), _) => {
            let target = Target {
                path: list_path.clone(),
                node: written,
                items: form.infrastructures.iter().collect(),
                lock,
                name_key: Some(list.name_key),
                last: LAST,
            };
            let is_last = matches!(change, ListChange::Remove { .. }) && target.items.len() == 1;
            if is_last && form.deploys_to_all.is_true() && !scene.is_v1() {
                open(lock)?;
                plan.remove(&list_path);
                return Ok(());
            }
            list_change::plan(plan, &target, change, &fresh)?;
            if is_add && form.deploys_to_all.is_true() {
                plan.replace(&join(&path, &["deployToAll"]), Value::Word("false".to_owned()));
            }
        }
    }
    Ok(())
}

/// The first infrastructure of an environment, instead of all of them.
fn add_first(
    plan: &mut Plan,
    path: &[Step],
    node: Node<'_>,
    list: &List<'_>,
    new: Value,
    is_v1: bool,
) {
    let key = list.steps[0];
    if is_v1 {
        match node.get(key) {
            Some(_) => plan.replace(&join(path, &[key]), new),
            None => plan.insert_entry(path, Some("id"), key, new),
        }
        return;
    }
    let is_there = node.get("deployToAll").is_some_and(|all| !all.is_null());
    if is_there {
        plan.replace(&join(path, &["deployToAll"]), Value::Word("false".to_owned()));
    }
    let after = if is_there { "deployToAll" } else { "environmentRef" };
    put(plan, path, node, &[key], Some(after), Value::List(vec![new]));
}

pub(in crate::operation) fn deploy_to_all(
    scene: &Scene<'_>,
    address: &Address,
    environment: usize,
    on: bool,
    plan: &mut Plan,
) -> Result<(), Refusal> {
    let Place { path, node, form } = place(scene, address, environment)?;
    let Field { lock, .. } = &form.deploys_to_all;
    open(lock.as_ref())?;
    if !scene.is_v1() {
        let word = Value::Word(if on { "true" } else { "false" }.to_owned());
        put(plan, &path, node, &["deployToAll"], Some("environmentRef"), word);
        return Ok(());
    }
    if on == form.deploys_to_all.is_true() {
        return Ok(());
    }
    if !on {
        return refuse("Add an infrastructure instead: `deploy-to` then names it.", node);
    }
    let all = Value::Word("all".to_owned());
    match node.get("deploy-to").map(Node::kind) {
        None => plan.insert_entry(&path, Some("id"), "deploy-to", all),
        Some(NodeKind::Scalar | NodeKind::Null) => plan.replace(&join(&path, &["deploy-to"]), all),
        Some(_) => replace_entry(plan, &path, "deploy-to", "deploy-to", all),
    }
    Ok(())
}

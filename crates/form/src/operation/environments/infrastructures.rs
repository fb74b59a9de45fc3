//! The infrastructures of an environment, or all of them.

use deployline_yaml::edit::{Change, Path, Refusal, Step, Value};
use deployline_yaml::{Node, NodeKind};

use super::replace_entry;
use crate::lists::{self, List};
use crate::operation::ListChange;
use crate::operation::change_list::{ChangeList, item, join};
use crate::operation::context::{Context, NOT_IN_TEXT, check_unlocked, put, refuse};
use crate::operation::list_change::{self, ListTarget};
use crate::operation::services::ONE;
use crate::{Address, EnvironmentForm, Field};

const LAST: &str =
    "An environment needs an infrastructure, or `deployToAll`: give it another one instead.";

/// An environment of a stage: its path, its node, its form.
struct EnvironmentNode<'a> {
    path: Path,
    node: Node<'a>,
    form: &'a EnvironmentForm,
}

fn environment_node<'a>(
    cx: &Context<'a>,
    address: &Address,
    environment: usize,
) -> Result<EnvironmentNode<'a>, Refusal> {
    let form = &cx.deploy(address)?.environments;
    let (path, spec) = cx.spec(address)?;
    let Some(spec) = spec else { return Err(cx.not_in_text()) };
    let (_, list) = lists::environments(spec, cx.source.schema);
    let found = list.items().get(environment).copied().zip(form.items.get(environment));
    let Some((node, form)) = found else { return Err(cx.not_in_text()) };
    let path = join(&path, &list.steps);
    let path = if list.is_one { path } else { item(&path, environment) };
    Ok(EnvironmentNode { path, node, form })
}

pub(in crate::operation) fn change(
    cx: &Context<'_>,
    address: &Address,
    environment: usize,
    change: &ListChange,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    let EnvironmentNode { path, node, form } = environment_node(cx, address, environment)?;
    let lock = form.infrastructures_lock.as_ref();
    let list = lists::infrastructures(node, cx.source.schema);
    let new_item = |name: &str| match cx.is_v1() {
        true => Value::text(name),
        false => Value::map([("identifier", Value::text(name))]),
    };
    let list_path = join(&path, &list.steps);
    let is_add = matches!(change, ListChange::Add { .. });
    if is_add {
        check_unlocked(lock)?;
        check_unlocked(form.deploys_to_all.lock.as_ref())?;
    }
    match (list.node, change) {
        (None, ListChange::Add { name, .. }) => {
            add_first(changes, &path, node, &list, new_item(name), cx.is_v1());
        }
        (None, _) => return refuse(NOT_IN_TEXT, node),
        (Some(one), ListChange::Rename { at: 0, name }) if list.is_one => {
            check_unlocked(form.infrastructures.first().and_then(|one| one.name.lock.as_ref()))?;
            let _ = one;
            changes.replace(&list_path, Value::text(name.clone()));
        }
        (Some(_), ListChange::Add { at, name }) if list.is_one => {
            changes.nest(&list_path, vec![0.into()]);
            changes.list.push(Change::InsertItem {
                list: list_path,
                at: (*at).min(1),
                value: Value::text(name.clone()),
            });
        }
        (Some(one), _) if list.is_one => return refuse(ONE, one),
        (Some(written), _) => {
            let target = ListTarget {
                path: list_path.clone(),
                node: written,
                items: form.infrastructures.iter().collect(),
                lock,
                name_key: Some(list.name_key),
                last: LAST,
            };
            let is_last = matches!(change, ListChange::Remove { .. }) && target.items.len() == 1;
            if is_last && form.deploys_to_all.is_true() && !cx.is_v1() {
                check_unlocked(lock)?;
                changes.remove(&list_path);
                return Ok(());
            }
            list_change::apply(changes, &target, change, &new_item)?;
            if is_add && form.deploys_to_all.is_true() {
                changes.replace(&join(&path, &["deployToAll"]), Value::Word("false".to_owned()));
            }
        }
    }
    Ok(())
}

/// The first infrastructure of an environment, instead of all of them.
fn add_first(
    changes: &mut ChangeList,
    path: &[Step],
    node: Node<'_>,
    list: &List<'_>,
    new: Value,
    is_v1: bool,
) {
    let key = list.steps[0];
    if is_v1 {
        match node.get(key) {
            Some(_) => changes.replace(&join(path, &[key]), new),
            None => changes.insert_entry(path, Some("id"), key, new),
        }
        return;
    }
    let is_there = node.get("deployToAll").is_some_and(|all| !all.is_null());
    if is_there {
        changes.replace(&join(path, &["deployToAll"]), Value::Word("false".to_owned()));
    }
    let after = if is_there { "deployToAll" } else { "environmentRef" };
    put(changes, path, node, &[key], Some(after), Value::List(vec![new]));
}

pub(in crate::operation) fn deploy_to_all(
    cx: &Context<'_>,
    address: &Address,
    environment: usize,
    on: bool,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    let EnvironmentNode { path, node, form } = environment_node(cx, address, environment)?;
    let Field { lock, .. } = &form.deploys_to_all;
    check_unlocked(lock.as_ref())?;
    if !cx.is_v1() {
        let word = Value::Word(if on { "true" } else { "false" }.to_owned());
        put(changes, &path, node, &["deployToAll"], Some("environmentRef"), word);
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
        None => changes.insert_entry(&path, Some("id"), "deploy-to", all),
        Some(NodeKind::Scalar | NodeKind::Null) => {
            changes.replace(&join(&path, &["deploy-to"]), all);
        }
        Some(_) => replace_entry(changes, &path, "deploy-to", "deploy-to", all),
    }
    Ok(())
}

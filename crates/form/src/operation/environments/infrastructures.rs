//! The infrastructures of an environment, or all of them.

use deployline_yaml::edit::{Change, Path, Refusal, Step, Value};
use deployline_yaml::{Node, NodeKind};

use crate::lists::{self, List};
use crate::operation::ListChange;
use crate::operation::change_list::{ChangeList, item, join};
use crate::operation::context::{Context, NOT_IN_TEXT, check_unlocked, put, refuse};
use crate::operation::list_change::{self, ListTarget};
use crate::operation::one_item::ONE;
use crate::{Address, EnvironmentForm, Field, Item};

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
    let found = list.items().nth(environment).zip(form.items.get(environment));
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
    let environment = environment_node(cx, address, environment)?;
    let EnvironmentNode { path, node, form } = &environment;
    let list = lists::infrastructures(*node, cx.source.schema);
    if matches!(change, ListChange::Add { .. }) {
        check_unlocked(form.infrastructures_lock.as_ref())?;
        check_unlocked(form.deploys_to_all.lock.as_ref())?;
    }
    match (list.node, change) {
        (None, ListChange::Add { name, .. }) => {
            add_first(changes, path, *node, &list, new_item(cx, name), cx.is_v1());
            Ok(())
        }
        (None, _) => refuse(NOT_IN_TEXT, *node),
        (Some(one), _) if list.is_one => {
            change_one(changes, &join(path, &list.steps), one, form, change)
        }
        (Some(written), _) => change_list(cx, &environment, &list, written, change, changes),
    }
}

fn new_item(cx: &Context<'_>, name: &str) -> Value {
    if cx.is_v1() { Value::text(name) } else { Value::map([("identifier", Value::text(name))]) }
}

/// Changes the only infrastructure, which is no list.
fn change_one(
    changes: &mut ChangeList,
    path: &[Step],
    one: Node<'_>,
    form: &EnvironmentForm,
    change: &ListChange,
) -> Result<(), Refusal> {
    match change {
        ListChange::Rename { at: 0, name } => {
            check_unlocked(form.infrastructures.first().and_then(|one| one.name.lock.as_ref()))?;
            changes.replace(path, Value::text(name.clone()));
        }
        ListChange::Add { at, name } => {
            changes.nest(path, vec![0.into()]);
            let (list, at, value) = (path.to_vec(), (*at).min(1), Value::text(name.clone()));
            changes.list.push(Change::InsertItem { list, at, value });
        }
        _ => return refuse(ONE, one),
    }
    Ok(())
}

/// Changes the list of infrastructures. Without any, `deployToAll` counts.
fn change_list(
    cx: &Context<'_>,
    environment: &EnvironmentNode<'_>,
    list: &List<'_>,
    node: Node<'_>,
    change: &ListChange,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    let EnvironmentNode { path: environment_path, form, .. } = environment;
    let path = join(environment_path, &list.steps);
    let lock = form.infrastructures_lock.as_ref();
    let deploys_to_all = form.deploys_to_all.is_true();
    let items: Vec<&Item> = form.infrastructures.iter().collect();
    let is_last = matches!(change, ListChange::Remove { .. }) && items.len() == 1;
    if is_last && deploys_to_all && !cx.is_v1() {
        check_unlocked(lock)?;
        changes.remove(&path);
        return Ok(());
    }
    let target = ListTarget { path, node, items, lock, name_key: Some(list.name_key), last: LAST };
    list_change::apply(changes, &target, change, &|name| new_item(cx, name))?;
    if matches!(change, ListChange::Add { .. }) && deploys_to_all {
        let path = join(environment_path, &["deployToAll"]);
        changes.replace(&path, Value::word("false"));
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
        changes.replace(&join(path, &["deployToAll"]), Value::word("false"));
    }
    let after = if is_there { "deployToAll" } else { "environmentRef" };
    let value = Value::List(vec![new]);
    match node.get(key).filter(|list| !list.is_null()) {
        // `<+input>` stood for all of them.
        Some(_) => changes.replace_entry(path, key, key, value),
        None => put(changes, path, node, &[key], Some(after), value),
    }
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
        let word = Value::word(if on { "true" } else { "false" });
        put(changes, &path, node, &["deployToAll"], Some("environmentRef"), word);
        return all_beside_flag(on, &path, node, form, changes);
    }
    if on == form.deploys_to_all.is_true() {
        return Ok(());
    }
    if !on {
        return refuse("Add an infrastructure instead: `deploy-to` then names it.", node);
    }
    let all = Value::word("all");
    match node.get("deploy-to").map(Node::kind) {
        None => changes.insert_entry(&path, Some("id"), "deploy-to", all),
        Some(NodeKind::Scalar | NodeKind::Null) => {
            changes.replace(&join(&path, &["deploy-to"]), all);
        }
        Some(_) => changes.replace_entry(&path, "deploy-to", "deploy-to", all),
    }
    Ok(())
}

/// Puts `<+input>` in the place of a list, which is how the product writes all infrastructures; or takes it
/// away.
fn all_beside_flag(
    on: bool,
    path: &[Step],
    node: Node<'_>,
    form: &EnvironmentForm,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    const KEY: &str = "infrastructureDefinitions";
    let list = node.get(KEY);
    let stands_for_all = list.is_some_and(|list| lists::stands_for_all(node, list));
    if !on {
        if stands_for_all {
            changes.remove(&join(path, &[KEY]));
        }
        return Ok(());
    }
    check_unlocked(form.infrastructures_lock.as_ref())?;
    let input = Value::text("<+input>");
    match list.map(Node::kind) {
        None => {
            let is_there = node.get("deployToAll").is_some_and(|all| !all.is_null());
            let after = if is_there { "deployToAll" } else { "environmentRef" };
            changes.insert_entry(path, Some(after), KEY, input);
        }
        Some(NodeKind::Scalar | NodeKind::Null) if !stands_for_all => {
            changes.replace(&join(path, &[KEY]), input);
        }
        Some(NodeKind::Scalar | NodeKind::Null) => {}
        Some(_) => changes.replace_entry(path, KEY, KEY, input),
    }
    Ok(())
}

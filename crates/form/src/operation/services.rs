//! The services of a stage.

use deployline_yaml::edit::{Path, Refusal, Step, Value};
use deployline_yaml::{Node, NodeKind};

use super::ListChange;
use super::change_list::{ChangeList, join};
use super::context::{Context, add_spec, check_unlocked, put, refuse};
use super::list_change::{self, ListTarget};
use super::one_item::{self, ItemWriter, OneItem};
use crate::lists::{self, List};
use crate::{Address, Services, ServicesMode};

pub(super) const TAKEN: &str = "It is taken from another stage by `useFromStage`: change it there.";
const LAST: &str = "A stage needs a service: give it another one instead.";

pub(super) fn change(
    cx: &Context<'_>,
    address: &Address,
    change: &ListChange,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    let form = &cx.deploy(address)?.services;
    let (path, spec) = cx.spec(address)?;
    let new_item = |name: &str| new_item(cx, name);
    let Some(spec) = spec else {
        let ListChange::Add { name, .. } = change else { return Err(cx.not_in_text()) };
        return add_spec(cx, address, "service", new_item(name), changes);
    };
    let (_, list) = lists::services(spec, cx.source.schema);
    match (form.mode, change) {
        (ServicesMode::FromStage, _) => refuse(TAKEN, spec.get(list.steps[0]).unwrap_or(spec)),
        (ServicesMode::Older, _) => check_unlocked(form.lock.as_ref()),
        (ServicesMode::Missing, ListChange::Add { name, .. }) => {
            check_unlocked(form.lock.as_ref())?;
            put(changes, &path, spec, &["service"], Some("deploymentType"), new_item(name));
            Ok(())
        }
        (ServicesMode::Missing, _) => refuse("There is no service yet.", spec),
        (ServicesMode::One, _) => {
            change_one(changes, &join(&path, &list.steps), &list, form, change, cx)
        }
        (ServicesMode::Many, _) => {
            let Some(node) = list.node else {
                // `values` is missing or empty.
                check_unlocked(form.lock.as_ref())?;
                let ListChange::Add { name, .. } = change else { return Err(cx.not_in_text()) };
                let new = Value::List(vec![new_item(name)]);
                put(changes, &path, spec, &list.steps, None, new);
                return Ok(());
            };
            let (path, items) = (join(&path, &list.steps), form.items.iter().collect());
            let (lock, name_key) = (form.lock.as_ref(), Some(list.name_key));
            let target = ListTarget { path, node, items, lock, name_key, last: LAST };
            list_change::apply(changes, &target, change, &new_item)
        }
    }
}

fn new_item(cx: &Context<'_>, name: &str) -> Value {
    if cx.is_v1() { Value::text(name) } else { Value::map([("serviceRef", Value::text(name))]) }
}

fn change_one(
    changes: &mut ChangeList,
    path: &[Step],
    list: &List<'_>,
    form: &Services,
    change: &ListChange,
    cx: &Context<'_>,
) -> Result<(), Refusal> {
    let (Some(node), Some(item)) = (list.node, form.items.first()) else {
        return Err(cx.not_in_text());
    };
    let (lock, name_key) = (form.lock.as_ref(), list.name_key);
    let target = OneItem { path, node, item, lock, name_key, last: LAST };
    let new_item = |name: &str| match cx.is_v1() {
        true => Value::map([("id", Value::text(name))]),
        false => new_item(cx, name),
    };
    let to_many = |changes: &mut ChangeList| to_many(changes, path, node, cx.is_v1());
    let replace = |changes: &mut ChangeList, name: &str| {
        one_item::rename(changes, path, node, name_key, name);
        let keys = node.entries().filter_map(|(key, _)| key.as_str());
        for key in keys.filter(|key| *key != name_key) {
            changes.remove(&join(path, &[key]));
        }
    };
    one_item::apply(
        changes,
        &target,
        change,
        &ItemWriter { new_item: &new_item, to_many: &to_many, replace: &replace },
    )
}

/// `service` to a list of it; where that is afterwards.
fn to_many(changes: &mut ChangeList, path: &[Step], node: Node<'_>, is_v1: bool) -> Path {
    if is_v1 {
        let steps: Path = match node.kind() {
            NodeKind::Scalar => vec![0.into()],
            _ => vec!["items".into(), 0.into()],
        };
        changes.nest(path, steps.clone());
        return [path, &steps[..steps.len() - 1]].concat();
    }
    changes.nest(path, vec!["values".into(), 0.into()]);
    changes.rename(path, "services");
    join(&path[..path.len() - 1], &["services", "values"])
}

pub(super) fn switch(
    cx: &Context<'_>,
    address: &Address,
    many: bool,
    keep: Option<usize>,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    let form = &cx.deploy(address)?.services;
    check_unlocked(form.lock.as_ref())?;
    let (path, spec) = cx.spec(address)?;
    let Some(spec) = spec else { return Err(cx.not_in_text()) };
    let (_, list) = lists::services(spec, cx.source.schema);
    match (form.mode, many, list.node) {
        (ServicesMode::One, true, Some(node)) => {
            to_many(changes, &join(&path, &list.steps), node, cx.is_v1());
            Ok(())
        }
        (ServicesMode::Many, false, Some(node)) => {
            let holder = join(&path, &list.steps[..1]);
            let holder_node = spec.get(list.steps[0]).unwrap_or(spec);
            one_item::keep(changes, &holder, holder_node, &list, node, keep)?;
            if !cx.is_v1() {
                changes.rename(&holder, "service");
            }
            Ok(())
        }
        (ServicesMode::One, false, _) | (ServicesMode::Many, true, _) => Ok(()),
        (ServicesMode::FromStage, ..) => refuse(TAKEN, spec.get(list.steps[0]).unwrap_or(spec)),
        _ => refuse("There is no service yet.", spec),
    }
}

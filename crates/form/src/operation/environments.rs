//! The environments of a stage.

pub(super) mod infrastructures;
mod switch;
mod to_list;

use deployline_yaml::Node;
use deployline_yaml::edit::{Refusal, Step, Value};

use super::ListChange;
use super::change_list::{ChangeList, join};
use super::context::{Context, add_spec, check_unlocked, put, refuse};
use super::list_change::{self, ListTarget};
use super::one_item::{self, ItemWriter, OneItem};
use super::services::TAKEN;
use crate::lists::{self, List};
use crate::{Address, Environments, EnvironmentsMode};
pub(super) use switch::switch;
use to_list::{V1_GROUP, to_many};

const LAST: &str = "A stage needs an environment: give it another one instead.";
const GROUP_WHOLE: &str = "The group lists no environments: it deploys to all it knows.";

pub(super) fn change(
    cx: &Context<'_>,
    address: &Address,
    change: &ListChange,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    let form = &cx.deploy(address)?.environments;
    let (path, spec) = cx.spec(address)?;
    let new_item = |name: &str| new_item(cx, name);
    let Some(spec) = spec else {
        let ListChange::Add { name, .. } = change else { return Err(cx.not_in_text()) };
        return add_spec(cx, address, "environment", new_item(name), changes);
    };
    let (_, list) = lists::environments(spec, cx.source.schema);
    let list_path = join(&path, &list.steps);
    match (form.mode, change, list.node) {
        (EnvironmentsMode::FromStage, ..) => refuse(TAKEN, spec.get(list.steps[0]).unwrap_or(spec)),
        (EnvironmentsMode::Older, ..) => check_unlocked(form.lock.as_ref()),
        (EnvironmentsMode::Missing, ListChange::Add { name, .. }, _) => {
            check_unlocked(form.lock.as_ref())?;
            let after = ["services", "service"].into_iter().find(|key| spec.get(key).is_some());
            put(changes, &path, spec, &["environment"], after, new_item(name));
            Ok(())
        }
        (EnvironmentsMode::Missing, ..) => refuse("There is no environment yet.", spec),
        (EnvironmentsMode::One, _, Some(node)) => {
            change_one(changes, &list_path, node, &list, form, change, cx)
        }
        (EnvironmentsMode::Many | EnvironmentsMode::Group, _, Some(node)) => {
            let items = form.items.iter().map(|environment| &environment.item).collect();
            let (lock, name_key) = (form.lock.as_ref(), Some(list.name_key));
            let target = ListTarget { path: list_path, node, items, lock, name_key, last: LAST };
            list_change::apply(changes, &target, change, &new_item)
        }
        (_, ListChange::Add { name, .. }, None) if !list.steps.is_empty() => {
            check_unlocked(form.lock.as_ref())?;
            if cx.is_v1() {
                return refuse(V1_GROUP, spec);
            }
            put(changes, &path, spec, &list.steps, None, Value::List(vec![new_item(name)]));
            Ok(())
        }
        _ => refuse(GROUP_WHOLE, spec),
    }
}

fn new_item(cx: &Context<'_>, name: &str) -> Value {
    let name = Value::text(name);
    if cx.is_v1() {
        return Value::map([("id", name), ("deploy-to", Value::word("all"))]);
    }
    all_of(name)
}

/// An environment with all its infrastructures, as the product writes it.
fn all_of(name: Value) -> Value {
    Value::map([
        ("environmentRef", name),
        ("deployToAll", Value::word("true")),
        ("infrastructureDefinitions", Value::text("<+input>")),
    ])
}

fn change_one(
    changes: &mut ChangeList,
    path: &[Step],
    node: Node<'_>,
    list: &List<'_>,
    form: &Environments,
    change: &ListChange,
    cx: &Context<'_>,
) -> Result<(), Refusal> {
    let Some(item) = form.items.first().map(|environment| &environment.item) else {
        return Err(cx.not_in_text());
    };
    let (lock, name_key) = (form.lock.as_ref(), list.name_key);
    let target = OneItem { path, node, item, lock, name_key, last: LAST };
    let new_item = |name: &str| new_item(cx, name);
    let to_many = |changes: &mut ChangeList| to_many(changes, path, cx.is_v1());
    let replace = |changes: &mut ChangeList, name: &str| {
        let key = list.steps[0];
        changes.replace_entry(&path[..path.len() - 1], key, key, new_item(name));
    };
    one_item::apply(
        changes,
        &target,
        change,
        &ItemWriter { new_item: &new_item, to_many: &to_many, replace: &replace },
    )
}

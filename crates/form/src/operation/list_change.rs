//! A [`ListChange`] of a list that is there.

use deployline_yaml::edit::{Path, Refusal, Value};
use deployline_yaml::{Node, NodeKind};

use super::ListChange;
use super::change_list::{ChangeList, item, join};
use super::context::{NOT_IN_TEXT, check_unlocked, refuse};
use crate::{Item, Lock};

/// A list to change.
pub(super) struct ListTarget<'a> {
    pub(super) path: Path,
    pub(super) node: Node<'a>,
    /// The form's items of it.
    pub(super) items: Vec<&'a Item>,
    pub(super) lock: Option<&'a Lock>,
    /// The key of an item's name; `None` where items are single values.
    pub(super) name_key: Option<&'static str>,
    /// Reason why the last item can't be removed.
    pub(super) last: &'static str,
}

/// Adds the changes that a [`ListChange`] makes; `new_item` makes a new item.
pub(super) fn apply(
    changes: &mut ChangeList,
    target: &ListTarget<'_>,
    change: &ListChange,
    new_item: &dyn Fn(&str) -> Value,
) -> Result<(), Refusal> {
    let count = target.items.len();
    let index = |at: usize| match target.items.get(at) {
        Some(found) => Ok(*found),
        None => refuse(NOT_IN_TEXT, target.node),
    };
    let path = target.path.as_slice();
    if !matches!(change, ListChange::Rename { .. }) {
        check_unlocked(target.lock)?;
    }
    match change {
        ListChange::Add { at, name } => {
            changes.insert_item(path, (*at).min(count), new_item_like(target, name, new_item));
        }
        ListChange::Remove { at } => {
            check_unlocked(index(*at)?.lock.as_ref())?;
            if count == 1 {
                return refuse(target.last, target.node);
            }
            changes.remove(&item(path, *at));
        }
        ListChange::Move { from, to } => {
            check_unlocked(index(*from)?.lock.as_ref())?;
            index(*to)?;
            let before = if to > from { to + 1 } else { *to };
            if from != to {
                changes.move_item(&item(path, *from), path, before);
            }
        }
        ListChange::Rename { at, name } => {
            check_unlocked(index(*at)?.name.lock.as_ref())?;
            let node = target.node.items().nth(*at);
            let has_key = node.is_some_and(|node| node.kind() == NodeKind::Mapping);
            let key = target.name_key.filter(|_| has_key);
            changes.replace(&join(&item(path, *at), key.as_slice()), Value::text(name.clone()));
        }
        ListChange::Replace { at, name } => {
            check_unlocked(index(*at)?.lock.as_ref())?;
            changes.insert_item(path, at + 1, new_item_like(target, name, new_item));
            changes.remove(&item(path, *at));
        }
    }
    Ok(())
}

/// A new item: a single value among single values.
fn new_item_like(target: &ListTarget<'_>, name: &str, new_item: &dyn Fn(&str) -> Value) -> Value {
    let first = target.node.items().next();
    match first.is_some_and(|item| item.kind() == NodeKind::Scalar) {
        true => Value::text(name),
        false => new_item(name),
    }
}

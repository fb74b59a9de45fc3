//! A [`ListChange`] of a list that is there.

use deployline_yaml::edit::{Path, Refusal, Value};
use deployline_yaml::{Node, NodeKind};

use super::ListChange;
use super::plan::{Plan, item, join};
use super::scene::{GONE, open, refuse};
use crate::{Item, Lock};

/// A list to change.
pub(super) struct Target<'a> {
    pub(super) path: Path,
    pub(super) node: Node<'a>,
    /// The form's items of it.
    pub(super) items: Vec<&'a Item>,
    pub(super) lock: Option<&'a Lock>,
    /// The key of an item's name; `None` where items are single values.
    pub(super) name_key: Option<&'static str>,
    /// Why the last item can't go.
    pub(super) last: &'static str,
}

/// `fresh` makes a new item.
pub(super) fn plan(
    plan: &mut Plan,
    target: &Target<'_>,
    change: &ListChange,
    fresh: &dyn Fn(&str) -> Value,
) -> Result<(), Refusal> {
    let count = target.items.len();
    let index = |at: usize| match target.items.get(at) {
        Some(found) => Ok(*found),
        None => refuse(GONE, target.node),
    };
    let path = target.path.as_slice();
    if !matches!(change, ListChange::Rename { .. }) {
        open(target.lock)?;
    }
    match change {
        ListChange::Add { at, name } => {
            plan.insert_item(path, (*at).min(count), fresh_like(target, name, fresh));
        }
        ListChange::Remove { at } => {
            open(index(*at)?.lock.as_ref())?;
            if count == 1 {
                return refuse(target.last, target.node);
            }
            plan.remove(&item(path, *at));
        }
        ListChange::Move { from, to } => {
            open(index(*from)?.lock.as_ref())?;
            index(*to)?;
            let before = if to > from { to + 1 } else { *to };
            if from != to {
                plan.move_item(&item(path, *from), path, before);
            }
        }
        ListChange::Rename { at, name } => {
            open(index(*at)?.name.lock.as_ref())?;
            let node = target.node.items().nth(*at);
            let has_key = node.is_some_and(|node| node.kind() == NodeKind::Mapping);
            let key = target.name_key.filter(|_| has_key);
            plan.replace(&join(&item(path, *at), key.as_slice()), Value::text(name.clone()));
        }
        ListChange::Replace { at, name } => {
            open(index(*at)?.lock.as_ref())?;
            plan.insert_item(path, at + 1, fresh_like(target, name, fresh));
            plan.remove(&item(path, *at));
        }
    }
    Ok(())
}

/// A new item: a single value among single values.
fn fresh_like(target: &Target<'_>, name: &str, fresh: &dyn Fn(&str) -> Value) -> Value {
    let first = target.node.items().next();
    match first.is_some_and(|item| item.kind() == NodeKind::Scalar) {
        true => Value::text(name),
        false => fresh(name),
    }
}

//! A [`ListChange`] of services or environments where there is one, and no list: and the way back to one.

use deployline_yaml::edit::{Change, Path, Refusal, Step, Value};
use deployline_yaml::{Node, NodeKind};

use super::ListChange;
use super::change_list::{ChangeList, join};
use super::context::{NOT_IN_TEXT, check_unlocked, put, refuse};
use crate::lists::List;
use crate::{Item, Lock};

/// Reason of a refusal where an operation is about several.
pub(super) const ONE: &str = "There is one, and no list of them.";

/// The only item of an axis.
pub(super) struct OneItem<'a> {
    pub(super) path: &'a [Step],
    pub(super) node: Node<'a>,
    /// The form's item of it.
    pub(super) item: &'a Item,
    /// Lock of the axis.
    pub(super) lock: Option<&'a Lock>,
    /// The key of the item's name.
    pub(super) name_key: &'static str,
    /// Reason why it can't be removed.
    pub(super) last: &'static str,
}

/// The ways in which services and environments are written.
pub(super) struct ItemWriter<'a> {
    /// Makes a new item from its name.
    pub(super) new_item: &'a dyn Fn(&str) -> Value,
    /// Makes the item a list of it; returns the path of the list.
    pub(super) to_many: &'a dyn Fn(&mut ChangeList) -> Path,
    /// Puts another item in its place, by name.
    pub(super) replace: &'a dyn Fn(&mut ChangeList, &str),
}

/// Adds the changes that a [`ListChange`] makes.
pub(super) fn apply(
    changes: &mut ChangeList,
    target: &OneItem<'_>,
    change: &ListChange,
    writer: &ItemWriter<'_>,
) -> Result<(), Refusal> {
    match change {
        ListChange::Add { at, name } => {
            check_unlocked(target.lock)?;
            let list = (writer.to_many)(changes);
            // The new item sees the list as it will be.
            let value = match target.node.kind() {
                NodeKind::Scalar => Value::text(name.clone()),
                _ => (writer.new_item)(name),
            };
            changes.list.push(Change::InsertItem { list, at: (*at).min(1), value });
            Ok(())
        }
        ListChange::Rename { at: 0, name } => {
            check_unlocked(target.item.name.lock.as_ref())?;
            rename(changes, target.path, target.node, target.name_key, name);
            Ok(())
        }
        ListChange::Replace { at: 0, name } => {
            check_unlocked(target.item.lock.as_ref())?;
            (writer.replace)(changes, name);
            Ok(())
        }
        ListChange::Remove { .. } => refuse(target.last, target.node),
        ListChange::Move { from: 0, to: 0 } => Ok(()),
        _ => refuse(ONE, target.node),
    }
}

/// Gives the item another name.
pub(super) fn rename(
    changes: &mut ChangeList,
    path: &[Step],
    node: Node<'_>,
    name_key: &str,
    name: &str,
) {
    let name = Value::text(name);
    match node.kind() {
        NodeKind::Mapping => put(changes, path, node, &[name_key], None, name),
        _ => changes.replace(path, name),
    }
}

/// Leaves one item of a list, in the place of what holds the list.
pub(super) fn keep(
    changes: &mut ChangeList,
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
        (None, _) => return refuse("There are several: say which one to keep.", node),
        (Some(_), _) => return refuse(NOT_IN_TEXT, node),
    };
    let list_path = join(holder, &list.steps[1..]);
    if count > 1 {
        changes.keep_item(&list_path, keep);
    }
    // Settings of a whole list have no meaning for one item.
    for key in ["metadata", "parallel"] {
        if list.steps.len() > 1 && holder_node.get(key).is_some() {
            changes.remove(&join(holder, &[key]));
        }
    }
    let steps = list.steps[1..].iter().map(|step| Step::from(*step)).chain([Step::Index(0)]);
    changes.unnest(holder, steps.collect());
    Ok(())
}

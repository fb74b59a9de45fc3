//! The tree that a text must have after a change: the expectation that an edit is proved against.

use std::ops::Range;

use super::change::Change;
use super::path::{self, Step};
use crate::Document;
use crate::write::Value;

/// The values of documents.
pub(super) fn of_all(documents: &[Document]) -> Vec<Value> {
    documents.iter().map(|document| Value::of(document.root())).collect()
}

fn child<'v>(value: &'v mut Value, step: &Step) -> Option<&'v mut Value> {
    match (value, step) {
        (Value::List(items), Step::Index(index)) => items.get_mut(*index),
        (Value::Map(entries), Step::Key(key)) => {
            entries.iter_mut().rev().find(|(k, _)| k == key).map(|(_, value)| value)
        }
        _ => None,
    }
}

fn value_at<'v>(tree: &'v mut Value, path: &[Step]) -> Option<&'v mut Value> {
    path.iter().try_fold(tree, child)
}

/// Removes what is at `path`.
fn take(tree: &mut Value, path: &[Step]) -> Option<Value> {
    let (last, parent) = path.split_last()?;
    match (value_at(tree, parent)?, last) {
        (Value::List(items), Step::Index(index)) => {
            (*index < items.len()).then(|| items.remove(*index))
        }
        (Value::Map(entries), Step::Key(key)) => {
            let position = entries.iter().rposition(|(k, _)| k == key)?;
            Some(entries.remove(position).1)
        }
        _ => None,
    }
}

fn insert(tree: &mut Value, list: &[Step], index: usize, value: Value) -> Option<()> {
    match value_at(tree, list)? {
        Value::List(items) if index <= items.len() => items.insert(index, value),
        _ => return None,
    }
    Some(())
}

fn insert_entry(
    tree: &mut Value,
    map: &[Step],
    after: Option<&str>,
    (key, value): (String, Value),
) -> Option<()> {
    let Value::Map(entries) = value_at(tree, map)? else { return None };
    let after = after.and_then(|after| entries.iter().position(|(key, _)| key == after));
    let position = after.map_or(entries.len(), |position| position + 1);
    entries.insert(position, (key.into(), value));
    Some(())
}

fn copy_entry(tree: &mut Value, from: &[Step], map: &[Step], after: Option<&str>) -> Option<()> {
    let Step::Key(key) = from.last()? else { return None };
    let value = value_at(tree, from)?.clone();
    insert_entry(tree, map, after, (key.clone(), value))
}

/// The value in a collection that holds nothing else.
fn only(mut holder: Value, step: &Step) -> Option<Value> {
    let is_only = match &holder {
        Value::List(items) => items.len() == 1,
        Value::Map(entries) => entries.len() == 1,
        _ => false,
    };
    is_only.then(|| take(&mut holder, std::slice::from_ref(step)))?
}

/// A new collection with one value.
fn below(value: Value, step: &Step) -> Value {
    match step {
        Step::Key(key) => Value::Map(vec![(key.clone().into(), value)]),
        Step::Index(_) => Value::List(vec![value]),
    }
}

/// Does to the tree what a change is meant to do. `None` where that makes no sense.
pub(super) fn apply(tree: &mut Value, change: &Change) -> Option<()> {
    match change {
        Change::InsertItem { list, at, value } => insert(tree, list, *at, value.as_read()),
        Change::InsertEntry { map, after, key, value } => {
            insert_entry(tree, map, after.as_deref(), (key.clone(), value.as_read()))
        }
        Change::Replace { at, value } => {
            *value_at(tree, at)? = value.as_read();
            Some(())
        }
        Change::RenameKey { at, key } => {
            let (Step::Key(old), parent) = at.split_last()? else { return None };
            let Value::Map(entries) = value_at(tree, parent)? else { return None };
            entries.iter_mut().rev().find(|(k, _)| k == old)?.0 = key.clone().into();
            Some(())
        }
        Change::KeepItem { list, at } => {
            let Value::List(items) = value_at(tree, list)? else { return None };
            let kept = (*at < items.len()).then(|| items.swap_remove(*at))?;
            *items = vec![kept];
            Some(())
        }
        Change::Remove { at, .. } => take(tree, at).map(|_| ()),
        Change::MoveItem { from, list, to } => {
            let value = value_at(tree, from)?.clone();
            insert(tree, list, *to, value)?;
            take(tree, &path::after_insertion(from, list, *to)).map(|_| ())
        }
        Change::CopyItem { from, list, to } => {
            let value = value_at(tree, from)?.clone();
            insert(tree, list, *to, value)
        }
        Change::MoveEntry { from, map, after } => {
            copy_entry(tree, from, map, after.as_deref())?;
            take(tree, from).map(|_| ())
        }
        Change::CopyEntry { from, map, after } => copy_entry(tree, from, map, after.as_deref()),
        Change::Nest { at, steps } => {
            let place = value_at(tree, at)?;
            let value = std::mem::replace(place, Value::Null);
            *place = steps.iter().rev().fold(value, below);
            Some(())
        }
        Change::Unnest { at, steps } => {
            let mut inner = value_at(tree, at)?.clone();
            for step in steps {
                inner = only(inner, step)?;
            }
            *value_at(tree, at)? = inner;
            Some(())
        }
        Change::Group { list, at, count, steps } => {
            group(tree, list, *at..at.saturating_add(*count), steps)
        }
        Change::Ungroup { at, steps } => ungroup(tree, at, steps),
    }
}

fn group(tree: &mut Value, list: &[Step], range: Range<usize>, steps: &[Step]) -> Option<()> {
    let Value::List(items) = value_at(tree, list)? else { return None };
    if range.is_empty() || range.end > items.len() {
        return None;
    }
    let at = range.start;
    let members = Value::List(items.drain(range).collect());
    items.insert(at, steps.iter().rev().fold(members, below));
    Some(())
}

fn ungroup(tree: &mut Value, at: &[Step], steps: &[Step]) -> Option<()> {
    let (Step::Index(index), list) = at.split_last()? else { return None };
    let mut item = take(tree, at)?;
    for step in steps {
        item = only(item, step)?;
    }
    let (Value::List(members), Value::List(items)) = (item, value_at(tree, list)?) else {
        return None;
    };
    items.splice(*index..*index, members);
    Some(())
}

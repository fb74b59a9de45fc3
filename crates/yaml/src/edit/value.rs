//! The tree as plain values: what a text says, and what it says after a change.

use super::{Change, Step};
use crate::{Document, Node, NodeKind};

/// A value to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A text, which gets quotes where it needs them to read back as this text.
    Text(String),
    /// A number, a flag or another word, written without quotes.
    Word(String),
    /// Items.
    List(Vec<Value>),
    /// Keys and values, in this order.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// A mapping.
    pub fn map<const N: usize>(entries: [(&str, Self); N]) -> Self {
        Self::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// What a node says: aliases followed, words as texts.
    pub fn of(node: Node<'_>) -> Self {
        match node.kind() {
            NodeKind::Null => Self::Null,
            NodeKind::Scalar => Self::text(node.as_str().unwrap_or_default()),
            NodeKind::Sequence => Self::List(node.items().map(Self::of).collect()),
            NodeKind::Mapping => {
                let key = |key: Node<'_>| key.as_str().unwrap_or_default().to_owned();
                Self::Map(node.entries().map(|(k, value)| (key(k), Self::of(value))).collect())
            }
        }
    }

    pub(super) fn is_collection(&self) -> bool {
        match self {
            Self::Null | Self::Text(_) | Self::Word(_) => false,
            Self::List(items) => !items.is_empty(),
            Self::Map(entries) => !entries.is_empty(),
        }
    }

    /// Words as texts, as they read back.
    fn as_read(&self) -> Self {
        match self {
            Self::Null => Self::Null,
            Self::Text(text) | Self::Word(text) => Self::text(text),
            Self::List(items) => Self::List(items.iter().map(Self::as_read).collect()),
            Self::Map(entries) => Self::Map(
                entries.iter().map(|(key, value)| (key.clone(), value.as_read())).collect(),
            ),
        }
    }

    fn below(&mut self, step: &Step) -> Option<&mut Self> {
        match (self, step) {
            (Self::List(items), Step::Index(index)) => items.get_mut(*index),
            (Self::Map(entries), Step::Key(key)) => {
                entries.iter_mut().rev().find(|(k, _)| k == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    fn at(&mut self, path: &[Step]) -> Option<&mut Self> {
        path.iter().try_fold(self, Self::below)
    }

    /// Takes away what is at `path`.
    fn take(&mut self, path: &[Step]) -> Option<Self> {
        let (last, parent) = path.split_last()?;
        match (self.at(parent)?, last) {
            (Self::List(items), Step::Index(index)) => {
                (*index < items.len()).then(|| items.remove(*index))
            }
            (Self::Map(entries), Step::Key(key)) => {
                let position = entries.iter().rposition(|(k, _)| k == key)?;
                Some(entries.remove(position).1)
            }
            _ => None,
        }
    }

    fn insert(&mut self, list: &[Step], at: usize, value: Self) -> Option<()> {
        match self.at(list)? {
            Self::List(items) if at <= items.len() => items.insert(at, value),
            _ => return None,
        }
        Some(())
    }
}

/// What documents say.
pub(super) fn of_all(documents: &[Document]) -> Vec<Value> {
    documents.iter().map(|document| Value::of(document.root())).collect()
}

/// Does to the tree what a change is meant to do. `None` where that makes no sense.
pub(super) fn apply(tree: &mut Value, change: &Change) -> Option<()> {
    match change {
        Change::InsertItem { list, at, value } => tree.insert(list, *at, value.as_read()),
        Change::InsertEntry { map, after, key, value } => {
            let Value::Map(entries) = tree.at(map)? else { return None };
            let after = after.as_ref().and_then(|after| entries.iter().position(|e| e.0 == *after));
            let position = after.map_or(entries.len(), |position| position + 1);
            entries.insert(position, (key.clone(), value.as_read()));
            Some(())
        }
        Change::Replace { at, value } => {
            *tree.at(at)? = value.as_read();
            Some(())
        }
        Change::RenameKey { at, key } => {
            let (Step::Key(old), parent) = at.split_last()? else { return None };
            let Value::Map(entries) = tree.at(parent)? else { return None };
            entries.iter_mut().rev().find(|(k, _)| k == old)?.0.clone_from(key);
            Some(())
        }
        Change::KeepItem { list, at } => {
            let Value::List(items) = tree.at(list)? else { return None };
            let kept = (*at < items.len()).then(|| items.swap_remove(*at))?;
            *items = vec![kept];
            Some(())
        }
        Change::Remove { at, .. } => tree.take(at).map(|_| ()),
        Change::MoveItem { from, list, to } => {
            let value = tree.at(from)?.clone();
            tree.insert(list, *to, value)?;
            tree.take(&super::path::after_insertion(from, list, *to)).map(|_| ())
        }
        Change::CopyItem { from, list, to } => {
            let value = tree.at(from)?.clone();
            tree.insert(list, *to, value)
        }
        Change::Nest { at, steps } => {
            let place = tree.at(at)?;
            let value = std::mem::replace(place, Value::Null);
            *place = steps.iter().rev().fold(value, |value, step| match step {
                Step::Key(key) => Value::Map(vec![(key.clone(), value)]),
                Step::Index(_) => Value::List(vec![value]),
            });
            Some(())
        }
        Change::Unnest { at, steps } => {
            let mut inner = tree.at(at)?.clone();
            for step in steps {
                let is_only = match &inner {
                    Value::List(items) => items.len() == 1,
                    Value::Map(entries) => entries.len() == 1,
                    _ => false,
                };
                inner = is_only.then(|| inner.take(std::slice::from_ref(step)))??;
            }
            *tree.at(at)? = inner;
            Some(())
        }
    }
}

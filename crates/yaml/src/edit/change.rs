//! Changes of the tree, as data.

use super::path::{Path, Step};
use crate::write::Value;

/// A change of the tree. Each of a list sees the tree as the ones before have left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A new item.
    InsertItem {
        /// Path to the list.
        list: Path,
        /// The item's index.
        at: usize,
        /// The item.
        value: Value,
    },
    /// A new key with its value.
    InsertEntry {
        /// Path to the mapping.
        map: Path,
        /// The key to stand behind; else it is the last one.
        after: Option<String>,
        /// The key.
        key: String,
        /// The value.
        value: Value,
    },
    /// Another value in the place of a single one.
    Replace {
        /// Path to the value.
        at: Path,
        /// The new value; a collection only in the place of nothing.
        value: Value,
    },
    /// Another key for a value.
    RenameKey {
        /// Path to the value.
        at: Path,
        /// The new key.
        key: String,
    },
    /// An item or a key with its value goes.
    Remove {
        /// Path to the value.
        at: Path,
        /// Keeps the comment lines above it.
        keeps_comments: bool,
    },
    /// All items of a list go but one.
    KeepItem {
        /// Path to the list.
        list: Path,
        /// The one that stays.
        at: usize,
    },
    /// An item moves, with the comments that belong to it.
    MoveItem {
        /// Path to the value.
        from: Path,
        /// The list it goes to.
        list: Path,
        /// Before which index of that list, as it is before the move.
        to: usize,
    },
    /// An item is repeated, with the comments that belong to it.
    CopyItem {
        /// Path to the value.
        from: Path,
        /// The list the copy goes to.
        list: Path,
        /// The copy's index.
        to: usize,
    },
    /// A key with its value moves to another mapping, with the comments that belong to it.
    MoveEntry {
        /// Path to the value.
        from: Path,
        /// The mapping it goes to, which has no such key.
        map: Path,
        /// The key of that mapping to stand behind; else it is the last one.
        after: Option<String>,
    },
    /// A key with its value is repeated in another mapping, with the comments that belong to it.
    CopyEntry {
        /// Path to the value.
        from: Path,
        /// The mapping that the copy goes to, which has no such key.
        map: Path,
        /// The key of that mapping to stand behind; else it is the last one.
        after: Option<String>,
    },
    /// A value goes down into new keys and lists of one item.
    Nest {
        /// Path to the value.
        at: Path,
        /// The new keys and items between its old place and its new one.
        steps: Path,
    },
    /// The only value in keys and lists of one item comes up.
    Unnest {
        /// Path to the outermost of the keys and items that go.
        at: Path,
        /// Path from there to the value.
        steps: Path,
    },
    /// Items that follow each other go into a new item of their list, which holds them as a list.
    Group {
        /// Path to the list.
        list: Path,
        /// Index of the first one.
        at: usize,
        /// Number of items, at least one.
        count: usize,
        /// Path from the new item to the list of these.
        steps: Path,
    },
    /// The items of the list that is all of an item take its place, in their order.
    Ungroup {
        /// Path to the item.
        at: Path,
        /// Path from there to the list.
        steps: Path,
    },
}

impl Change {
    /// The path to what changes.
    pub(super) fn path(&self) -> &[Step] {
        match self {
            Self::InsertItem { list: at, .. }
            | Self::KeepItem { list: at, .. }
            | Self::InsertEntry { map: at, .. }
            | Self::Replace { at, .. }
            | Self::RenameKey { at, .. }
            | Self::Remove { at, .. }
            | Self::MoveItem { from: at, .. }
            | Self::CopyItem { from: at, .. }
            | Self::MoveEntry { from: at, .. }
            | Self::CopyEntry { from: at, .. }
            | Self::Nest { at, .. }
            | Self::Unnest { at, .. }
            | Self::Group { list: at, .. }
            | Self::Ungroup { at, .. } => at,
        }
    }

    /// Returns true where the next change leads to the same place in the tree as without this one, and to one behind
    /// it (of items that come or go: before it): both can be read off one text.
    pub(super) fn leaves_in_place(&self, next: &Self) -> bool {
        let is_behind = |a: &[Step], b: &[Step]| a.len() == b.len() && a < b;
        match (self, next) {
            (Self::InsertEntry { map: a, .. }, Self::InsertEntry { map: b, .. }) => is_behind(a, b),
            (Self::Remove { at: a, .. }, Self::Remove { at: b, .. }) => {
                match (a.split_last(), b.split_last()) {
                    (Some((Step::Key(_), a)), Some((Step::Key(_), b))) => is_behind(a, b),
                    _ => false,
                }
            }
            (Self::Group { list: a, at: from, .. }, Self::Group { list: b, at, count, .. }) => {
                a == b && at.checked_add(*count).is_some_and(|end| end <= *from)
            }
            (Self::Ungroup { at: a, .. }, Self::Ungroup { at: b, .. }) => {
                match (a.split_last(), b.split_last()) {
                    (Some((a, of_a)), Some((b, of_b))) => of_a == of_b && b < a,
                    _ => false,
                }
            }
            _ => false,
        }
    }
}

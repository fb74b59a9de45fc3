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
            | Self::Unnest { at, .. } => at,
        }
    }
}

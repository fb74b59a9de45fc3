//! Changes of the tree, as data.

use super::path::{Path, Step};
use crate::write::Value;

/// A change of the tree. Each of a list sees the tree as the ones before have left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A new item.
    InsertItem {
        /// Where the list is.
        list: Path,
        /// The item's index.
        at: usize,
        /// The item.
        value: Value,
    },
    /// A new key with its value.
    InsertEntry {
        /// Where the mapping is.
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
        /// Where it is.
        at: Path,
        /// The new value; a collection only in the place of nothing.
        value: Value,
    },
    /// Another key for a value.
    RenameKey {
        /// Where the value is.
        at: Path,
        /// The new key.
        key: String,
    },
    /// An item or a key with its value goes.
    Remove {
        /// Where it is.
        at: Path,
        /// Whether the comment lines above it stay.
        keeps_comments: bool,
    },
    /// All items of a list go but one.
    KeepItem {
        /// Where the list is.
        list: Path,
        /// The one that stays.
        at: usize,
    },
    /// An item moves, with the comments that belong to it.
    MoveItem {
        /// Where it is.
        from: Path,
        /// The list it goes to.
        list: Path,
        /// Before which index of that list, as it is before the move.
        to: usize,
    },
    /// An item is repeated, with the comments that belong to it.
    CopyItem {
        /// Where it is.
        from: Path,
        /// The list the copy goes to.
        list: Path,
        /// The copy's index.
        to: usize,
    },
    /// A value goes down into new keys and lists of one item.
    Nest {
        /// Where it is.
        at: Path,
        /// Where it goes from there.
        steps: Path,
    },
    /// The only value in keys and lists of one item comes up.
    Unnest {
        /// Where it goes.
        at: Path,
        /// Where it is from there.
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
            | Self::Nest { at, .. }
            | Self::Unnest { at, .. } => at,
        }
    }
}

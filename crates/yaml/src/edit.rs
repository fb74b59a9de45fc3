//! Changing a text with the fewest changed bytes.
//!
//! Comments, order, quotes, line endings and indentation of everything else stay. What can't be
//! changed safely is refused with a reason.
//!
//! - [`set`] sets one value;
//! - [`change`] does a list of [`Change`]s of the tree: each becomes edits of the text, and all
//!   together are proved: the edited text, read again, is the tree with these changes and nothing
//!   else.
//!
//! ```text
//! apply, set                              a list of changes, the proof; one value
//!   insert, replace, remove, copy         one change as edits
//!     nest, group
//!     insertion                           separators of something new
//!       block_lines, flow_entries         the bytes of each item or entry
//!   expected                              the tree after a change, as data
//!   piece_table                           edits that follow each other, of the first text
//!   unread                                places that could not be read: not to be changed
//! change, path, draft, refusal            data
//! ```

mod apply;
mod block_lines;
mod change;
mod copy;
mod draft;
mod expected;
mod flow_entries;
mod group;
mod insert;
mod insertion;
mod nest;
mod path;
mod piece_table;
mod refusal;
mod remove;
mod replace;
mod set;
mod unread;

pub use crate::write::Value;
pub use apply::change;
pub use change::Change;
pub use path::{Path, Step};
pub use refusal::Refusal;
pub use set::set;
pub use unread::{check_keys, check_siblings, leaves_out_the_same};

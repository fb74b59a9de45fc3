//! Changing a text with the fewest changed bytes.
//!
//! Comments, order, quotes, line endings and indentation of everything else stay. What can't be
//! changed safely is refused with a reason.
//!
//! - [`set`] sets one value;
//! - [`change`] does a list of [`Change`]s of the tree: each becomes edits of the text
//!   (`block`, `flow`), and all together are proved: the edited text, read again, must be the tree
//!   with these changes (`value`) and nothing else.

mod block;
mod change;
mod copy;
mod flow;
mod insert;
mod nest;
mod path;
mod pieces;
mod remove;
mod replace;
mod set;
mod value;

use deployline_span::Span;

pub use crate::write::Value;
pub use change::{Change, change};
pub use path::{Path, Step};
pub use set::set;

/// Why a text can't be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The reason, for people.
    pub reason: &'static str,
    /// The place that stands in the way.
    pub span: Span,
}

const SHARED: &str = "The value comes from an alias: other places share it.";

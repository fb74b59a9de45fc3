//! An ordered map and a sort whose code is small.
//!
//! The compiler writes `BTreeMap` and `sort_by` anew for each type that is in one, some kilobytes each
//! time; the page is a download. Here the order and the sort know nothing but numbers of entries and a
//! question, which of two comes first: they are compiled once, and what is written anew for a type is
//! the answer. It takes about as long; where the time of a run is decided, the standard library's own
//! is used.

mod map;
mod order;
mod set;
mod sort;

pub use map::{Iter, Map};
pub use set::Set;
pub use sort::{sort_by, sort_by_number, sort_numbers};

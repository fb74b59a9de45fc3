//! The wire format of version 2 as a tree of JSON, read and written by the names of `docs/link.md`. The
//! core's types carry no serde, so their names can change and links still open.
//!
//! Fields that have their default are left out, and fields that are not known are passed over. serde writes
//! code for each type that it derives, and the embed is a download: [`Json`] is the only one. Items of
//! lists have a required field, so that a short payload can't become very many of them.

mod read;
mod tree;
mod write;

pub(crate) use read::state;
pub(crate) use tree::Json;
pub(crate) use write::link;

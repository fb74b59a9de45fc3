//! Texts to edit, from what was pasted, dropped and picked:
//!
//! 1. [`clean`] recovers the YAML from what was pasted or opened: out of Markdown, out of a larger
//!    file, with characters that only look like spaces and quotes;
//! 2. [`gather`] sorts several files into pipelines and what belongs to them.

mod characters;
mod clean;
mod excerpt;
mod gather;
mod markdown;
mod readability;

pub use clean::{Cleaned, clean};
pub use gather::{FileText, Gathered, attach, gather, join};

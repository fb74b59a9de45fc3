//! Texts to edit, from what was pasted, dropped and picked:
//!
//! 1. [`clean`] recovers the YAML from what was pasted or opened: out of Markdown, out of a larger
//!    file, with characters that only look like blanks and quotes;
//! 2. [`gather`] sorts several files into pipelines and what belongs to them.

mod characters;
mod clean;
mod cut;
mod gather;
mod markdown;
mod reading;

pub use clean::{Cleaned, clean};
pub use gather::{FileText, Gathered, attach, gather, join};

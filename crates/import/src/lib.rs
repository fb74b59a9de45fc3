//! Texts to edit, from what was pasted, dropped and picked:
//!
//! 1. [`clean`] recovers the YAML from what was pasted or opened: out of Markdown, out of a larger
//!    file, with characters that only look like spaces and quotes;
//! 2. [`gather`] sorts several files into pipelines and what belongs to them;
//! 3. [`Embedded`] finds the pipelines in files of Markdown and Terraform, each in its place.

mod characters;
mod clean;
mod embedded;
mod excerpt;
mod gather;
mod markdown;
mod readability;

pub use clean::{Cleaned, clean, clean_parsed};
pub use embedded::{Embedded, Language};
pub use gather::{FileText, Gathered, attach, gather, join};

//! Help while typing.
//!
//! A lenient parse of the text, which half-typed YAML has too, is what all of it reads. [`complete`] lists
//! what could stand at the cursor, [`hover`] explains what stands there and what it does to the order,
//! [`outline`] lists the stages and their parts, [`fixes`] are the edits that mend what was found, and
//! [`place_at`] gives the deployments that a line makes.
//!
//! This crate knows Harness' keys and no pixel, DOM, clock or I/O.

mod completion;
mod fixes;
mod hover;
mod outline;
mod sketch;
mod whereabouts;

pub use completion::{Completion, CompletionKind, Completions, complete};
pub use fixes::fixes;
pub use hover::{Hover, hover};
pub use outline::{OutlineItem, OutlineKind, outline};
pub use whereabouts::{Whereabouts, place_at};

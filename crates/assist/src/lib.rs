//! Help while typing.
//!
//! A lenient parse of the text, which half-typed YAML has too, is what all of it reads. [`complete`] lists
//! what could stand at the cursor, [`hover`] explains what stands there and what it does to the order,
//! [`outline`] lists the stages and their parts, [`fixes`] are the edits that mend what was found, and
//! [`deployments_at`] gives the deployments that a line makes.
//!
//! This crate knows Harness' keys and no pixel, DOM, clock or I/O.

mod completion;
mod deployments_at;
mod fixes;
mod hover;
mod lenient;
mod outline;

pub use completion::{Completion, CompletionKind, Completions, complete};
pub use deployments_at::{StageDeployments, deployments_at};
pub use fixes::fixes;
pub use hover::{Hover, hover};
pub use outline::{OutlineItem, OutlineKind, outline};

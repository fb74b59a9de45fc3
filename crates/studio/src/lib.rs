//! What the pipeline editor knows: a form of what is written, changes of it, and help while typing.
//!
//! Everything here reads a text and gives values or [`TextEdit`](deployline_yaml::TextEdit)s: the
//! text stays the only truth. This crate knows Harness' keys and no pixel, DOM, clock or I/O.
//!
//! - [`intake`] makes texts to edit of what was pasted, dropped and picked;
//! - [`form::read`] says what the form shows, from the text as it is written;
//! - [`operation::edit`] says which bytes to change for one [`Operation`](operation::Operation);
//! - [`inputs::open_inputs`] lists what the YAML leaves open, [`by_hand`] makes the YAML that settles it;
//! - [`resolved::resolved`] puts everything that is looked up elsewhere in its place.
//!
//! Help while typing reads a rough `sketch` of the text, which half-typed YAML has too:
//! [`complete`] says what could stand at the cursor, [`hover`] what stands there and what it does to
//! the order, [`outline`] lists what there is, [`fixes`] are the edits that mend what was found, and
//! [`place_at`] says which deployments a line makes.

pub mod by_hand;
mod completion;
mod fixes;
pub mod form;
mod hover;
pub mod inputs;
pub mod intake;
pub mod operation;
mod order;
mod outline;
pub mod resolved;
mod sketch;
mod tree;
mod whereabouts;

pub use completion::{Completion, CompletionKind, Completions, complete};
pub use fixes::fixes;
pub use hover::{Hover, hover};
pub use outline::{OutlineItem, OutlineKind, outline};
pub use whereabouts::{Whereabouts, place_at};

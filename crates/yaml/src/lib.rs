//! YAML text to a tree that knows where each piece stands in the text.
//!
//! The steps, in order:
//! 1. [`parse`] reads the text's events ([`granit_parser`]) once into [`Document`]s;
//! 2. where the text is broken, the offending line is masked and the rest is read again, so
//!    that half-typed text still yields a tree and a [`Diagnostic`] that names the place;
//! 3. [`Document::root`] gives [`Node`]s to walk, each with its
//!    [`Span`](deployline_span::Span);
//! 4. [`write`](mod@write) makes text of values, with quotes wherever some reader needs them;
//! 5. [`edit`] finds the bytes to change so that the tree changes, and leaves all others.
//!
//! This crate knows YAML and nothing of what the YAML means.
//!
//! ```
//! let parsed = deployline_yaml::parse("shop:\n  services: [cart, web]\n");
//! let root = parsed.documents[0].root();
//! let services = root.get("shop").and_then(|shop| shop.get("services")).expect("it is there");
//! assert_eq!(services.items().filter_map(|s| s.as_str()).collect::<Vec<_>>(), ["cart", "web"]);
//! assert_eq!(services.span().start, 18);
//! ```

mod budget;
mod builder;
mod compose;
mod diagnostic;
mod diagnostics;
mod document;
pub mod edit;
mod line_index;
pub mod lines;
mod locate;
mod messages;
mod parse;
mod parsed;
mod problem;
mod recover;
mod rule;
pub mod rules;
mod unread;
pub mod write;

pub use budget::Budget;
pub use compose::{Composed, Composer};
pub use diagnostic::{Diagnostic, Fix, Related, Severity, TextEdit};
pub use diagnostics::{Diagnostics, MAX_OF_A_RULE};
pub use document::{Document, Items, Mapping, Node, NodeKind, ScalarStyle};
pub use line_index::{LineColumn, LineIndex, first_line};
pub use parse::{EndedRound, Reading, Round, parse, parse_with};
pub use parsed::Parsed;
pub use rule::{Example, Rule, RuleDocs};

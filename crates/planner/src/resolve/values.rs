//! Values that paths in expressions stand for: `pipeline.variables.x`, `stage.name`, `matrix.service`.
//!
//! Follows `docs/semantics.md`, "Values that stand in the text".

mod children;
mod inputs;
mod names;
mod outcomes;
mod own_variables;
mod owners;
mod scope;
mod service_tags;
mod statuses;
mod table;

pub(super) use outcomes::{Asked, Supposed, is_status};
pub(super) use owners::{ServiceTags, Values};
pub(super) use scope::{Notes, ReaderScope};

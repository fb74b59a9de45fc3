//! Keys of the pipeline YAML: where each stands, what it takes, what it means and does to the order.
//!
//! One table ([`MappingKind::keys`]) for the check of misspelt keys, for completion and for the notes on
//! hover, of the mappings that the planner reads, and no deeper. The words follow `docs/semantics.md`. To
//! add a key, add a row to the list of its mapping: those of stages are in `stage.rs`, of their `spec` in
//! `spec.rs` and `older.rs`, of looping strategies in `strategy.rs`, of failure strategies in `failure.rs`, of steps in `steps.rs`, of other documents in `entities.rs`, of the newer
//! schema in `v1.rs`.
//!
//! Each key has its part in the plan ([`Usage`]): read, said to be unused, or none. `docs/coverage.md` is made of
//! that.
//!
//! This crate is data: it knows no YAML tree.
//!
//! ```
//! use deployline_schema::{MappingKind, Takes};
//! let parallel = MappingKind::Metadata.key("parallel").expect("it is in the table");
//! assert_eq!(parallel.takes, [Takes::Flag]);
//! let doc = MappingKind::Metadata.doc("parallel").expect("each key has one");
//! assert!(doc.contains("side by side"));
//! ```

mod document;
mod entities;
mod failure;
mod generation;
mod key;
mod mapping_kind;
mod older;
mod spec;
mod stage;
mod steps;
mod strategy;
mod v1;

pub use document::entity_kind;
pub use generation::is_v1_stage;
pub use key::{EntityKind, Key, Takes, Usage};
use key::{count_of_one_stage, of_one_stage};
pub use mapping_kind::MappingKind;
pub use stage::STAGE_TYPES;
pub use steps::WAITING_STEPS;
pub use strategy::is_matrix_key;
pub use v1::{V1_STEPS, V1_WAITING_STEPS, is_other_spelling};

/// Keys of one stage, in either schema: several stages together don't have them.
///
/// ```
/// let names: Vec<_> = deployline_schema::keys_of_one_stage().collect();
/// assert!(names.contains(&"needs") && names.contains(&"dependsOn"));
/// assert!(!names.contains(&"id") && !names.contains(&"if"));
/// ```
pub fn keys_of_one_stage() -> impl Iterator<Item = &'static str> {
    const NEWER: [&str; count_of_one_stage(v1::STAGE)] = of_one_stage(v1::STAGE);
    const OLDER: [&str; count_of_one_stage(stage::STAGE)] = of_one_stage(stage::STAGE);
    // A spelling of a key that only documentation shows.
    let others = ["on_failure"];
    let older = OLDER.into_iter().filter(|name| !NEWER.contains(name));
    NEWER.into_iter().chain(others).chain(older)
}

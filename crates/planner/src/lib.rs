//! Meaning of Harness CD YAML: from documents to a pipeline, with diagnostics for what is wrong in them.
//!
//! The steps, in order:
//! 1. [`resolve`] reads documents into a [`Pipeline`](deployline_engine::Pipeline): its stages, each with
//!    its services and targets, and whether each axis is parallel;
//! 2. [`deployline_engine`] multiplies them out and lets them run;
//! 3. [`analyze`] takes all of these steps at once;
//! 4. [`rules`] lists what can be found on the way;
//! 5. [`edit`] makes the edit that flips a flag;
//! 6. [`assumed`] lists what is assumed because no text says it.
//!
//! This crate knows Harness and no pixel, clock, random or I/O. The rules are those of the
//! product; each module names the section of `docs/semantics.md` it follows.
//!
//! ```
//! use deployline_engine::{Assumptions, expand, schedule, words};
//! use deployline_planner::{Inputs, resolve};
//!
//! let text = "
//! spec:
//!   services: {values: [{serviceRef: S1}, {serviceRef: S2}], metadata: {parallel: true}}
//!   environments:
//!     metadata: {parallel: false}
//!     values:
//!       - environmentRef: E1
//!         infrastructureDefinitions: [{identifier: I1}, {identifier: I2}]
//! ";
//! let parsed = deployline_yaml::parse(text);
//! let (pipeline, diagnostics) = resolve(&parsed.documents, &Inputs::default());
//! assert!(diagnostics.is_empty());
//! let plan = expand(pipeline);
//! assert_eq!(words::sequence(&plan.pipeline.stages[0], &plan.stages[0]),
//!            "S1 I1, S2 I1, S1 I2, S2 I2");
//! let run = schedule(&plan, &Assumptions::default());
//! assert_eq!(run.stages[0].max_concurrency, 2);
//! assert_eq!(run.end.to_string(), "2m");
//! ```

mod analysis;
pub mod assumed;
mod checks;
mod document_kind;
pub mod edit;
mod expression;
mod fix;
mod inputs;
mod mappings;
mod resolve;
pub mod rules;
mod spawning;
mod spelling;
mod toggle;
mod unmatched;

pub use analysis::{Analysis, ParsedTexts, analyze};
pub use checks::Checks;
pub use document_kind::{
    document_kind, is_beside_pipeline, is_entity, is_pipeline, is_stage_list, is_v1_list, unscoped,
};
pub use expression::is_expression;
pub use inputs::{ANSWERS, Inputs};
pub use resolve::{
    Identity, Resolution, RuntimeInput, Settled, StageView, View, Views, flag, identity_of,
    input_set_identifiers, resolve, views,
};
pub use toggle::{Toggle, ToggleEffect, toggle};

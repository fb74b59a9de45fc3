//! Pipelines of any size, and the steps from their text to a schedule, one by one.
//!
//! 1. [`Case`] makes a text and the assumptions for it, the same bytes each time;
//! 2. [`prepare`] brings it to where a [`Step`] begins;
//! 3. [`run`] takes the step: this is what is measured.
//!
//! Three programs measure, and `cargo xtask bench` and `cargo xtask test instructions` read them:
//! `benches/core.rs` the time here, `src/bin/wasm.rs` the time and memory in WebAssembly,
//! `src/bin/instructions.rs` the instructions, which are the same on every run.
//!
//! ```
//! use deployline_bench::{Case, Output, Step, prepare, run};
//! let case = Case::grid(1_000);
//! let Output::Analysis(analysis) = run(&case, prepare(Step::All, &case)) else { unreachable!() };
//! assert_eq!(analysis.plan.stages[0].deployments.len(), 1_000);
//! assert!(analysis.diagnostics.iter().all(|it| it.severity == deployline_yaml::Severity::Info));
//! ```

mod case;
mod list;
mod random;
mod reader;
mod step;
mod text;

pub use case::Case;
pub use list::{List, lists};
pub use reader::{Prepared, READERS, Reader};
pub use step::{Input, Output, Step, prepare, run};

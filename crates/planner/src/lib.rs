//! How a Harness CD pipeline runs.
//!
//! The steps, in order:
//! 1. [`resolve`] reads documents into a [`Pipeline`]: its stages, each with its services and
//!    targets, and whether each axis is parallel;
//! 2. [`expand`] multiplies them out into a [`Plan`]: ordered deployments and a limit per stage;
//! 3. [`schedule`] lets them run under [`Assumptions`]: start, end, slot and what each waited for;
//!    [`schedule_in_waves`] as many believe they do;
//! 4. [`analyze`] takes all of these steps at once;
//! 5. [`insight`] answers questions about a run: what its end hangs on, how full it is, how else
//!    it could be;
//! 6. [`rules`] lists what can be found on the way;
//! 7. [`words`] says it in words, and [`edit`] says which bytes to change to flip a flag.
//!
//! This crate knows Harness and no pixel, clock, random or I/O. The rules are those of the
//! engine; each module names the section of `docs/semantics.md` it follows.
//!
//! ```
//! use deployline_planner::{Assumptions, Inputs, expand, resolve, schedule, words};
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
mod assumptions;
pub mod edit;
mod expand;
mod inputs;
pub mod insight;
mod model;
mod resolve;
pub mod rules;
mod schedule;
mod time;
mod toggle;
pub mod words;

pub use analysis::{Analysis, analyze};
pub use assumptions::{Assumptions, DurationKey};
pub use deployline_yaml::{Diagnostic, Severity, SourceId, Span};
pub use expand::{DEPLOYMENT_BUDGET, Deployment, Plan, StagePlan, expand};
pub use inputs::{AxisName, Inputs};
pub use model::{
    Axis, Child, Deploy, FlagPlace, Limit, Listed, LoopValues, Looping, MatrixAxis, OnFailure,
    Parallel, ParallelSource, Pipeline, PipelineStatus, Reference, Schema, Service, Stage, Steps,
    Target, Value, Work,
};
pub use resolve::resolve;
pub use schedule::{
    At, Reason, Run, Schedule, StageRun, Status, WaitsFor, schedule, schedule_in_waves,
};
pub use time::{DurationError, Ms};
pub use toggle::{Toggle, ToggleEffect, toggle};

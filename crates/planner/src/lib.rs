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
//! 7. [`keys`] says which keys stand where, and what each does to the order;
//! 8. [`words`] says it in words, and [`edit`] says which bytes to change to flip a flag.
//!
//! This crate knows Harness and no pixel, clock, random or I/O. The rules are those of the
//! product; each module names the section of `docs/semantics.md` it follows. Steps 2 and 3 are
//! [`deployline_engine`], of which everything that a user of this crate needs is here too.
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
pub mod edit;
mod inputs;
pub mod insight;
pub mod keys;
mod letters;
mod resolve;
pub mod rules;
mod spelling;
mod toggle;
pub mod words;

pub use analysis::{Analysis, analyze, analyze_with};
pub use deployline_engine::{
    Assumptions, At, Axis, AxisName, Child, DEPLOYMENT_BUDGET, Deploy, Deployment, DurationError,
    DurationKey, FlagPlace, Limit, Listed, LoopValues, Looping, MatrixAxis, Ms, OnFailure,
    Parallel, ParallelSource, Pipeline, PipelineStatus, Plan, Reason, Reference, Run, Schedule,
    Schema, Sequence, Service, Stage, StagePlan, StageRun, Status, Steps, Target, Value, WaitsFor,
    Work, expand, schedule, schedule_in_waves,
};
pub use deployline_map::{Map, Set};
pub use deployline_yaml::{Diagnostic, Severity, SourceId, Span};
pub use inputs::{BY_HAND, Inputs};
pub use letters::lower_case;
pub use resolve::{
    Identity, RuntimeInput, StageView, View, Views, document_kind, flag, identity_of, is_entity,
    is_expression, is_pipeline, resolve, unscoped, views,
};
pub use toggle::{Toggle, ToggleEffect, toggle};

//! The run of a pipeline: from its stages to the start and end of each deployment.
//!
//! The steps, in order:
//! 1. a [`Pipeline`] says what there is: stages, each with its services and targets, and whether
//!    each axis is parallel;
//! 2. [`expand`] multiplies it out into a [`Plan`]: ordered deployments and a limit per stage;
//! 3. [`schedule`] lets them run under [`Assumptions`]: start, end, slot and what each waited for;
//!    [`schedule_in_waves`] as many believe they do;
//! 4. [`insight`] answers questions about a run: what its end hangs on, how full it is, how else it could
//!    be;
//! 5. [`words`] says it in sentences, with numbers as [`format`](mod@format) writes them.
//!
//! No YAML and no pixel is known here. Each module names the section of `docs/semantics.md` it
//! follows; where one says *the engine*, it means the product's, which this follows.
//!
//! ```
//! use std::sync::Arc;
//!
//! use deployline_engine::{Assumptions, Pipeline, Stage, Work, expand, schedule};
//! use deployline_span::{SourceId, Span};
//!
//! let stage = |identifier: &str, entry: u32, after: &[u32]| Stage {
//!     identifier: identifier.into(),
//!     name: identifier.into(),
//!     stage_type: "Approval".into(),
//!     entry,
//!     after: Arc::from(after),
//!     span: Span::new(SourceId(0), 0, 0),
//!     pipeline_status: Default::default(),
//!     conditions: Vec::new(),
//!     work: Work::Other,
//!     looping: None,
//!     steps: Default::default(),
//!     failure: Default::default(),
//!     timeout: None,
//!     manual: None,
//!     absence: None,
//!     chained: None,
//!     path_len: 0,
//! };
//! let stages = vec![stage("ask", 0, &[]), stage("ask_again", 1, &[0])];
//! let plan = expand(Pipeline { stages, ..Pipeline::default() });
//! let run = schedule(&plan, &Assumptions::default());
//! assert_eq!(run.stages[1].start.to_string(), "1m");
//! assert_eq!(run.end.to_string(), "2m");
//! ```

mod account;
mod assumptions;
mod chained;
mod conditions;
mod expand;
pub mod format;
pub mod insight;
mod model;
mod plan;
#[cfg(test)]
mod samples;
mod schedule;
mod stage_choice;
mod time;
pub mod words;

pub use account::AccountPlan;
pub use assumptions::{Assumptions, DurationKey, Failure};
pub use expand::{Sequence, expand};
pub use model::{
    Absence, Ask, Axis, AxisName, Chained, Child, Condition, Deploy, ErrorType, FailureAction,
    FailureRule, FailureStrategies, FlagPlace, Limit, Listed, LoopValues, Looping, ManualStart,
    MatrixAxis, NAME_BUDGET, NamePart, NestedStep, OUTCOMES, OnFailure, Parallel, ParallelGroup,
    ParallelSource, PartialRun, Pipeline, PipelineStatus, Reference, STEP_BUDGET, Schema, Service,
    Skips, Stage, Step, StepKind, StepRules, StepWait, Steps, Target, Timeout, Value, WaitKind,
    Work, bounded_name, is_cut_name, outcome_combinations, unscoped,
};
pub use plan::{
    ChildPlan, DEPLOYMENT_BUDGET, Deployment, DeploymentId, Plan, STAGE_BUDGET, StagePlan,
};
pub use schedule::{
    ChildRun, CrowdedResource, DEFAULT_TIMEOUT, DurationSource, Halt, HaltKind, HeldStep,
    MAX_RETRY_PARTS, MAX_WAITING, Part, PartKind, ROLLBACK_STAGE_TYPE, Reason, Run, RunParts,
    Schedule, StageRun, Status, StepSpan, StepTimes, StuckStep, WaitsFor, duration_sources,
    leave_out, plan_and_schedule, schedule, schedule_in_waves,
};
pub use time::{DurationError, MAX_DURATION, Ms};

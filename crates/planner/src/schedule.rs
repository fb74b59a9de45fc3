//! When each deployment starts and ends.
//!
//! Follows `docs/semantics.md`, "From the list to a timeline": in each stage a window slides over
//! the list. The first ones fill it; each end, for whatever reason, lets the next one start at
//! once. There is no barrier between targets or services.
//!
//! ```text
//! limit 2        0   1   2   3
//! slot 0         |a======|c==|
//! slot 1         |b==|d==============|      d starts when b ends, though a still runs
//! ```

mod durations;
mod resources;
mod simulation;

use crate::{Assumptions, Ms, Plan};

/// When everything runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// When the last stage has ended.
    pub end: Ms,
    /// One per stage of the plan.
    pub stages: Vec<StageRun>,
}

/// When a stage runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageRun {
    /// When everything before it had ended.
    pub start: Ms,
    /// When its last deployment has ended.
    pub end: Ms,
    /// How it ended.
    pub status: Status,
    /// How many ran at once at the most: the plan's limit, or the account's where that is lower.
    pub max_concurrency: u32,
    /// One per deployment of the plan.
    pub runs: Vec<Run>,
}

/// A deployment's place: in its stage's list, in a plan and in its schedule alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Index of the stage.
    pub stage: u32,
    /// Index of the deployment in the list of its stage.
    pub index: u32,
}

/// When a deployment runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Start, from the pipeline's start.
    pub start: Ms,
    /// End, from the pipeline's start.
    pub end: Ms,
    /// The lowest free slot at its start, from 0, within its stage.
    pub lane: u32,
    /// How it ended.
    pub status: Status,
    /// Why it did not start earlier; `None` for what starts with the pipeline, and for what never
    /// started.
    pub waits_for: Option<WaitsFor>,
}

/// How a stage or a deployment ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It ran.
    Succeeded,
    /// It ran and failed, or some deployment of the stage did.
    Failed,
    /// It never started.
    Skipped,
}

/// What a deployment waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitsFor {
    /// Index of the stage.
    pub stage: u32,
    /// Index of the deployment whose end let this one start.
    pub index: u32,
    /// In which way.
    pub reason: Reason,
}

impl WaitsFor {
    /// The deployment whose end let this one start.
    pub fn at(self) -> At {
        At { stage: self.stage, index: self.index }
    }
}

/// In which way a deployment waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// That one's end freed the slot.
    Slot,
    /// The previous entry ended with it.
    Stage,
    /// It was the same service on the same infrastructure.
    Resource,
}

impl Schedule {
    /// The run of a deployment; `None` where there is none at that place.
    pub fn run(&self, at: At) -> Option<&Run> {
        self.stages.get(at.stage as usize)?.runs.get(at.index as usize)
    }
}

/// Lets the plan run.
pub fn schedule(plan: &Plan, assumptions: &Assumptions) -> Schedule {
    simulation::run(plan, assumptions)
}

fn index_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use crate::{Deployment, Run};

    /// A hundred thousand deployments are 6 MB in the page. What grows one of the two costs every
    /// plan; `cargo xtask bench` measures what is really held.
    #[test]
    fn a_deployment_and_its_run_take_64_bytes_at_most() {
        assert!(size_of::<Deployment>() + size_of::<Run>() <= 64);
    }
}

//! Start and end of each deployment.
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
mod end;
mod failure;
mod gates;
mod partial;
mod queues;
mod resources;
mod rollback;
mod simulation;
mod step_times;
mod steps;
mod uneven;
mod window;

pub use self::durations::{DurationSource, duration_sources};
pub use self::failure::MAX_RETRY_PARTS;
pub use self::partial::leave_out;
pub use self::resources::MAX_WAITING;
pub use self::step_times::{StepSpan, StepTimes};
pub use self::steps::DEFAULT_TIMEOUT;
use std::ops::Range;

use crate::{Ask, Assumptions, DeploymentId, Ms, Pipeline, Plan, expand};

/// Type of the stage that a rollback of the whole pipeline adds.
pub const ROLLBACK_STAGE_TYPE: &str = "PipelineRollback";

/// Start and end of everything in a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// End of the last stage.
    pub end: Ms,
    /// One per stage of the plan.
    pub stages: Vec<StageRun>,
    /// Parts of those bars that are more than work, in the order of their places.
    pub parts: Vec<RunParts>,
    /// The end that stopped the run, if one did.
    pub halt: Option<Halt>,
    /// Runs of the pipelines that deployments run: one per child of the plan.
    pub children: Vec<ChildRun>,
    /// Resources for which more have waited at a time than the product lets wait.
    pub crowded: Vec<CrowdedResource>,
    /// Steps that waited for others, in the order of these.
    pub held: Vec<HeldStep>,
    /// Steps that waited for others until their timeout, in the order of these.
    pub stuck: Vec<StuckStep>,
}

/// A step that waited for other deployments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldStep {
    /// Its deployment.
    pub at: DeploymentId,
    /// Its index in [`Steps::tree`](crate::Steps::tree).
    pub step: u32,
    /// Start of the wait.
    pub start: Ms,
    /// End of the wait.
    pub end: Ms,
    /// `true` where nothing comes behind it in its deployment.
    pub has_failed: bool,
}

/// A step that waited for other deployments until its timeout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StuckStep {
    /// Its deployment.
    pub at: DeploymentId,
    /// Its index in [`Steps::tree`](crate::Steps::tree).
    pub step: u32,
    /// Start of the wait.
    pub start: Ms,
    /// End of the wait.
    pub end: Ms,
}

/// The run of a pipeline that a deployment runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChildRun {
    /// The deployment.
    pub of: DeploymentId,
    /// Its stages.
    pub stages: Range<u32>,
    /// The end that stopped it, if one did.
    pub halt: Option<Halt>,
}

/// A resource for which more deployments have waited at a time than [`MAX_WAITING`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrowdedResource {
    /// The first of those that are too many.
    pub first_refused: DeploymentId,
    /// The most that have waited at a time.
    pub waiting: u32,
}

/// Parts of the bar of a deployment that does more than its work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunParts {
    /// The deployment.
    pub at: DeploymentId,
    /// In order, without gaps, from its start to its end.
    pub parts: Vec<Part>,
}

/// A part of a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it does.
    pub kind: PartKind,
    /// Start, from the pipeline's start.
    pub start: Ms,
    /// End, from the pipeline's start.
    pub end: Ms,
    /// The step that waits in it, by its index in [`Steps::tree`](crate::Steps::tree).
    pub step: Option<u32>,
    /// The deployment that ended the wait, where one did.
    pub waits_for: Option<WaitsFor>,
}

/// What a deployment does in a part of its bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// It works.
    Work,
    /// It waits for an interval, and works again.
    Retry,
    /// It waits for a person: to start its stage, or to say what comes of a failure.
    Manual,
    /// It waits for a time.
    Wait,
    /// It waits for an approval.
    Approval,
    /// It waits for others at a barrier.
    Barrier,
    /// It waits in a queue.
    Queue,
    /// It takes back what it did.
    Rollback,
}

impl PartKind {
    /// All, in the order in which they are drawn.
    pub const ALL: [Self; 8] = [
        Self::Work,
        Self::Retry,
        Self::Wait,
        Self::Approval,
        Self::Barrier,
        Self::Queue,
        Self::Manual,
        Self::Rollback,
    ];

    /// Its name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Retry => "retry",
            Self::Wait => "wait",
            Self::Approval => "approval",
            Self::Barrier => "barrier",
            Self::Queue => "queue",
            Self::Manual => "manual",
            Self::Rollback => "rollback",
        }
    }
}

/// An end after which nothing more starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Halt {
    /// The deployment that ended.
    pub by: DeploymentId,
    /// Its end.
    pub time: Ms,
    /// What becomes of the run.
    pub kind: HaltKind,
}

/// What becomes of a run that is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HaltKind {
    /// Those that run finish.
    Abort,
    /// The entry ends, and what has run is rolled back.
    PipelineRollback {
        /// `true` where nothing more of the entry starts.
        fail_all: bool,
    },
}

/// Start and end of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageRun {
    /// End of everything before it.
    pub start: Ms,
    /// End of its last deployment.
    pub end: Ms,
    /// Its outcome.
    pub status: Status,
    /// Outcome of everything that had ended when it was asked whether it starts: failed, ignored or succeeded.
    pub so_far: Status,
    /// The most that ran at once: the stage's own limit, or the account's where that is lower.
    pub max_concurrency: u32,
    /// Of a stage that keeps its results of the run before: the status of each deployment in that. Empty of others.
    pub kept: Vec<Status>,
    /// One per deployment of the plan.
    pub runs: Vec<Run>,
}

/// Start and end of a deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Start, from the pipeline's start.
    pub start: Ms,
    /// End, from the pipeline's start.
    pub end: Ms,
    /// The lowest free slot at its start, from 0, within its stage.
    pub lane: u32,
    /// Its outcome.
    pub status: Status,
    /// Reason why it did not start earlier; `None` for what starts with the pipeline, and for what never
    /// started.
    pub waits_for: Option<WaitsFor>,
}

/// Outcome of a stage or a deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It ran.
    Succeeded,
    /// It ran and failed, or some deployment of the stage did.
    Failed,
    /// It ran and failed, which is ignored.
    Ignored,
    /// It ran, failed, and stopped the whole run.
    Aborted,
    /// It ran, and was cancelled when another one of its stage failed.
    Cancelled,
    /// It never started.
    Skipped,
}

impl Status {
    /// Its name in expressions: the value of `<+pipeline.stages.ID.status>`.
    pub fn in_expressions(self) -> &'static str {
        match self {
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::Ignored => "IGNORE_FAILED",
            Self::Aborted | Self::Cancelled => "ABORTED",
            Self::Skipped => "SKIPPED",
        }
    }
}

/// The end that a deployment waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitsFor {
    /// Index of the stage.
    pub stage: u32,
    /// Index of the deployment whose end let this one start.
    pub index: u32,
    /// Kind of waiting.
    pub reason: Reason,
}

impl WaitsFor {
    /// The deployment whose end let this one start.
    pub fn at(self) -> DeploymentId {
        DeploymentId { stage: self.stage, index: self.index }
    }
}

/// Reason why a deployment waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// That one's end freed the slot.
    Slot,
    /// The previous entry ended with it.
    Stage,
    /// It was the same service on the same infrastructure.
    Resource,
    /// It met that one at a barrier, which was the last to come: of a part of a bar.
    Barrier,
    /// That one held the key of its queue: of a part of a bar.
    Queue,
    /// The account runs no more members of a parallel group at once; the end of one let the next start.
    GroupLimit,
    /// The previous item of a sequential list ended with it: only in [`schedule_in_waves`], since
    /// the engine has no such barrier.
    Wave,
}

impl Schedule {
    /// The run of a deployment; `None` where there is none at that place.
    pub fn run(&self, at: DeploymentId) -> Option<&Run> {
        self.stages.get(at.stage as usize)?.runs.get(at.index as usize)
    }

    /// The end that stopped the pipeline that a stage belongs to.
    pub fn halt_of(&self, stage_idx: usize) -> Option<Halt> {
        let at = self.children.partition_point(|child| child.stages.end as usize <= stage_idx);
        let child = self.children.get(at).filter(|it| it.stages.start as usize <= stage_idx);
        child.map_or(self.halt, |child| child.halt)
    }

    /// The run of the pipeline that a deployment runs.
    pub fn child_at(&self, at: DeploymentId) -> Option<&ChildRun> {
        let found = self.children.binary_search_by_key(&at, |child| child.of);
        found.ok().map(|index| &self.children[index])
    }

    /// The last end in the pipeline that a deployment runs, where the deployment ends with it.
    pub fn last_of_child(&self, at: DeploymentId) -> Option<DeploymentId> {
        let child = self.child_at(at)?;
        let ends = child.stages.clone().flat_map(|stage| {
            let runs = (0..).zip(&self.stages[stage as usize].runs);
            let ran = runs.filter(|(_, run)| run.status != Status::Skipped);
            ran.map(move |(index, run)| (run.end, DeploymentId { stage, index }))
        });
        let (end, last) = ends.max()?;
        (Some(end) == self.run(at).map(|run| run.end)).then_some(last)
    }

    /// Outcome that a condition of a stage asks for.
    pub fn outcome(&self, stage_idx: usize, ask: Ask) -> Status {
        let of = |index: usize| self.stages.get(index);
        let status = match ask {
            Ask::Stage(other) => of(other as usize).map(|stage| stage.status),
            Ask::Child(stage, index) => {
                let of_run =
                    |stage: &StageRun| stage.runs.get(index as usize).map(|run| run.status);
                of(stage as usize).map(|stage| {
                    let kept = stage.kept.get(index as usize).copied();
                    kept.or_else(|| of_run(stage)).unwrap_or(stage.status)
                })
            }
            Ask::SoFar => of(stage_idx).map(|stage| stage.so_far),
        };
        status.unwrap_or(Status::Succeeded)
    }

    /// The parts of a deployment's bar; none where all of it is work.
    pub fn parts(&self, at: DeploymentId) -> &[Part] {
        if self.parts.is_empty() {
            return &[];
        }
        let found = self.parts.binary_search_by_key(&at, |of| of.at);
        found.map_or(&[], |index| &self.parts[index].parts)
    }

    /// Length of a deployment's work, or of its first attempt.
    pub fn work(&self, at: DeploymentId) -> Ms {
        let parts = self.parts(at);
        if parts.is_empty() {
            return self.run(at).map(|run| run.end - run.start).unwrap_or_default();
        }
        let work = parts.iter().filter(|part| part.kind == PartKind::Work);
        work.fold(Ms(0), |sum, part| sum + (part.end - part.start))
    }
}

/// Multiplies a pipeline out and lets it run. Where a failure ends the run with a rollback of all that
/// ran, the plan has one more stage for it, of the type `PipelineRollback`.
pub fn plan_and_schedule(pipeline: Pipeline, assumptions: &Assumptions) -> (Plan, Schedule) {
    let mut plan = expand(pipeline);
    let mut run = schedule(&plan, assumptions);
    rollback::add(&mut plan, &mut run, assumptions);
    (plan, run)
}

/// Lets the plan run.
pub fn schedule(plan: &Plan, assumptions: &Assumptions) -> Schedule {
    run(plan, assumptions, Order::Window)
}

/// Lets the plan run as many believe it does, for comparison: as [`schedule`], but where a stage
/// goes through a sequential list, its next item starts only when all deployments of the item
/// before it have ended.
///
/// ```text
/// services parallel, targets sequential
/// slot 0   |S1 I1|     |S1 I2|
/// slot 1   |S2 I1======|S2 I2======|      both wait for S2 I1, the last of the wave to end
/// ```
pub fn schedule_in_waves(plan: &Plan, assumptions: &Assumptions) -> Schedule {
    run(plan, assumptions, Order::Waves)
}

fn run(plan: &Plan, assumptions: &Assumptions, order: Order) -> Schedule {
    let mut schedule = simulation::run(plan, assumptions, order);
    rollback::run(plan, &mut schedule, assumptions);
    schedule
}

/// Condition that lets the next of a list start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    /// A free slot, as in the engine.
    Window,
    /// The same, and the end of everything on the item before.
    Waves,
}

fn index_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Deployment, OnFailure, Work, samples};

    /// A hundred thousand deployments are 6 MB in the page. What grows one of the two costs every
    /// plan; `cargo xtask bench` measures what is really held.
    #[test]
    fn a_deployment_and_its_run_take_64_bytes_at_most() {
        assert!(size_of::<Deployment>() + size_of::<Run>() <= 64);
    }

    #[test]
    fn a_wave_waits_for_the_last_of_the_one_before() {
        let plan = samples::plan([samples::deploy((3, true), (2, false), 2)]);
        let durations = samples::minutes(&[("S1", 1), ("S2", 3), ("S3", 1)]);
        let assumptions = Assumptions { durations, ..Assumptions::default() };
        let runs = schedule_in_waves(&plan, &assumptions).stages.remove(0).runs;
        let lines = runs.iter().map(|run| {
            let after = run.waits_for.map(|after| format!(" {:?} {}", after.reason, after.index));
            format!("{}-{} in {}{}", run.start, run.end, run.lane, after.unwrap_or_default())
        });
        assert_eq!(
            lines.collect::<Vec<_>>(),
            [
                "0s-1m in 0",
                "0s-3m in 1",
                "1m-2m in 0 Slot 0",
                "3m-4m in 0 Wave 1",
                "3m-6m in 1 Wave 1",
                "4m-5m in 0 Slot 3",
            ]
        );
    }

    #[test]
    fn a_failure_skips_the_waves_that_have_not_started() {
        let mut stage = samples::deploy((2, true), (3, false), 0);
        if let Work::Deploy(deploy) = &mut stage.work {
            deploy.on_failure = OnFailure::SkipQueued;
        }
        let plan = samples::plan([stage]);
        let failures = samples::failures(&[("a", 3)]);
        let run = schedule_in_waves(&plan, &Assumptions { failures, ..Assumptions::default() });
        let status = run.stages[0].runs.iter().map(|run| run.status).collect::<Vec<_>>();
        assert_eq!(
            status[..4],
            [Status::Succeeded, Status::Succeeded, Status::Succeeded, Status::Failed]
        );
        assert_eq!(status[4..], [Status::Skipped, Status::Skipped]);
        assert_eq!(run.end, Ms(120_000));
    }
}

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

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::{Assumptions, Ms, PipelineStatus, Plan, Stage, StagePlan};
use durations::StageDurations;

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
    /// Why it did not start earlier; `None` for what starts with the pipeline.
    pub waits_for: Option<WaitsFor>,
}

/// How a stage or a deployment ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It ran.
    Succeeded,
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

/// In which way a deployment waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// That one's end freed the slot.
    Slot,
    /// The previous entry ended with it.
    Stage,
}

/// Lets the plan run.
pub fn schedule(plan: &Plan, assumptions: &Assumptions) -> Schedule {
    let mut stages: Vec<StageRun> = Vec::with_capacity(plan.stages.len());
    let mut start = Ms(0);
    let mut waits_for = None;
    for entry in plan.pipeline.stages.chunk_by(|a, b| a.entry == b.entry) {
        let first = stages.len();
        for stage in entry {
            let begin = Begin { stage: index_u32(stages.len()), start, waits_for };
            stages.push(run_stage(stage, &plan.stages[stages.len()], assumptions, begin));
        }
        if let Some((end, last)) = end_of_entry(&stages, first) {
            (start, waits_for) = (end, Some(last));
        }
    }
    Schedule { end: start, stages }
}

/// When the entry ended that began with stage `first`, and which deployment ended last: of several
/// at the same instant the last one, since ends are handled in list order. `None` where all of the
/// entry is skipped: then the next one waits for what ran before it.
fn end_of_entry(stages: &[StageRun], first: usize) -> Option<(Ms, WaitsFor)> {
    let ran = (first..stages.len()).filter(|&i| stages[i].status != Status::Skipped);
    let last_stage = ran.max_by_key(|&i| stages[i].end)?;
    let stage = &stages[last_stage];
    let last_run = (0..stage.runs.len()).max_by_key(|&i| stage.runs[i].end).unwrap_or(0);
    let (stage_idx, index) = (index_u32(last_stage), index_u32(last_run));
    Some((stage.end, WaitsFor { stage: stage_idx, index, reason: Reason::Stage }))
}

/// Where and when a stage begins.
#[derive(Clone, Copy)]
struct Begin {
    stage: u32,
    start: Ms,
    waits_for: Option<WaitsFor>,
}

fn run_stage(stage: &Stage, plan: &StagePlan, assumptions: &Assumptions, begin: Begin) -> StageRun {
    let account_limit = assumptions.account_limit.unwrap_or(u32::MAX).max(1);
    let limit = plan.max_concurrency.min(account_limit);
    // Nothing fails unless the viewer says so: a stage for failures has nothing to do.
    let status = match stage.pipeline_status {
        PipelineStatus::Failure => Status::Skipped,
        PipelineStatus::Success | PipelineStatus::All => Status::Succeeded,
    };
    let runs = match status {
        Status::Succeeded => slide(plan, limit, &StageDurations::new(stage, assumptions), begin),
        Status::Skipped => vec![skipped(begin); plan.deployments.len()],
    };
    let end = runs.iter().map(|run| run.end).max().unwrap_or(begin.start);
    StageRun { start: begin.start, end, status, max_concurrency: limit, runs }
}

/// It never starts, so it waits for nothing.
fn skipped(begin: Begin) -> Run {
    let start = begin.start;
    Run { start, end: start, lane: 0, status: Status::Skipped, waits_for: None }
}

/// The sliding window. It is full as long as something waits, so the slot of the one that ended is
/// the lowest free one.
fn slide(plan: &StagePlan, limit: u32, durations: &StageDurations, begin: Begin) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::with_capacity(plan.deployments.len());
    let mut running = BinaryHeap::with_capacity(limit as usize);
    for (deployment, index) in plan.deployments.iter().zip(0..) {
        let (start, lane, waits_for) = if index < limit {
            (begin.start, index, begin.waits_for)
        } else {
            let Some(Reverse((end, ended))) = running.pop() else { break };
            let slot = WaitsFor { stage: begin.stage, index: ended, reason: Reason::Slot };
            (end, runs[ended as usize].lane, Some(slot))
        };
        let end = start + durations.of(*deployment);
        running.push(Reverse((end, index)));
        runs.push(Run { start, end, lane, status: Status::Succeeded, waits_for });
    }
    runs
}

fn index_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

//! The run, end by end: each end lets others start.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::durations::{DurationTable, StageDurations};
use super::failure::{Outcome, halt_of};
use super::gates::{Gate, Release, gates};
use super::queues::{Admission, GroupQueues};
use super::resources::Resources;
use super::{
    Halt, HaltKind, Order, Part, Reason, Run, RunParts, Schedule, StageRun, Status, WaitsFor,
    index_u32,
};
use crate::{
    Assumptions, Deployment, DeploymentId, Failure, FailureAction, Ms, OnFailure, PipelineStatus,
    Plan, Stage, Work,
};

/// Lets all stages run, each when those it waits for have ended.
pub(crate) fn run(plan: &Plan, assumptions: &Assumptions, order: Order) -> Schedule {
    let mut run = Simulation::new(plan, assumptions, order);
    let count = run.stages.len();
    let ready: Vec<usize> =
        (0..count).filter(|&i| plan.pipeline.stages[i].after.is_empty()).collect();
    run.ready.extend(ready.into_iter().map(|stage| (stage, Release::default())));
    run.start_ready();
    // Ends at one instant come in list order, stage by stage.
    while let Some(Reverse(end)) = run.ends.pop() {
        run.deployment_ended(end.time(), end.at());
        run.start_ready();
    }
    run.into_schedule()
}

struct Simulation<'a> {
    plan: &'a Plan,
    stages: Vec<StageState<'a>>,
    /// Ends to come, the earliest first.
    ends: BinaryHeap<Reverse<End>>,
    resources: Resources,
    /// By stage: the gates that wait for it.
    followers: Vec<Vec<usize>>,
    gates: Vec<Gate>,
    /// Most plans have no group that queues.
    queues: Option<Box<GroupQueues>>,
    ready: VecDeque<(usize, Release)>,
    /// Length of a rollback; `None` for half the work.
    rollback: Option<Ms>,
    /// Parts of those that have some, in the order of their starts.
    parts: Vec<RunParts>,
    halt: Option<Halt>,
}

/// An end to come: time, stage and index from the highest bit down, so that one comparison orders
/// them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct End(u128);

impl End {
    pub(super) fn new(time: Ms, DeploymentId { stage, index }: DeploymentId) -> Self {
        Self(u128::from(time.0) << 64 | u128::from(stage) << 32 | u128::from(index))
    }

    pub(super) fn time(&self) -> Ms {
        Ms((self.0 >> 64) as u64)
    }

    pub(super) fn at(&self) -> DeploymentId {
        DeploymentId { stage: (self.0 >> 32) as u32, index: self.0 as u32 }
    }
}

/// The part of a stage's list that may start by now: of a sliding window all of it, else one item
/// of the sequential list after the other.
#[derive(Clone, Copy)]
struct Wave {
    /// Deployments in a wave.
    len: u32,
    /// The first of the list behind it.
    end: u32,
    /// Number of deployments behind it.
    behind: u32,
}

impl Wave {
    fn first(plan: &Plan, stage_idx: usize, order: Order) -> Self {
        let all = plan.stages[stage_idx].deployments.len();
        let len = match order {
            Order::Window => all,
            Order::Waves => plan.sequence(stage_idx).map_or(all, |it| it.len.min(all)),
        };
        Self { len: index_u32(len), end: index_u32(len), behind: index_u32(all - len) }
    }

    fn next(self) -> Self {
        let step = self.len.min(self.behind);
        Self { end: self.end + step, behind: self.behind - step, ..self }
    }
}

struct StageState<'a> {
    durations: StageDurations,
    limit: u32,
    /// The next of the list to get a slot.
    next: u32,
    wave: Wave,
    unfinished: u32,
    status: Status,
    start: Ms,
    runs: Vec<Run>,
    /// By index: `true` for one that has a slot and waits for its resource.
    waits_for_resource: Vec<bool>,
    /// By index: `true` for one that a condition skips; empty where none does.
    skipped: Vec<bool>,
    /// By index in ascending order, as the assumptions are.
    failing: Vec<(u32, &'a Failure)>,
    /// Event that let it start.
    release: Release,
}

impl<'a> StageState<'a> {
    fn new(
        stage: &Stage,
        count: usize,
        limit: u32,
        wave: Wave,
        assumptions: &'a Assumptions,
        table: &DurationTable<'_>,
    ) -> Self {
        let never =
            Run { start: Ms(0), end: Ms(0), lane: 0, status: Status::Skipped, waits_for: None };
        let failing = assumptions.failures.iter().filter(|((of, _), _)| *of == stage.identifier);
        Self {
            durations: StageDurations::new(stage, assumptions, table),
            limit,
            next: 0,
            wave,
            unfinished: index_u32(count),
            status: Status::Succeeded,
            start: Ms(0),
            runs: vec![never; count],
            waits_for_resource: Vec::new(),
            skipped: Vec::new(),
            failing: failing.map(|((_, index), failure)| (*index, failure)).collect(),
            release: Release::default(),
        }
    }

    /// Steps over those whose condition is false: each takes no slot and no time.
    #[cold]
    fn skip_by_condition(&mut self, time: Ms) {
        while self.next < self.wave.end && self.skipped[self.next as usize] {
            let run = &mut self.runs[self.next as usize];
            (run.start, run.end) = (time, time);
            self.unfinished -= 1;
            self.next += 1;
        }
    }

    /// Returns `true` where all up to the wave's end have ended and some are left.
    fn is_wave_over(&self) -> bool {
        self.wave.behind > 0 && self.unfinished == self.wave.behind
    }
}

impl<'a> Simulation<'a> {
    fn new(plan: &'a Plan, assumptions: &'a Assumptions, order: Order) -> Self {
        let at_once = assumptions.at_once().unwrap_or(u32::MAX);
        let stages = &plan.pipeline.stages[..plan.written_stage_count()];
        let table = DurationTable::new(assumptions);
        let states = stages.iter().zip(&plan.stages).enumerate().map(|(i, (stage, of_stage))| {
            let limit = of_stage.max_concurrency.min(at_once);
            let wave = Wave::first(plan, i, order);
            let count = of_stage.deployments.len();
            let state = StageState::new(stage, count, limit, wave, assumptions, &table);
            StageState { skipped: plan.skipped_by_condition(i), ..state }
        });
        let (gates, followers) = gates(stages);
        Self {
            plan,
            stages: states.collect(),
            ends: BinaryHeap::new(),
            resources: Resources::new(plan),
            followers,
            gates,
            queues: GroupQueues::new(plan, at_once),
            ready: VecDeque::new(),
            rollback: assumptions.rollback,
            parts: Vec::new(),
            halt: None,
        }
    }

    fn start_ready(&mut self) {
        while let Some((stage, release)) = self.ready.pop_front() {
            if self.halt.is_some_and(|halt| self.is_stopped(stage, halt)) {
                self.skip_stage(stage, release);
                continue;
            }
            match self.queues.as_mut().map(|queues| queues.admit(stage, release)) {
                None | Some(Admission::Start) => self.start_stage(stage, release),
                Some(Admission::Skip(release)) => self.skip_stage(stage, release),
                Some(Admission::Hold) => {}
            }
        }
    }

    fn start_stage(&mut self, stage: usize, release: Release) {
        let of_stage = &self.plan.pipeline.stages[stage];
        let runs = match of_stage.pipeline_status {
            PipelineStatus::Success => !release.has_failed,
            PipelineStatus::Failure => release.has_failed,
            PipelineStatus::All => true,
        };
        if !runs || of_stage.is_skipped_by_condition() {
            return self.skip_stage(stage, release);
        }
        let state = &mut self.stages[stage];
        (state.start, state.release) = (release.time, release);
        self.start_wave(stage, release.time, release.waits_for);
    }

    fn skip_stage(&mut self, stage: usize, release: Release) {
        let state = &mut self.stages[stage];
        (state.start, state.release) = (release.time, release);
        state.status = Status::Skipped;
        self.skip_from(stage, 0, release.time);
        self.stage_ended(stage, release);
    }

    /// Fills all slots, which are free, from the present wave; of one that is skipped as a whole, from the next.
    fn start_wave(&mut self, stage: usize, time: Ms, waits_for: Option<WaitsFor>) {
        loop {
            let state = &mut self.stages[stage];
            for lane in 0..state.limit.min(state.wave.len) {
                self.admit_next(stage, lane, time, waits_for);
            }
            let state = &mut self.stages[stage];
            if !state.is_wave_over() {
                return;
            }
            state.wave = state.wave.next();
        }
    }

    #[cold]
    fn next_wave(&mut self, stage: usize, time: Ms, waits_for: Option<WaitsFor>) {
        self.stages[stage].wave = self.stages[stage].wave.next();
        self.start_wave(stage, time, waits_for);
    }

    /// Gives a slot to the next of the list, if it may start by now. Inlined, since it is most of what
    /// an end does: a call costs a tenth of the run.
    #[inline(always)]
    fn admit_next(&mut self, stage: usize, lane: u32, time: Ms, waits_for: Option<WaitsFor>) {
        let state = &mut self.stages[stage];
        if !state.skipped.is_empty() {
            state.skip_by_condition(time);
        }
        let index = state.next;
        if index >= state.wave.end {
            return;
        }
        state.next += 1;
        state.runs[index as usize].lane = lane;
        let Some(deployment) = self.deployment(stage, index) else { return };
        let at = DeploymentId { stage: index_u32(stage), index };
        if self.resources.take(at, deployment) {
            self.launch(at, deployment, time, waits_for);
        } else {
            let state = &mut self.stages[stage];
            state.waits_for_resource.resize(state.runs.len(), false);
            state.waits_for_resource[index as usize] = true;
        }
    }

    fn launch(
        &mut self,
        at: DeploymentId,
        deployment: Deployment,
        time: Ms,
        waits_for: Option<WaitsFor>,
    ) {
        let DeploymentId { stage, index } = at;
        let state = &mut self.stages[stage as usize];
        let mut end = time + state.durations.of(index, deployment);
        let lane = state.runs[index as usize].lane;
        let mut status = Status::Succeeded;
        if !state.failing.is_empty() {
            (end, status) = self.fails(at, time, end);
        }
        let state = &mut self.stages[stage as usize];
        state.runs[index as usize] = Run { start: time, end, lane, status, waits_for };
        if let Some(is_waiting) = state.waits_for_resource.get_mut(index as usize) {
            *is_waiting = false;
        }
        self.ends.push(Reverse(End::new(end, at)));
    }

    /// End and status of a deployment that starts now and works to `end`, in a stage where some fail.
    #[cold]
    fn fails(&mut self, at: DeploymentId, start: Ms, end: Ms) -> (Ms, Status) {
        let Some((failure, action)) = self.failure(at) else { return (end, Status::Succeeded) };
        let outcome = Outcome::new(action, failure, end - start, self.rollback);
        if outcome.parts.len() > 1 {
            let mut from = start;
            let parts = outcome.parts.iter().map(|(kind, length)| {
                let part = Part { kind: *kind, start: from, end: from + *length };
                from = part.end;
                part
            });
            let parts = parts.collect();
            self.parts.push(RunParts { at, parts });
        }
        (start + outcome.length(), outcome.status)
    }

    /// Takes note of the end of a deployment that didn't simply succeed.
    #[cold]
    fn failure_ended(&mut self, time: Ms, at: DeploymentId, status: Status) {
        let stage = at.stage as usize;
        let state = &mut self.stages[stage];
        state.status = match (state.status, status) {
            (Status::Aborted, _) | (_, Status::Aborted) => Status::Aborted,
            (Status::Failed, _) | (_, Status::Failed) => Status::Failed,
            (_, other) => other,
        };
        if status == Status::Failed && self.on_failure(stage) == OnFailure::SkipQueued {
            self.skip_queued(stage, time);
        }
        let halt = matches!(status, Status::Failed | Status::Aborted).then(|| self.failure(at));
        if let Some(kind) = halt.flatten().and_then(|(_, action)| halt_of(action)) {
            self.stop(Halt { by: at, time, kind });
        }
    }

    /// How a deployment fails, and what its first failure becomes; `None` for one that doesn't fail.
    fn failure(&self, at: DeploymentId) -> Option<(&'a Failure, &'a FailureAction)> {
        let failing = &self.stages[at.stage as usize].failing;
        let place = failing.binary_search_by_key(&at.index, |(index, _)| *index).ok()?;
        let failure = failing[place].1;
        let strategies = &self.plan.pipeline.stages[at.stage as usize].failure;
        Some((failure, strategies.action(failure.step.as_deref(), failure.error)))
    }

    /// Stops the run: an abort at once, a rollback of the pipeline when the entry has ended.
    fn stop(&mut self, halt: Halt) {
        let rank = |halt: Halt| match halt.kind {
            HaltKind::PipelineRollback { fail_all } => u8::from(fail_all),
            HaltKind::Abort => 2,
        };
        if self.halt.is_some_and(|first| rank(first) >= rank(halt)) {
            return;
        }
        self.halt = Some(halt);
        if rank(halt) == 0 {
            return;
        }
        if let Some(queues) = &mut self.queues {
            self.ready.extend(queues.stop(halt.time));
        }
        for stage in 0..self.stages.len() {
            let state = &self.stages[stage];
            if state.next == 0 || state.unfinished == 0 {
                continue;
            }
            self.skip_queued(stage, halt.time);
            // The one that stops it ends by itself.
            let state = &mut self.stages[stage];
            if state.unfinished == 0 && stage != halt.by.stage as usize {
                if state.runs.iter().all(|run| run.status == Status::Skipped) {
                    state.status = Status::Skipped;
                }
                let release = self.release_of(stage);
                let time = release.time.max(halt.time);
                self.stage_ended(stage, Release { time, ..release });
            }
        }
    }

    /// Returns `true` where a stage doesn't start any more: after a rollback was asked for, those of the
    /// same entry go on.
    #[cold]
    fn is_stopped(&self, stage: usize, halt: Halt) -> bool {
        let entry = |stage: usize| self.plan.pipeline.stages[stage].entry;
        halt.kind != (HaltKind::PipelineRollback { fail_all: false })
            || entry(stage) != entry(halt.by.stage as usize)
    }

    fn deployment_ended(&mut self, time: Ms, at: DeploymentId) {
        let (stage, index) = (at.stage as usize, at.index);
        let state = &mut self.stages[stage];
        let run = state.runs[index as usize];
        state.unfinished -= 1;
        if run.status != Status::Succeeded {
            self.failure_ended(time, at, run.status);
        }
        self.pass_resource_on(time, at);
        let waits_for = |reason| Some(WaitsFor { stage: at.stage, index, reason });
        if self.stages[stage].is_wave_over() {
            self.next_wave(stage, time, waits_for(Reason::Wave));
        } else {
            self.admit_next(stage, run.lane, time, waits_for(Reason::Slot));
        }
        if self.stages[stage].unfinished == 0 {
            self.stage_ended(stage, self.release_of(stage));
        }
    }

    fn pass_resource_on(&mut self, time: Ms, at: DeploymentId) {
        let Some(deployment) = self.deployment(at.stage as usize, at.index) else { return };
        let stages = &self.stages;
        let is_waiting =
            |at: DeploymentId| stages[at.stage as usize].waits_for_resource[at.index as usize];
        if let Some(next) = self.resources.pass_on(at, deployment, is_waiting) {
            let reason = WaitsFor { stage: at.stage, index: at.index, reason: Reason::Resource };
            let Some(deployment) = self.deployment(next.stage as usize, next.index) else { return };
            self.launch(next, deployment, time, Some(reason));
        }
    }

    /// Skips all that have not started.
    fn skip_queued(&mut self, stage: usize, time: Ms) {
        let state = &mut self.stages[stage];
        for index in 0..state.waits_for_resource.len() {
            if std::mem::take(&mut state.waits_for_resource[index]) {
                let run = &mut state.runs[index];
                (run.start, run.end) = (time, time);
                state.unfinished -= 1;
            }
        }
        let next = state.next;
        self.skip_from(stage, next, time);
    }

    fn skip_from(&mut self, stage: usize, first: u32, time: Ms) {
        let state = &mut self.stages[stage];
        for run in &mut state.runs[first as usize..] {
            (run.start, run.end) = (time, time);
        }
        state.unfinished -= index_u32(state.runs.len()) - first;
        state.next = index_u32(state.runs.len());
    }

    /// Event that the end of a stage is for those behind it: of several ends at one instant the last one counts, since
    /// ends are handled in list order.
    fn release_of(&self, stage: usize) -> Release {
        let state = &self.stages[stage];
        let ran = (0..state.runs.len()).filter(|&i| state.runs[i].status != Status::Skipped);
        let last = ran.max_by_key(|&i| state.runs[i].end);
        let waits_for = last.map(|index| WaitsFor {
            stage: index_u32(stage),
            index: index_u32(index),
            reason: Reason::Stage,
        });
        Release {
            time: last.map_or(state.start, |index| state.runs[index].end),
            waits_for,
            has_failed: state.release.has_failed || state.status == Status::Failed,
        }
    }

    fn stage_ended(&mut self, stage: usize, release: Release) {
        for follower in std::mem::take(&mut self.followers[stage]) {
            let gate = &mut self.gates[follower];
            gate.release = gate.release.later_of(release);
            gate.unfinished -= 1;
            if gate.unfinished == 0 {
                self.ready.extend(gate.stages.iter().map(|&stage| (stage, gate.release)));
            }
        }
        if let Some(queues) = &mut self.queues {
            let has_failed = self.stages[stage].status == Status::Failed;
            self.ready.extend(queues.stage_ended(stage, has_failed, release));
        }
    }

    fn on_failure(&self, stage: usize) -> OnFailure {
        let stage = &self.plan.pipeline.stages[stage];
        match (&stage.looping, &stage.work) {
            (Some(looping), _) => looping.on_failure,
            (None, Work::Deploy(deploy)) => deploy.on_failure,
            (None, Work::Other | Work::Unknown) => OnFailure::RunAll,
        }
    }

    fn deployment(&self, stage: usize, index: u32) -> Option<Deployment> {
        self.plan.stages[stage].deployments.get(index as usize).copied()
    }

    fn into_schedule(self) -> Schedule {
        let stages = self.stages.into_iter().map(|state| StageRun {
            start: state.start,
            end: state.runs.iter().map(|run| run.end).max().unwrap_or(state.start),
            status: state.status,
            max_concurrency: state.limit,
            runs: state.runs,
        });
        let stages: Vec<StageRun> = stages.collect();
        let end = stages.iter().map(|stage| stage.end).max().unwrap_or_default();
        let mut parts = self.parts;
        deployline_map::sort_by(&mut parts, |a, b| a.at.cmp(&b.at));
        Schedule { end, stages, parts, halt: self.halt }
    }
}

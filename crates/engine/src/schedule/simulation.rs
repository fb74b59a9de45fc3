//! The run, end by end: each end lets others start.

mod child_state;
mod children;
mod stage_state;
mod step_runs;
mod steps;
mod stopping;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::durations::DurationTable;
use super::end::End;
use super::gates::{Gate, Ready, Release, gates};
use super::queues::{Admission, GroupQueues};
use super::resources::Resources;
use super::{Halt, Order, Reason, Run, RunParts, Schedule, StageRun, Status, WaitsFor, index_u32};
use crate::{Absence, Ask, Assumptions, Deployment, DeploymentId, Ms, PipelineStatus, Plan, Skips};
use child_state::ChildState;
use stage_state::{StageState, Wave};
use step_runs::StepRuns;

/// Lets all stages run, each when those it waits for have ended.
pub(crate) fn run(plan: &Plan, assumptions: &Assumptions, order: Order) -> Schedule {
    let mut run = Simulation::new(plan, assumptions, order);
    let own = plan.own_stage_count();
    let ready: Vec<usize> =
        (0..own).filter(|&i| plan.pipeline.stages[i].after.is_empty()).collect();
    run.add_ready(ready.into_iter().map(|stage| (stage, Release::default())));
    run.start_ready();
    // Ends at one instant come in list order, stage by stage.
    loop {
        if run.is_step_next() {
            run.step_event();
        } else if let Some(Reverse(end)) = run.ends.pop() {
            run.deployment_ended(end.time(), end.at());
            run.start_ready();
        } else if !run.end_stuck_child() {
            break;
        }
    }
    run.into_schedule()
}

struct Simulation<'a> {
    plan: &'a Plan,
    assumptions: &'a Assumptions,
    stages: Vec<StageState<'a>>,
    /// Ends to come, the earliest first.
    ends: BinaryHeap<Reverse<End>>,
    resources: Resources,
    /// By stage: the gates that wait for it.
    followers: Vec<Vec<usize>>,
    gates: Vec<Gate>,
    /// Most plans have no group that queues.
    queues: Option<Box<GroupQueues>>,
    /// Stages that may start, the first of the text before others.
    ready: BinaryHeap<Reverse<Ready>>,
    /// Parts of those that have some, in the order of their starts.
    parts: Vec<RunParts>,
    part_count: usize,
    /// Most plans have no step that waits for another deployment.
    steps: Option<Box<StepRuns>>,
    /// End that stopped the pipeline itself.
    halt: Option<Halt>,
    /// One per child of the plan.
    children: Vec<ChildState>,
    /// Those that have started, the last one behind the others.
    started_children: Vec<usize>,
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
            StageState::new(stage, count, limit, wave, assumptions, &table)
        });
        let states: Vec<StageState<'a>> = states.collect();
        let (gates, followers) = gates(stages);
        Self {
            plan,
            assumptions,
            steps: step_runs(plan, &states, assumptions),
            part_count: 0,
            stages: states,
            ends: BinaryHeap::new(),
            resources: Resources::new(plan),
            followers,
            gates,
            queues: GroupQueues::new(plan, at_once),
            ready: BinaryHeap::new(),
            parts: Vec::new(),
            halt: None,
            children: plan.children.iter().map(ChildState::new).collect(),
            started_children: Vec::new(),
        }
    }

    fn add_ready(&mut self, stages: impl IntoIterator<Item = (usize, Release)>) {
        let ready = |(stage, release)| Reverse(Ready { stage, release });
        self.ready.extend(stages.into_iter().map(ready));
    }

    fn start_ready(&mut self) {
        while let Some(Reverse(Ready { stage, release })) = self.ready.pop() {
            if self.halt_of(stage).is_some_and(|halt| self.is_stopped(stage, halt)) {
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
        if of_stage.absence == Some(Absence::NotChosen) {
            return self.skip_stage(stage, release);
        }
        let runs = match of_stage.pipeline_status {
            PipelineStatus::Success => !release.has_failed,
            PipelineStatus::Failure => release.has_failed,
            PipelineStatus::All => true,
        };
        if !runs {
            // One that waits for a failure, of which there is none, is left out by its own condition.
            let is_left_out = !release.has_failed && self.plan.is_in_dag(stage);
            return self.skip_stage(stage, release.left_out(is_left_out));
        }
        if !of_stage.conditions.is_empty() && self.is_skipped(stage, release) {
            self.skip_stage(stage, release.left_out(self.plan.is_in_dag(stage)));
            self.stages[stage].release = release;
            return;
        }
        if of_stage.absence == Some(Absence::Kept) {
            self.skip_stage(stage, release);
            self.stages[stage].keep();
            return self.keep_children(stage, release.time);
        }
        let state = &mut self.stages[stage];
        (state.start, state.release) = (release.time, release);
        self.start_wave(stage, release.time, release.waits_for);
    }

    /// Asks the conditions of a stage that is about to start: `true` where they skip all of it. All that they ask for
    /// has ended, so that each child of a loop would be answered the same when its turn comes.
    #[cold]
    fn is_skipped(&mut self, stage: usize, release: Release) -> bool {
        let outcome = |ask| match ask {
            Ask::Stage(other) => self.stages[other as usize].status,
            Ask::Child(other, child) => self.stages[other as usize].status_of(child),
            Ask::SoFar => release.so_far(),
        };
        match self.plan.skipped_by_conditions(stage, outcome) {
            Skips::None => false,
            Skips::All => true,
            Skips::Some(skipped) => {
                self.stages[stage].skipped = skipped;
                false
            }
        }
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
            let skipped = state.skip_by_condition(time);
            if skipped > 0 && self.steps.is_some() {
                self.skip_members(stage, skipped, time);
            }
        }
        let state = &mut self.stages[stage];
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
        if let Some(child) = self.child_at(at) {
            return self.start_child(child, time, waits_for);
        }
        let DeploymentId { stage, index } = at;
        if self.stages[stage as usize].flow.is_some() {
            self.launch_steps(at, time, waits_for);
            return self.no_longer_waits(at);
        }
        let state = &mut self.stages[stage as usize];
        let mut end = time + state.durations.of(index, deployment);
        let lane = state.runs[index as usize].lane;
        let mut status = Status::Succeeded;
        if !state.failing.is_empty() {
            (end, status) = self.fails(at, time, end);
        }
        let state = &mut self.stages[stage as usize];
        state.runs[index as usize] = Run { start: time, end, lane, status, waits_for };
        self.ends.push(Reverse(End::new(end, at)));
        self.no_longer_waits(at);
    }

    #[inline(always)]
    fn no_longer_waits(&mut self, at: DeploymentId) {
        let waiting = &mut self.stages[at.stage as usize].waits_for_resource;
        if let Some(is_waiting) = waiting.get_mut(at.index as usize) {
            *is_waiting = false;
        }
    }

    /// Returns `true` where the next event is of a step.
    #[inline(always)]
    fn is_step_next(&self) -> bool {
        let Some(steps) = &self.steps else { return false };
        steps.is_before(self.ends.peek().map(|Reverse(end)| end.time()))
    }

    fn deployment_ended(&mut self, time: Ms, at: DeploymentId) {
        let (stage, index) = (at.stage as usize, at.index);
        let state = &mut self.stages[stage];
        let run = state.runs[index as usize];
        // One that was cancelled has ended before.
        if run.end != time {
            return;
        }
        state.unfinished -= 1;
        if run.status != Status::Succeeded {
            self.failure_ended(time, at, run.status);
        }
        self.pass_resource_on(time, at);
        if self.steps.is_some() {
            self.leave_queues(time, at);
        }
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
        let before = state.release.left_out(self.plan.is_in_dag(stage));
        Release {
            time: last.map_or(state.start, |index| state.runs[index].end),
            waits_for,
            has_failed: before.has_failed || state.status == Status::Failed,
            has_ignored: before.has_ignored || state.status == Status::Ignored,
        }
    }

    fn stage_ended(&mut self, stage: usize, release: Release) {
        for follower in std::mem::take(&mut self.followers[stage]) {
            let gate = &mut self.gates[follower];
            gate.release = gate.release.later_of(release);
            gate.unfinished -= 1;
            if gate.unfinished == 0 {
                let (stages, release) = (std::mem::take(&mut gate.stages), gate.release);
                self.add_ready(stages.into_iter().map(|stage| (stage, release)));
            }
        }
        if let Some(queues) = &mut self.queues {
            let has_failed = self.stages[stage].status == Status::Failed;
            let ready = queues.stage_ended(stage, has_failed, release);
            self.add_ready(ready);
        }
        if let Some(child) = self.child_of(stage) {
            self.stage_of_child_ended(child);
        }
    }

    /// Ends a child whose stages wait for each other, where nothing else is left to happen.
    fn end_stuck_child(&mut self) -> bool {
        while let Some(child) = self.started_children.pop() {
            if self.children[child].is_running() {
                self.child_ended(child);
                return true;
            }
        }
        false
    }

    fn deployment(&self, stage: usize, index: u32) -> Option<Deployment> {
        self.plan.stages[stage].deployments.get(index as usize).copied()
    }

    fn into_schedule(mut self) -> Schedule {
        self.place_unstarted();
        let children = self.runs_of_children();
        let stages = self.stages.into_iter().map(|state| StageRun {
            start: state.start,
            end: state.runs.iter().map(|run| run.end).max().unwrap_or(state.start),
            // Stages of a cycle, and those behind one, never start.
            status: if state.unfinished > 0 { Status::Skipped } else { state.status },
            so_far: state.release.so_far(),
            max_concurrency: state.limit,
            kept: state.kept,
            runs: state.runs,
        });
        let stages: Vec<StageRun> = stages.collect();
        let end = stages.iter().map(|stage| stage.end).max().unwrap_or_default();
        let mut parts = self.parts;
        deployline_map::sort_by(&mut parts, |a, b| a.at.cmp(&b.at));
        let crowded = self.resources.into_crowded();
        let (held, stuck) = self.steps.map(|steps| steps.into_waits()).unwrap_or_default();
        Schedule { end, stages, parts, halt: self.halt, children, crowded, held, stuck }
    }
}

/// Steps that wait for other deployments; `None` where there are none.
fn step_runs(
    plan: &Plan,
    stages: &[StageState<'_>],
    assumptions: &Assumptions,
) -> Option<Box<StepRuns>> {
    let flows: Vec<_> = stages.iter().map(|stage| stage.flow.as_ref()).collect();
    if flows.iter().all(Option::is_none) {
        return None;
    }
    let limits: Vec<u32> = stages.iter().map(|stage| stage.limit).collect();
    StepRuns::new(plan, &flows, &limits, assumptions.barrier_in_loops)
}

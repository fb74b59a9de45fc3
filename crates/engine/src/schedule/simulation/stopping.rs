//! Failures, and the deployments and stages that don't start after one.

use std::cmp::Reverse;
use std::ops::Range;

use super::Simulation;
use crate::schedule::end::End;
use crate::schedule::failure::{Outcome, halt_of};
use crate::schedule::gates::Release;
use crate::schedule::{Halt, HaltKind, Part, PartKind, RunParts, Status, index_u32};
use crate::{DeploymentId, ErrorType, Failure, FailureAction, Ms, OnFailure, Work};

impl<'a> Simulation<'a> {
    /// End and status of a deployment that starts now and works to `end`, in a stage where some fail.
    #[cold]
    pub(super) fn fails(&mut self, at: DeploymentId, start: Ms, end: Ms) -> (Ms, Status) {
        let Some((failure, action)) = self.failure(at) else { return (end, Status::Succeeded) };
        let outcome = Outcome::new(action, failure, end - start, self.assumptions.rollback);
        self.add_parts(at, start, &outcome.parts);
        (start + outcome.length(), outcome.status)
    }

    /// Keeps the parts of a bar that starts now, where it has several.
    pub(super) fn add_parts(&mut self, at: DeploymentId, start: Ms, parts: &[(PartKind, Ms)]) {
        if parts.len() < 2 {
            return;
        }
        let mut from = start;
        let parts = parts.iter().map(|(kind, length)| {
            let end = from + *length;
            let part = Part { kind: *kind, start: from, end, step: None, waits_for: None };
            from = part.end;
            part
        });
        let parts = parts.collect();
        self.keep_parts(at, parts);
    }

    /// Takes note of the end of a deployment that didn't simply succeed.
    #[cold]
    pub(super) fn failure_ended(&mut self, time: Ms, at: DeploymentId, status: Status) {
        let stage = at.stage as usize;
        let state = &mut self.stages[stage];
        if status == Status::Cancelled {
            return;
        }
        state.status = match (state.status, status) {
            (Status::Aborted, _) | (_, Status::Aborted) => Status::Aborted,
            (Status::Failed, _) | (_, Status::Failed) => Status::Failed,
            (_, other) => other,
        };
        if status == Status::Failed {
            match self.on_failure(stage) {
                OnFailure::RunAll => {}
                OnFailure::SkipQueued => self.skip_queued(stage, time),
                OnFailure::FailFast => {
                    self.skip_queued(stage, time);
                    self.cancel_running(stage, time);
                }
            }
        }
        let halt = matches!(status, Status::Failed | Status::Aborted).then(|| self.action(at));
        if let Some(kind) = halt.flatten().and_then(halt_of) {
            self.stop(Halt { by: at, time, kind });
        }
    }

    /// The action on the failure of a deployment: assumed, of a step that waited too long, of a stage that nobody
    /// started, or of the pipeline that it runs.
    fn action(&self, at: DeploymentId) -> Option<&'a FailureAction> {
        let flow = &self.stages[at.stage as usize].flow;
        if flow.as_ref().is_some_and(|flow| flow.is_given_up) {
            let strategies = &self.plan.pipeline.stages[at.stage as usize].failure;
            return Some(strategies.action(None, ErrorType::TIMEOUT));
        }
        let strategies = &self.plan.pipeline.stages[at.stage as usize].failure;
        if let Some(failure) = self.steps.as_ref().and_then(|steps| steps.failure(at)) {
            return Some(strategies.action(failure.step.as_deref(), failure.error));
        }
        let assumed = self.failure(at).map(|(_, action)| action);
        // Else it is the pipeline that it runs which has failed.
        assumed.or_else(|| {
            self.child_at(at).map(|_| strategies.action(None, Failure::default().error))
        })
    }

    /// The failure that is assumed of a deployment and the action on it; `None` for one that doesn't fail.
    pub(super) fn failure(&self, at: DeploymentId) -> Option<(&'a Failure, &'a FailureAction)> {
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
        let of_run = self.halt_of_mut(halt.by.stage as usize);
        if of_run.is_some_and(|first| rank(first) >= rank(halt)) {
            return;
        }
        *of_run = Some(halt);
        if rank(halt) == 0 {
            return;
        }
        self.stop_stages(self.stages_beside(halt.by.stage as usize), halt);
    }

    /// Skips whatever of these stages has not started.
    pub(super) fn stop_stages(&mut self, stages: Range<usize>, halt: Halt) {
        if let Some(queues) = &mut self.queues {
            let ready = queues.stop(halt.time, &stages);
            self.add_ready(ready);
        }
        for stage in stages {
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
    pub(super) fn is_stopped(&self, stage: usize, halt: Halt) -> bool {
        let entry = |stage: usize| self.plan.pipeline.stages[stage].entry;
        halt.kind != (HaltKind::PipelineRollback { fail_all: false })
            || entry(stage) != entry(halt.by.stage as usize)
    }

    pub(super) fn skip_stage(&mut self, stage: usize, release: Release) {
        let state = &mut self.stages[stage];
        (state.start, state.release) = (release.time, release);
        state.status = Status::Skipped;
        self.skip_from(stage, 0, release.time);
        self.stage_ended(stage, release);
    }

    /// Skips all that have not started.
    fn skip_queued(&mut self, stage: usize, time: Ms) {
        let mut waiting = 0;
        let state = &mut self.stages[stage];
        for index in 0..state.waits_for_resource.len() {
            if std::mem::take(&mut state.waits_for_resource[index]) {
                let run = &mut state.runs[index];
                (run.start, run.end) = (time, time);
                state.unfinished -= 1;
                waiting += 1;
                self.resources.leave(stage, self.plan.stages[stage].deployments[index]);
            }
        }
        let next = state.next;
        self.skip_from(stage, next, time);
        if waiting > 0 && self.steps.is_some() {
            self.skip_members(stage, waiting, time);
        }
    }

    /// Ends all that run in a stage at this instant; those that end at it by themselves do so.
    pub(super) fn cancel_running(&mut self, stage: usize, time: Ms) {
        for index in 0..self.stages[stage].runs.len() {
            let run = &mut self.stages[stage].runs[index];
            if run.status == Status::Skipped || run.end <= time {
                continue;
            }
            (run.end, run.status) = (time, Status::Cancelled);
            let at = DeploymentId { stage: index_u32(stage), index: index_u32(index) };
            self.ends.push(Reverse(End::new(time, at)));
            cut(&mut self.parts, at, time);
            self.cancel_steps(at, time);
            self.cancel_child(at, time);
        }
    }

    fn skip_from(&mut self, stage: usize, first: u32, time: Ms) {
        let state = &mut self.stages[stage];
        for run in &mut state.runs[first as usize..] {
            (run.start, run.end) = (time, time);
        }
        let count = index_u32(state.runs.len()) - first;
        state.unfinished -= count;
        state.next = index_u32(state.runs.len());
        if count > 0 && self.steps.is_some() {
            self.skip_members(stage, count, time);
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
}

/// Ends the parts of a bar at an instant.
fn cut(parts: &mut [RunParts], at: DeploymentId, time: Ms) {
    for of_run in parts.iter_mut().filter(|parts| parts.at == at) {
        of_run.parts.retain(|part| part.start < time);
        if let Some(last) = of_run.parts.last_mut() {
            last.end = last.end.min(time);
        }
    }
}

//! Deployments whose steps wait: for a time, for others at a barrier, in a queue.
//!
//! Most bars need none of this: where no step waits, a bar is as long as its work.

use std::cmp::Reverse;

use super::Simulation;
use super::step_runs::{InnerRuns, Move, Release, StepRun, StepRuns};
use crate::schedule::end::End;
use crate::schedule::failure::{Outcome, goes_on};
use crate::schedule::steps::{DEFAULT_TIMEOUT, Leaf, kind_of, linear};
use crate::schedule::{Part, PartKind, Run, RunParts, Status, StuckStep, WaitsFor, index_u32};
use crate::{DeploymentId, ErrorType, Failure, Ms, WaitKind};

/// The most parts that are kept, of all bars together.
const MAX_PARTS: usize = 500_000;
impl<'a> Simulation<'a> {
    /// Starts a deployment of a stage in which a step waits.
    #[cold]
    pub(super) fn launch_steps(&mut self, at: DeploymentId, time: Ms, waits_for: Option<WaitsFor>) {
        let (stage, index) = (at.stage as usize, at.index as usize);
        let Some(deployment) = self.deployment(stage, at.index) else { return };
        let state = &mut self.stages[stage];
        let Some(flow) = &mut state.flow else { return };
        let work = flow.work(&state.durations, at.index, deployment);
        // A person starts the stage once.
        let manual = (state.start + flow.manual) - time;
        let lane = state.runs[index].lane;
        let is_followed = self.steps.as_ref().is_some_and(|steps| steps.is_followed(stage));
        if is_followed {
            state.runs[index] =
                Run { start: time, end: Ms(u64::MAX), lane, status: Status::Succeeded, waits_for };
            return self.begin_steps(at, time, manual, work);
        }
        if flow.is_given_up {
            return self.give_up(at, time, manual, waits_for);
        }
        let (mut parts, end) = flow.parts(time, manual, work);
        let working = flow.working(work);
        let tail = self.failure(at).map(|(failure, action)| {
            Outcome::new(action, failure, working, self.assumptions.rollback)
        });
        let (end, status) = add_tail(&mut parts, time, end, tail);
        self.stages[stage].runs[index] = Run { start: time, end, lane, status, waits_for };
        self.keep_parts(at, parts);
        self.ends.push(Reverse(End::new(end, at)));
    }

    /// Ends a deployment of a stage that nobody starts in time: its failure strategies say how.
    fn give_up(&mut self, at: DeploymentId, time: Ms, waited: Ms, waits_for: Option<WaitsFor>) {
        let failure = Failure { error: ErrorType::TIMEOUT, ..Failure::default() };
        let strategies = &self.plan.pipeline.stages[at.stage as usize].failure;
        let action = strategies.action(None, failure.error);
        let rollback = self.assumptions.rollback.unwrap_or_default();
        let tail = Outcome::new(action, &failure, waited, Some(rollback));
        let end = time + waited;
        let kind = PartKind::Manual;
        let mut parts = vec![Part { kind, start: time, end, step: None, waits_for: None }];
        let (end, status) = add_tail(&mut parts, time, end, Some(tail));
        parts.retain(|part| part.end > part.start);
        let run = &mut self.stages[at.stage as usize].runs[at.index as usize];
        *run = Run { start: time, end, lane: run.lane, status, waits_for };
        self.keep_parts(at, parts);
        self.ends.push(Reverse(End::new(end, at)));
    }

    pub(super) fn keep_parts(&mut self, at: DeploymentId, parts: Vec<Part>) {
        if parts.is_empty() || self.part_count + parts.len() > MAX_PARTS {
            return;
        }
        self.part_count += parts.len();
        self.parts.push(RunParts { at, parts });
    }

    /// Begins the steps of a deployment that may wait for others.
    fn begin_steps(&mut self, at: DeploymentId, time: Ms, manual: Ms, work: Ms) {
        let stage = &self.stages[at.stage as usize];
        let (Some(flow), Some(mut steps)) = (&stage.flow, self.steps.take()) else { return };
        let mut leaves = Vec::new();
        let begin = time + manual;
        if manual > Ms(0) {
            let kind = PartKind::Manual;
            leaves.push(Leaf { kind, step: None, start: time, end: begin, waits_for: None });
        }
        let is_given_up = flow.is_given_up;
        let (begin, working) = match is_given_up {
            true => (begin, Ms(0)),
            false => (begin + flow.push_unshared(begin, work, &mut leaves), flow.working(work)),
        };
        let given_up = || (Failure { error: ErrorType::TIMEOUT, ..Failure::default() }, manual);
        let run = StepRun {
            work: vec![Ms(0); flow.tree.len()],
            inner: vec![InnerRuns::default(); flow.tree.len()],
            leaves,
            waiting: Vec::new(),
            reached: vec![false; flow.waits.len()],
            is_ignored: false,
            failure: is_given_up.then(given_up),
            whole_work: work,
            working,
        };
        steps.runs[at.stage as usize][at.index as usize] = Some(Box::new(run));
        // The first step begins with an event of its own, since a person may start the stage later.
        steps.events.push(Reverse((begin, false, at, u32::MAX)));
        self.steps = Some(steps);
    }

    /// Handles the event that comes next.
    #[cold]
    pub(super) fn step_event(&mut self) {
        let Some(mut steps) = self.steps.take() else { return };
        if let Some(Reverse((time, _, at, step))) = steps.events.pop() {
            let first = self.event_move(&mut steps, time, at, step);
            self.go(&mut steps, time, at, first);
        }
        self.steps = Some(steps);
    }

    /// End or failure of the step that an event is of; `None` where its wait has ended before.
    fn event_move(
        &mut self,
        steps: &mut StepRuns,
        time: Ms,
        at: DeploymentId,
        step: u32,
    ) -> Option<Move> {
        let flow = self.stages[at.stage as usize].flow.as_ref()?;
        let run = steps.run(at)?;
        if step == u32::MAX && flow.is_given_up {
            return Some(Move::Ends { step, has_failed: true });
        }
        if step == u32::MAX {
            for (step, work) in flow.shared(None, run.whole_work) {
                run.work[step as usize] = work;
            }
            return Some(match flow.children(None).next() {
                Some(first) => Move::Begins(first),
                None => Move::Ends { step: u32::MAX, has_failed: false },
            });
        }
        let Some((wait, length)) = flow.wait(step).filter(|_| flow.is_step_held(step)) else {
            return Some(Move::Ends { step, has_failed: false });
        };
        let name = match &wait.kind {
            WaitKind::Barrier(name) | WaitKind::Queue(Some(name)) => name,
            // It has waited longer than it may.
            _ => {
                let after = wait.timeout.map_or(length, |timeout| timeout.after);
                let failed = self.fail_step(steps, at, step, (ErrorType::TIMEOUT, length));
                steps.keep(at, step, (time - after, time), failed);
                return Some(failed);
            }
        };
        let place = run.waiting.iter().position(|waiting| waiting.step == step)?;
        let waiting = run.waiting[place];
        let timeout = wait.timeout.map_or(DEFAULT_TIMEOUT, |timeout| timeout.after);
        if waiting.end.is_none() && waiting.since + timeout != time {
            return None;
        }
        run.waiting.remove(place);
        if matches!(waiting.end, Some(Release::OtherRuns))
            && !steps.takes_key(name, (at, step), waiting.since, Some(timeout))
        {
            return None;
        }
        let run = steps.run(at)?;
        let waits_for = match waiting.end {
            Some(Release::By(waits_for)) => waits_for,
            _ => None,
        };
        let kind = kind_of(&wait.kind);
        run.leaves.push(Leaf {
            kind,
            step: Some(step),
            start: waiting.since,
            end: time,
            waits_for,
        });
        let error = match waiting.end {
            Some(Release::By(_) | Release::OtherRuns) => {
                let ended = Move::Ends { step, has_failed: false };
                steps.keep(at, step, (waiting.since, time), ended);
                return Some(ended);
            }
            Some(Release::Failure(error)) => error,
            None => {
                steps.stuck.push(StuckStep { at, step, start: waiting.since, end: time });
                if let WaitKind::Barrier(_) = wait.kind {
                    steps.fail_barrier(name, time, ErrorType::TIMEOUT);
                }
                ErrorType::TIMEOUT
            }
        };
        let failed = self.fail_step(steps, at, step, (error, time - waiting.since));
        steps.keep(at, step, (waiting.since, time), failed);
        Some(failed)
    }

    /// Outcome of a step that waited so long and failed.
    fn fail_step(
        &self,
        steps: &mut StepRuns,
        at: DeploymentId,
        step: u32,
        (error, waited): (ErrorType, Ms),
    ) -> Move {
        let stage = &self.plan.pipeline.stages[at.stage as usize];
        let identifier = stage.steps.identifier(step);
        let action = stage.failure.action(Some(identifier), error);
        let Some(run) = steps.run(at) else { return Move::Ends { step, has_failed: true } };
        let goes_on = goes_on(action);
        run.is_ignored |= goes_on == Some(Status::Ignored);
        if goes_on.is_none() && run.failure.is_none() {
            let failure = Failure { error, step: Some(identifier.to_owned()), succeeds_at: None };
            run.failure = Some((failure, waited));
        }
        Move::Ends { step, has_failed: goes_on.is_none() }
    }

    /// Does all that happens at this instant, one step after the other.
    fn go(&mut self, steps: &mut StepRuns, time: Ms, at: DeploymentId, first: Option<Move>) {
        let mut moves: Vec<Move> = first.into_iter().collect();
        while let Some(next) = moves.pop() {
            match next {
                Move::Begins(step) => self.begin_step(steps, time, at, step, &mut moves),
                Move::Ends { step: u32::MAX, .. } => self.steps_ended(steps, time, at),
                Move::Ends { step, has_failed } => {
                    self.step_ended(steps, at, step, has_failed, &mut moves);
                }
            }
        }
    }

    fn begin_step(
        &mut self,
        steps: &mut StepRuns,
        time: Ms,
        at: DeploymentId,
        step: u32,
        moves: &mut Vec<Move>,
    ) {
        let Some(flow) = &self.stages[at.stage as usize].flow else { return };
        let Some(run) = steps.run(at) else { return };
        let work = run.work[step as usize];
        if !flow.is_step_held(step) {
            let end = flow.step(step, time, work, &mut run.leaves);
            steps.events.push(Reverse((end, false, at, step)));
            return;
        }
        let Some((wait, length)) = flow.wait(step) else {
            let inner = flow.shared(Some(step), work);
            for (step, work) in &inner {
                run.work[*step as usize] = *work;
            }
            let first = inner.len().min(flow.at_once(step).unwrap_or(1));
            let next = inner.get(first).map(|(step, _)| *step);
            run.inner[step as usize] =
                InnerRuns { running: index_u32(first), next, has_failed: false };
            moves.extend(inner[..first].iter().map(|(step, _)| Move::Begins(*step)).rev());
            return;
        };
        if let Ok(place) = flow.waits.binary_search_by_key(&step, |wait| wait.step) {
            run.reached[place] = true;
        }
        let timeout = wait.timeout.map(|timeout| timeout.after);
        let after = match &wait.kind {
            WaitKind::Barrier(name) => return steps.come(name, time, (at, step), timeout),
            WaitKind::Queue(Some(_)) if length > Ms(0) => {
                return steps.wait_for_other_runs(time, (at, step), length, timeout);
            }
            WaitKind::Queue(Some(key)) => {
                if steps.takes_key(key, (at, step), time, timeout) {
                    moves.push(Move::Ends { step, has_failed: false });
                }
                return;
            }
            kind => {
                let after = timeout.map_or(length, |timeout| timeout.min(length));
                let (kind, end) = (kind_of(kind), time + after);
                run.leaves.push(Leaf { kind, step: Some(step), start: time, end, waits_for: None });
                after
            }
        };
        steps.events.push(Reverse((time + after, false, at, step)));
    }

    /// The step behind one that ended begins, or the group around it ends.
    fn step_ended(
        &self,
        steps: &mut StepRuns,
        at: DeploymentId,
        step: u32,
        has_failed: bool,
        moves: &mut Vec<Move>,
    ) {
        let Some(flow) = &self.stages[at.stage as usize].flow else { return };
        let Some(run) = steps.run(at) else { return };
        let around = flow.parents[step as usize];
        if let Some(around) = around.filter(|around| flow.at_once(*around).is_some()) {
            let inner = &mut run.inner[around as usize];
            inner.has_failed |= has_failed;
            if let Some(next) = inner.next.filter(|_| !inner.has_failed) {
                let behind = flow.end_of(Some(next));
                inner.next = Some(behind).filter(|behind| *behind < flow.end_of(Some(around)));
                return moves.push(Move::Begins(next));
            }
            inner.running -= 1;
            if inner.running == 0 {
                moves.push(Move::Ends { step: around, has_failed: inner.has_failed });
            }
            return;
        }
        let next = flow.end_of(Some(step));
        moves.push(match next < flow.end_of(around) && !has_failed {
            true => Move::Begins(next),
            false => Move::Ends { step: around.unwrap_or(u32::MAX), has_failed },
        });
    }

    /// Ends a deployment with all of its steps.
    fn steps_ended(&mut self, steps: &mut StepRuns, time: Ms, at: DeploymentId) {
        let (stage, index) = (at.stage as usize, at.index as usize);
        let Some(run) = steps.runs[stage][index].take() else { return };
        self.leave_barriers(steps, time, stage, &run);
        let start = self.stages[stage].runs[index].start;
        let mut parts = linear(run.leaves);
        let of_step = run.failure.as_ref().map(|(failure, waited)| {
            let strategies = &self.plan.pipeline.stages[stage].failure;
            let action = strategies.action(failure.step.as_deref(), failure.error);
            let rollback = self.assumptions.rollback.unwrap_or(Ms(run.working.0 / 2));
            Outcome::new(action, failure, *waited, Some(rollback))
        });
        let assumed = || {
            let (failure, action) = self.failure(at)?;
            Some(Outcome::new(action, failure, run.working, self.assumptions.rollback))
        };
        let (end, status) = add_tail(&mut parts, start, time, of_step.or_else(assumed));
        let of_stage = &mut self.stages[stage].runs[index];
        (of_stage.end, of_stage.status) = (end, status);
        if status == Status::Succeeded && run.is_ignored {
            of_stage.status = Status::Ignored;
        }
        if let Some((failure, _)) = run.failure {
            steps.failures.insert(at, failure);
        }
        self.keep_parts(at, parts);
        self.ends.push(Reverse(End::new(end, at)));
    }

    /// Fails the barriers to which a deployment that ended does not come any more.
    fn leave_barriers(&self, steps: &mut StepRuns, time: Ms, stage: usize, run: &StepRun) {
        let Some(flow) = &self.stages[stage].flow else { return };
        let waiting = |step: u32| run.waiting.iter().any(|waiting| waiting.step == step);
        for (wait, reached) in flow.waits.iter().zip(&run.reached) {
            if let WaitKind::Barrier(name) = &wait.kind
                && (!reached || waiting(wait.step))
            {
                steps.fail_barrier(name, time, ErrorType::AllErrors);
            }
        }
    }

    /// Ends the steps of a deployment that is cancelled now.
    #[cold]
    pub(super) fn cancel_steps(&mut self, at: DeploymentId, time: Ms) {
        let Some(mut steps) = self.steps.take() else { return };
        let taken = steps.runs[at.stage as usize].get_mut(at.index as usize).and_then(Option::take);
        if let Some(run) = taken {
            self.leave_barriers(&mut steps, time, at.stage as usize, &run);
            let flow = self.stages[at.stage as usize].flow.as_ref();
            for waiting in &run.waiting {
                let cut = Move::Ends { step: waiting.step, has_failed: true };
                steps.keep(at, waiting.step, (waiting.since, time), cut);
            }
            let open = run.waiting.iter().filter_map(|waiting| {
                let (wait, _) = flow?.wait(waiting.step)?;
                let (kind, step) = (kind_of(&wait.kind), Some(waiting.step));
                Some(Leaf { kind, step, start: waiting.since, end: time, waits_for: None })
            });
            let leaves: Vec<Leaf> = run.leaves.iter().copied().chain(open).collect();
            let cut = leaves.into_iter().map(|leaf| Leaf { end: leaf.end.min(time), ..leaf });
            self.keep_parts(at, linear(cut.collect()));
        }
        self.steps = Some(steps);
    }

    /// Gives the keys that a deployment holds to others, at its end.
    #[cold]
    pub(super) fn leave_queues(&mut self, time: Ms, at: DeploymentId) {
        let Some(mut steps) = self.steps.take() else { return };
        if let Some(flow) = self.stages[at.stage as usize]
            .flow
            .as_ref()
            .filter(|_| steps.is_followed(at.stage as usize))
        {
            for wait in flow.waits {
                if let WaitKind::Queue(Some(key)) = &wait.kind {
                    steps.pass_on(key, time, at);
                }
            }
        }
        self.steps = Some(steps);
    }

    /// Takes note that so many deployments of a stage are skipped: at its barriers they count as arrived.
    #[cold]
    pub(super) fn skip_members(&mut self, stage: usize, count: u32, time: Ms) {
        let Some(mut steps) = self.steps.take() else { return };
        let limit = if steps.counts_slots { self.stages[stage].limit } else { u32::MAX };
        let before = steps.to_come[stage];
        steps.to_come[stage] = before.saturating_sub(count);
        let fewer = before.min(limit) - steps.to_come[stage].min(limit);
        if let Some(flow) = self.stages[stage].flow.as_ref().filter(|_| steps.is_followed(stage)) {
            for wait in flow.waits {
                if let WaitKind::Barrier(name) = &wait.kind {
                    if let Some(barrier) = steps.barriers.get_mut(name) {
                        barrier.members -= fewer;
                    }
                    steps.open_if_complete(name, time, None);
                }
            }
        }
        self.steps = Some(steps);
    }
}

/// Adds the parts that a failure makes, and returns the end and the outcome of the bar.
fn add_tail(parts: &mut Vec<Part>, start: Ms, end: Ms, tail: Option<Outcome>) -> (Ms, Status) {
    let Some(tail) = tail else { return (end, Status::Succeeded) };
    if tail.parts.len() > 1 && parts.is_empty() {
        parts.push(Part { kind: PartKind::Work, start, end, step: None, waits_for: None });
    }
    let mut from = end;
    for (kind, length) in tail.parts.into_iter().skip(1) {
        let to = from + length;
        parts.push(Part { kind, start: from, end: to, step: None, waits_for: None });
        from = to;
    }
    (from, tail.status)
}

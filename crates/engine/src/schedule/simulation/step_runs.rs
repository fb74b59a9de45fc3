//! Barriers, queues, and the deployments whose steps wait at them.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use deployline_map::Map;

use crate::schedule::steps::{DEFAULT_TIMEOUT, Flow, Leaf};
use crate::schedule::{HeldStep, Reason, StuckStep, WaitsFor, index_u32};
use crate::{DeploymentId, ErrorType, Failure, Ms, Plan, WaitKind};

/// The most steps that are followed one by one, in all deployments together: in stages behind that, none waits for
/// another deployment.
const MAX_FOLLOWED: usize = 1 << 21;

/// The most waits that are kept.
const MAX_HELD: usize = 500_000;

/// Steps of deployments that wait for each other.
pub(super) struct StepRuns {
    /// Ends of steps to come, and of their timeouts, the earliest first.
    pub(super) events: BinaryHeap<Reverse<Event>>,
    /// By stage and index: those that run.
    pub(super) runs: Vec<Vec<Option<Box<StepRun>>>>,
    /// By name.
    pub(super) barriers: Map<String, Barrier>,
    /// By key.
    pub(super) queues: Map<String, Queue>,
    /// By stage: how many of its deployments may still come to its barriers.
    pub(super) to_come: Vec<u32>,
    pub(super) counts_slots: bool,
    pub(super) stuck: Vec<StuckStep>,
    pub(super) held: Vec<HeldStep>,
    /// Failures of steps that waited too long.
    pub(super) failures: Map<DeploymentId, Failure>,
}

/// Something that happens to a step: its time, whether it is a timeout, which comes last of an instant, its deployment
/// and its index.
pub(super) type Event = (Ms, bool, DeploymentId, u32);

/// A deployment that goes through its steps.
pub(super) struct StepRun {
    /// By step: its work.
    pub(super) work: Vec<Ms>,
    /// By step: those within it, where they don't follow each other.
    pub(super) inner: Vec<InnerRuns>,
    pub(super) leaves: Vec<Leaf>,
    /// Those that wait for other deployments.
    pub(super) waiting: Vec<Waiting>,
    /// By wait of the stage: `true` once it has been reached.
    pub(super) reached: Vec<bool>,
    pub(super) is_ignored: bool,
    /// The failure that ends it, and the length of the wait.
    pub(super) failure: Option<(Failure, Ms)>,
    /// Work that the steps without a duration of their own share.
    pub(super) whole_work: Ms,
    /// The time in which something works.
    pub(super) working: Ms,
}

/// Those within a step of which so many go at once.
#[derive(Clone, Copy, Default)]
pub(super) struct InnerRuns {
    /// Number of those that run.
    pub(super) running: u32,
    /// The one that begins when there is a place.
    pub(super) next: Option<u32>,
    pub(super) has_failed: bool,
}

/// A step that waits for other deployments.
#[derive(Clone, Copy)]
pub(super) struct Waiting {
    pub(super) step: u32,
    pub(super) since: Ms,
    pub(super) end: Option<Release>,
    /// Number of its queue; `None` for one at a barrier.
    pub(super) queue: Option<u32>,
}

/// End of a wait for another deployment.
#[derive(Clone, Copy)]
pub(super) enum Release {
    /// It goes on.
    By(Option<WaitsFor>),
    /// Other runs have passed the key on: it queues in this one.
    OtherRuns,
    /// It fails, since another one has failed, or has waited too long.
    Failure(ErrorType),
}

#[derive(Default)]
pub(super) struct Barrier {
    /// Steps that are to come, or have come.
    pub(super) members: u32,
    pub(super) came: u32,
    pub(super) has_failed: Option<ErrorType>,
    pub(super) waiting: Vec<(DeploymentId, u32)>,
}

#[derive(Default)]
pub(super) struct Queue {
    pub(super) number: u32,
    pub(super) holder: Option<DeploymentId>,
    pub(super) waiting: VecDeque<(DeploymentId, u32)>,
}

/// Something that happens to a step at once.
#[derive(Clone, Copy)]
pub(super) enum Move {
    Begins(u32),
    Ends { step: u32, has_failed: bool },
}

impl StepRuns {
    /// Steps of a plan, where some wait for other deployments.
    pub(super) fn new(
        plan: &Plan,
        flows: &[Option<&Flow<'_>>],
        limits: &[u32],
        counts_slots: bool,
    ) -> Option<Box<Self>> {
        let mut left = MAX_FOLLOWED;
        let mut barriers: Map<String, Barrier> = Map::new();
        let mut followed = vec![false; flows.len()];
        for (stage, flow) in flows.iter().enumerate() {
            // Stages that the run leaves out come to no barrier.
            let takes_part = plan.pipeline.stages[stage].absence.is_none();
            let Some(flow) = flow.filter(|flow| takes_part && flow.is_held()) else { continue };
            let count = plan.stages[stage].deployments.len();
            let Some(rest) = left.checked_sub(count.saturating_mul(flow.tree.len())) else {
                continue;
            };
            (left, followed[stage]) = (rest, true);
            let members = if counts_slots { count.min(limits[stage] as usize) } else { count };
            for wait in flow.waits {
                if let WaitKind::Barrier(name) = &wait.kind {
                    barriers.or_default(name.clone()).members += index_u32(members);
                }
            }
        }
        if !followed.contains(&true) {
            return None;
        }
        let runs = followed.iter().zip(&plan.stages).map(|(is_followed, of_stage)| {
            let count = if *is_followed { of_stage.deployments.len() } else { 0 };
            (0..count).map(|_| None).collect()
        });
        Some(Box::new(Self {
            events: BinaryHeap::new(),
            runs: runs.collect(),
            barriers,
            queues: Map::new(),
            to_come: plan.stages.iter().map(|stage| index_u32(stage.deployments.len())).collect(),
            counts_slots,
            stuck: Vec::new(),
            held: Vec::new(),
            failures: Map::new(),
        }))
    }

    pub(super) fn run(&mut self, at: DeploymentId) -> Option<&mut StepRun> {
        self.runs[at.stage as usize].get_mut(at.index as usize)?.as_deref_mut()
    }

    pub(super) fn is_followed(&self, stage: usize) -> bool {
        !self.runs[stage].is_empty()
    }

    /// Returns `true` where the next event comes before an end: those of one instant do, but for timeouts.
    pub(super) fn is_before(&self, end: Option<Ms>) -> bool {
        let next = self.events.peek();
        next.is_some_and(|Reverse((time, is_timeout, ..))| {
            end.is_none_or(|end| if *is_timeout { *time < end } else { *time <= end })
        })
    }

    /// Steps that waited for others, and those of them that waited in vain.
    pub(super) fn into_waits(mut self) -> (Vec<HeldStep>, Vec<StuckStep>) {
        deployline_map::sort_by(&mut self.held, |a, b| (a.at, a.step).cmp(&(b.at, b.step)));
        deployline_map::sort_by(&mut self.stuck, |a, b| (a.at, a.step).cmp(&(b.at, b.step)));
        (self.held, self.stuck)
    }

    /// Keeps the wait of a step that ended so.
    pub(super) fn keep(&mut self, at: DeploymentId, step: u32, (start, end): (Ms, Ms), by: Move) {
        let has_failed = matches!(by, Move::Ends { has_failed: true, .. });
        if self.held.len() < MAX_HELD {
            self.held.push(HeldStep { at, step, start, end, has_failed });
        }
    }

    /// The failure of a deployment that waited too long.
    pub(super) fn failure(&self, at: DeploymentId) -> Option<&Failure> {
        self.failures.get(&at)
    }

    /// Lets a step that waits go on, or fail, now.
    pub(super) fn release(&mut self, time: Ms, (at, step): (DeploymentId, u32), release: Release) {
        let Some(run) = self.run(at) else { return };
        if let Some(waiting) = run.waiting.iter_mut().find(|waiting| waiting.step == step) {
            waiting.end = Some(release);
            self.events.push(Reverse((time, false, at, step)));
        }
    }

    /// Opens a barrier where all have come.
    pub(super) fn open_if_complete(&mut self, name: &str, time: Ms, by: Option<DeploymentId>) {
        let Some(barrier) = self.barriers.get_mut(name) else { return };
        if barrier.came < barrier.members {
            return;
        }
        let reason = |at: DeploymentId| WaitsFor {
            stage: at.stage,
            index: at.index,
            reason: Reason::Barrier,
        };
        for member in std::mem::take(&mut barrier.waiting) {
            self.release(time, member, Release::By(by.map(reason)));
        }
    }

    /// Fails a barrier: those that wait, and those to come.
    pub(super) fn fail_barrier(&mut self, name: &str, time: Ms, error: ErrorType) {
        let Some(barrier) = self.barriers.get_mut(name) else { return };
        if barrier.has_failed.is_some() || barrier.came >= barrier.members {
            return;
        }
        barrier.has_failed = Some(error);
        for member in std::mem::take(&mut barrier.waiting) {
            self.release(time, member, Release::Failure(error));
        }
    }

    /// Gives the key of a queue to the first that waits for it.
    pub(super) fn pass_on(&mut self, key: &str, time: Ms, by: DeploymentId) {
        let Some(queue) = self.queues.get_mut(key).filter(|queue| queue.holder == Some(by)) else {
            return;
        };
        queue.holder = None;
        while let Some(queue) = self.queues.get_mut(key) {
            let Some((at, step)) = queue.waiting.pop_front() else { return };
            let is_waiting = |waiting: &Waiting| waiting.step == step && waiting.end.is_none();
            if self.run(at).is_some_and(|run| run.waiting.iter().any(is_waiting)) {
                return self.hold(key, time, at, by);
            }
        }
    }
}

impl StepRuns {
    /// Gives a key to a deployment: all of its steps that wait for it go on.
    fn hold(&mut self, key: &str, time: Ms, at: DeploymentId, by: DeploymentId) {
        let Some(queue) = self.queues.get_mut(key) else { return };
        queue.holder = Some(at);
        let number = Some(queue.number);
        let waiting = self.run(at).map(|run| run.waiting.clone()).unwrap_or_default();
        let reason = WaitsFor { stage: by.stage, index: by.index, reason: Reason::Queue };
        for waiting in waiting.iter().filter(|it| it.queue == number && it.end.is_none()) {
            self.release(time, (at, waiting.step), Release::By(Some(reason)));
        }
    }

    /// A deployment comes to a barrier.
    pub(super) fn come(
        &mut self,
        name: &str,
        time: Ms,
        (at, step): (DeploymentId, u32),
        timeout: Option<Ms>,
    ) {
        let Some(barrier) = self.barriers.get_mut(name) else { return };
        barrier.came += 1;
        let end = barrier.has_failed.map(Release::Failure);
        if end.is_none() {
            barrier.waiting.push((at, step));
        }
        self.wait(time, (at, step), timeout, (end, None));
        // The last one goes on with the others, in their order.
        self.open_if_complete(name, time, Some(at));
    }

    /// Takes the key of a queue, where no other deployment holds it; else waits in the queue, since an instant.
    pub(super) fn takes_key(
        &mut self,
        key: &str,
        (at, step): (DeploymentId, u32),
        since: Ms,
        timeout: Option<Ms>,
    ) -> bool {
        let number = index_u32(self.queues.len());
        let new = || Queue { number, ..Queue::default() };
        let queue = self.queues.or_insert_with(key.to_owned(), new);
        if queue.holder.is_none() || queue.holder == Some(at) {
            queue.holder = Some(at);
            return true;
        }
        queue.waiting.push_back((at, step));
        let number = Some(queue.number);
        self.wait(since, (at, step), timeout, (None, number));
        false
    }

    /// A step that waits until so long after an instant for other runs, or until its timeout.
    pub(super) fn wait_for_other_runs(
        &mut self,
        since: Ms,
        (at, step): (DeploymentId, u32),
        length: Ms,
        timeout: Option<Ms>,
    ) {
        let is_late = timeout.is_some_and(|timeout| timeout < length);
        let end = match is_late {
            true => Release::Failure(ErrorType::TIMEOUT),
            false => Release::OtherRuns,
        };
        let Some(run) = self.run(at) else { return };
        run.waiting.push(Waiting { step, since, end: Some(end), queue: None });
        let after = timeout.map_or(length, |timeout| timeout.min(length));
        self.events.push(Reverse((since + after, false, at, step)));
    }

    pub(super) fn wait(
        &mut self,
        time: Ms,
        (at, step): (DeploymentId, u32),
        timeout: Option<Ms>,
        (end, queue): (Option<Release>, Option<u32>),
    ) {
        let Some(run) = self.run(at) else { return };
        run.waiting.push(Waiting { step, since: time, end, queue });
        let after = if end.is_some() { Ms(0) } else { timeout.unwrap_or(DEFAULT_TIMEOUT) };
        self.events.push(Reverse((time + after, end.is_none(), at, step)));
    }
}

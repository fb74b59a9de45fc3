//! Queues of parallel groups with more members than the account runs at once.
//!
//! Follows `docs/semantics.md`, "The account's limits": members queue in the order of the text, each behind those that
//! it needs, and the end of each lets the next one start. After a failed one, those in the queue never start.

use std::cell::Cell;
use std::mem::{replace, take};
use std::ops::Range;
use std::sync::Arc;

use super::gates::Release;
use super::{Reason, WaitsFor, index_u32};
use crate::{Ms, ParallelGroup, Plan};

/// The queues of a plan.
pub(super) struct GroupQueues {
    queues: Vec<GroupQueue>,
    /// By stage: the members with queues that it belongs to, the outermost group first.
    of_stage: Vec<Vec<Membership>>,
}

#[derive(Clone, Copy)]
struct Membership {
    queue: usize,
    member: usize,
}

struct GroupQueue {
    /// Index of the first stage of the group.
    first_stage: usize,
    /// Number of members that may run by now: those before this one.
    admitted: usize,
    members: Vec<Member>,
    /// Event after which no more members start.
    failure: Option<Release>,
    /// Number of stages that have been held so far.
    held_count: u32,
}

struct Member {
    /// Stages that have not ended.
    unfinished: u32,
    has_failed: bool,
    /// Its stages that wait for nothing but the queue.
    held: Vec<Held>,
}

struct Held {
    /// Its place among all that have been held.
    number: u32,
    stage: usize,
    release: Release,
}

/// What becomes of a stage that waits for nothing but queues.
pub(super) enum Admission {
    Start,
    Hold,
    Skip(Release),
}

impl GroupQueues {
    /// The queues of the groups with more members than `at_once`; `None` where there are no such groups.
    pub(super) fn new(plan: &Plan, at_once: u32) -> Option<Box<Self>> {
        let queues_up = |group: &&ParallelGroup| {
            let queued =
                (0..group.members.len()).filter(|member| plan.pipeline.takes_part(group, *member));
            index_u32(queued.count()) > at_once
        };
        if !plan.pipeline.groups.iter().any(|group| queues_up(&group)) {
            return None;
        }
        let groups = plan.pipeline.groups.iter().filter(queues_up);
        Some(Self::of_groups(plan, groups.collect(), at_once))
    }

    #[cold]
    fn of_groups(plan: &Plan, groups: Vec<&ParallelGroup>, at_once: u32) -> Box<Self> {
        let mut of_stage = vec![Vec::new(); plan.stages.len()];
        let orders: Vec<Vec<usize>> = groups.iter().map(|group| order_of(group, plan)).collect();
        for (queue, (group, order)) in groups.iter().zip(&orders).enumerate() {
            for (member, at) in order.iter().enumerate() {
                for stage in group.members[*at].clone() {
                    of_stage[stage as usize].push(Membership { queue, member });
                }
            }
        }
        let queues = groups.into_iter().zip(&orders);
        let queues = queues.map(|(group, order)| GroupQueue::new(group, order, at_once));
        Box::new(Self { queues: queues.collect(), of_stage })
    }

    /// Lets a stage start, or keeps it until its turn.
    #[cold]
    pub(super) fn admit(&mut self, stage: usize, release: Release) -> Admission {
        for Membership { queue, member } in self.of_stage.get(stage).into_iter().flatten() {
            let queue = &mut self.queues[*queue];
            if *member < queue.admitted {
                continue;
            }
            if let Some(failure) = queue.failure {
                return Admission::Skip(failure);
            }
            queue.held_count += 1;
            let held = Held { number: queue.held_count, stage, release };
            queue.members[*member].held.push(held);
            return Admission::Hold;
        }
        Admission::Start
    }

    /// Gives those of `stages` that wait for a queue, at a time after which nothing of them starts.
    #[cold]
    pub(super) fn stop(&mut self, time: Ms, stages: &Range<usize>) -> Vec<(usize, Release)> {
        let queues = self.queues.iter_mut().filter(|it| stages.contains(&it.first_stage));
        let held = queues.flat_map(GroupQueue::take_held);
        held.map(|held| (held.stage, Release { time, ..held.release })).collect()
    }

    /// Takes note of the end of a stage, and gives those that are to be asked for again.
    #[cold]
    pub(super) fn stage_ended(
        &mut self,
        stage: usize,
        has_failed: bool,
        release: Release,
    ) -> Vec<(usize, Release)> {
        let mut ready = Vec::new();
        for Membership { queue, member } in self.of_stage.get(stage).into_iter().flatten() {
            let queue = &mut self.queues[*queue];
            let of_member = &mut queue.members[*member];
            of_member.unfinished -= 1;
            of_member.has_failed |= has_failed;
            if of_member.unfinished == 0 && *member < queue.admitted {
                queue.member_ended(*member, release, &mut ready);
            }
        }
        ready
    }
}

impl GroupQueue {
    fn new(group: &ParallelGroup, order: &[usize], at_once: u32) -> Self {
        let member = |at: &usize| {
            let stages = &group.members[*at];
            Member { unfinished: stages.end - stages.start, has_failed: false, held: Vec::new() }
        };
        Self {
            first_stage: group.members.first().map_or(0, |first| first.start as usize),
            admitted: at_once as usize,
            members: order.iter().map(member).collect(),
            failure: None,
            held_count: 0,
        }
    }

    fn member_ended(&mut self, member: usize, release: Release, ready: &mut Vec<(usize, Release)>) {
        if self.failure.is_some() {
            return;
        }
        if self.members[member].has_failed {
            self.failure = Some(Release { has_failed: true, ..release });
            ready.extend(self.take_held().into_iter().map(|held| (held.stage, held.release)));
            return;
        }
        let next = self.members.get_mut(self.admitted).map(|next| take(&mut next.held));
        self.admitted += 1;
        let turn = next.into_iter().flatten();
        ready.extend(turn.map(|held| (held.stage, after(held.release, release))));
    }

    /// Takes all stages that wait for the queue, in the order in which they became ready.
    fn take_held(&mut self) -> Vec<Held> {
        let mut held: Vec<Held> =
            self.members.iter_mut().flat_map(|member| member.held.drain(..)).collect();
        deployline_map::sort_by(&mut held, |a, b| a.number.cmp(&b.number));
        held
    }
}

/// The members of a group that take part, in the order of its queue.
fn order_of(group: &ParallelGroup, plan: &Plan) -> Vec<usize> {
    let mut order = order_of_all(group, plan);
    order.retain(|member| plan.pipeline.takes_part(group, *member));
    order
}

/// All members of a group in the order of the text, but each behind those that it waits for. One that had its turn
/// before these would hold its place for ever.
fn order_of_all(group: &ParallelGroup, plan: &Plan) -> Vec<usize> {
    let member_of = |stage: u32| {
        let at = group.members.partition_point(|stages| stages.end <= stage);
        group.members.get(at).filter(|stages| stages.contains(&stage)).map(|_| at)
    };
    // Most members wait for the same stages, all of them before the group: these are looked through once.
    let before_group = Cell::new(None::<&Arc<[u32]>>);
    let waits_for = |member: usize| {
        let mut others = Vec::new();
        for stage in group.members[member].clone() {
            let after = &plan.pipeline.stages[stage as usize].after;
            if before_group.get().is_some_and(|before| Arc::ptr_eq(before, after)) {
                continue;
            }
            let in_group: Vec<usize> = after.iter().copied().filter_map(member_of).collect();
            if in_group.is_empty() {
                before_group.set(Some(after));
            }
            others.extend(in_group.into_iter().filter(|other| *other != member));
        }
        others.into_iter()
    };
    let mut order = Vec::with_capacity(group.members.len());
    let mut is_seen = vec![false; group.members.len()];
    for first in 0..group.members.len() {
        let mut open = Vec::new();
        if !replace(&mut is_seen[first], true) {
            open.push((first, waits_for(first)));
        }
        while let Some((member, others)) = open.last_mut() {
            match others.find(|other| !is_seen[*other]) {
                Some(other) => {
                    is_seen[other] = true;
                    open.push((other, waits_for(other)));
                }
                None => {
                    order.push(*member);
                    open.pop();
                }
            }
        }
    }
    order
}

/// Event that lets a stage start which was ready at `ready`, and had its turn at `turn`.
fn after(ready: Release, turn: Release) -> Release {
    // Where nothing of the member before has run, there was no wait for it.
    let of_turn = turn.waits_for.filter(|_| turn.waits_for != ready.waits_for);
    let waits_for = of_turn.map(|it| WaitsFor { reason: Reason::GroupLimit, ..it });
    Release { time: turn.time, waits_for: waits_for.or(ready.waits_for), ..ready }
}

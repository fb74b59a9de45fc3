//! Rollback of one entry of the pipeline: its stages side by side, end by end, each with its own limit.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::schedule::end::End;
use crate::schedule::{Reason, Run, Status, WaitsFor, index_u32};
use crate::{DeploymentId, Ms};

/// A deployment to take back.
pub(super) struct ToTakeBack {
    /// Index in the list of the rollback.
    pub(super) index: u32,
    /// Index of the stage in which it ran.
    pub(super) stage: u32,
    pub(super) length: Ms,
}

/// The run of an entry's rollback.
pub(super) struct EntryRun<'a> {
    /// Index of the stage that takes back.
    pub(super) stage: u32,
    /// Runs of that stage.
    pub(super) runs: &'a mut [Run],
    /// By stage of the entry: those that have not started.
    pub(super) queues: Vec<&'a [ToTakeBack]>,
    pub(super) ends: BinaryHeap<Reverse<End>>,
    pub(super) free_lanes: BinaryHeap<Reverse<End>>,
    pub(super) lane_count: u32,
    /// The last end, and the last of the list of those at that instant.
    pub(super) last: Option<End>,
}

impl EntryRun<'_> {
    /// Lets all of them run from `begin`, the end that `opener` names.
    pub(super) fn run(&mut self, begin: Ms, opener: Option<WaitsFor>, limit: &dyn Fn(u32) -> u32) {
        for queue in 0..self.queues.len() {
            let of_stage = self.queues[queue].first().map_or(0, |first| limit(first.stage));
            for _ in 0..of_stage {
                self.start_next(queue, begin, opener);
            }
        }
        while let Some(Reverse(end)) = self.ends.pop() {
            let DeploymentId { stage: queue, index } = end.at();
            self.free_lanes.push(Reverse(lane(self.runs[index as usize].lane)));
            let freed = WaitsFor { stage: self.stage, index, reason: Reason::Slot };
            self.start_next(queue as usize, end.time(), Some(freed));
        }
    }

    fn start_next(&mut self, queue: usize, start: Ms, waits_for: Option<WaitsFor>) {
        let Some((next, rest)) = self.queues[queue].split_first() else { return };
        self.queues[queue] = rest;
        let lane = self.free_lanes.pop().map_or(self.lane_count, |Reverse(lane)| lane.at().index);
        self.lane_count = self.lane_count.max(lane + 1);
        let end = start + next.length;
        let status = Status::Succeeded;
        self.runs[next.index as usize] = Run { start, end, lane, status, waits_for };
        let at = DeploymentId { stage: index_u32(queue), index: next.index };
        self.ends.push(Reverse(End::new(end, at)));
        self.last = self.last.max(Some(End::new(end, at)));
    }
}

/// A lane as an end, so that lanes and ends are in heaps of one type: a second one is compiled anew.
fn lane(index: u32) -> End {
    End::new(Ms(0), DeploymentId { stage: 0, index })
}

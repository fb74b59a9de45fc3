//! A stage while the run goes on.

use crate::schedule::durations::{DurationTable, StageDurations};
use crate::schedule::gates::Release;
use crate::schedule::steps::Flow;
use crate::schedule::{Order, Run, Status, index_u32};
use crate::{Assumptions, Failure, Ms, Plan, Stage};

/// The part of a stage's list that may start by now: of a sliding window all of it, else one item
/// of the sequential list after the other.
#[derive(Clone, Copy)]
pub(super) struct Wave {
    /// Deployments in a wave.
    pub(super) len: u32,
    /// The first of the list behind it.
    pub(super) end: u32,
    /// Number of deployments behind it.
    pub(super) behind: u32,
}

impl Wave {
    pub(super) fn first(plan: &Plan, stage_idx: usize, order: Order) -> Self {
        let all = plan.stages[stage_idx].deployments.len();
        let len = match order {
            Order::Window => all,
            Order::Waves => plan.sequence(stage_idx).map_or(all, |it| it.len.min(all)),
        };
        Self { len: index_u32(len), end: index_u32(len), behind: index_u32(all - len) }
    }

    pub(super) fn next(self) -> Self {
        let step = self.len.min(self.behind);
        Self { end: self.end + step, behind: self.behind - step, ..self }
    }
}

/// A stage while the run goes on.
pub(super) struct StageState<'a> {
    pub(super) durations: StageDurations,
    pub(super) limit: u32,
    /// The next of the list to get a slot.
    pub(super) next: u32,
    pub(super) wave: Wave,
    pub(super) unfinished: u32,
    pub(super) status: Status,
    pub(super) start: Ms,
    pub(super) runs: Vec<Run>,
    /// By index: `true` for one that has a slot and waits for its resource.
    pub(super) waits_for_resource: Vec<bool>,
    /// By index: `true` for one that a condition skips; empty where none does.
    pub(super) skipped: Vec<bool>,
    /// By index in ascending order, as the assumptions are.
    pub(super) failing: Vec<(u32, &'a Failure)>,
    /// By index: status in the run before; empty of a stage that runs.
    pub(super) kept: Vec<Status>,
    /// Event that let it start.
    pub(super) release: Release,
    /// Its steps, where some wait.
    pub(super) flow: Option<Flow<'a>>,
}

impl<'a> StageState<'a> {
    pub(super) fn new(
        stage: &'a Stage,
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
            kept: Vec::new(),
            release: Release::default(),
            flow: Flow::new(stage, assumptions),
        }
    }

    /// Status of a single deployment that has ended.
    pub(super) fn status_of(&self, index: u32) -> Status {
        let kept = self.kept.get(index as usize).copied();
        let run = || self.runs.get(index as usize).map(|run| run.status);
        kept.or_else(run).unwrap_or(self.status)
    }

    /// Keeps the results of the run before: all but what a condition skips has succeeded.
    #[cold]
    pub(super) fn keep(&mut self) {
        self.status = Status::Succeeded;
        self.kept = vec![Status::Succeeded; self.runs.len()];
        for (kept, is_skipped) in self.kept.iter_mut().zip(&self.skipped) {
            if *is_skipped {
                *kept = Status::Skipped;
            }
        }
    }

    /// Steps over those whose condition is false: each takes no slot and no time. Returns their number.
    #[cold]
    pub(super) fn skip_by_condition(&mut self, time: Ms) -> u32 {
        let first = self.next;
        while self.next < self.wave.end && self.skipped[self.next as usize] {
            let run = &mut self.runs[self.next as usize];
            (run.start, run.end) = (time, time);
            self.unfinished -= 1;
            self.next += 1;
        }
        self.next - first
    }

    /// Returns `true` where all up to the wave's end have ended and some are left.
    pub(super) fn is_wave_over(&self) -> bool {
        self.wave.behind > 0 && self.unfinished == self.wave.behind
    }
}

//! Bars that depend on an assumption: the run beside what it would be with that assumption otherwise.

use deployline_engine::insight::{Moves, moves};
use deployline_engine::{DeploymentId, Run, Schedule, Status, schedule, schedule_in_waves};
use deployline_planner::assumed;

use crate::derived::Derived;

/// Run with one assumption otherwise.
pub(crate) struct Otherwise {
    schedule: Schedule,
    moves: Moves,
}

impl Otherwise {
    /// The run of a plan with the assumption of a key otherwise; `None` where no other run is to be had.
    pub(crate) fn new(key: &str, derived: &Derived) -> Option<Self> {
        let assumptions = assumed::otherwise(key, &derived.assumptions)?;
        let plan = &derived.analysis.plan;
        let run = if derived.real.is_some() { schedule_in_waves } else { schedule };
        let schedule = run(plan, &assumptions);
        let moves = moves((plan, &schedule), (plan, &derived.analysis.schedule));
        Some(Self { schedule, moves })
    }

    /// Number of bars that move.
    pub(crate) fn count(&self) -> usize {
        let Moves { earlier, later, new, gone, .. } = &self.moves;
        [earlier, later, new].into_iter().map(|count| *count as usize).sum::<usize>() + gone.len()
    }

    /// Run of a deployment with the assumption otherwise, where that is another one.
    pub(crate) fn moved(&self, at: DeploymentId, run: &Run) -> Option<&Run> {
        let there = self.schedule.run(at)?;
        let place = |run: &Run| (run.status != Status::Skipped).then_some((run.start, run.end));
        (place(there) != place(run)).then_some(there)
    }
}

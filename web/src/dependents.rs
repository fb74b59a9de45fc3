//! Bars that depend on an assumption: the run beside what it would be with that assumption otherwise.

use std::rc::Rc;

use deployline_engine::{DeploymentId, Run, Schedule, Status, schedule, schedule_in_waves};
use deployline_planner::assumed;

use crate::derived::{Derived, Shared};

/// Run with one assumption otherwise: of the same deployments, so that each bar is the same one in both.
pub(crate) struct Otherwise(Schedule);

/// The run of a plan with the assumption of a key otherwise; `None` where there is no key.
pub(crate) fn otherwise(key: Option<&str>, derived: &Derived) -> Option<Shared<Otherwise>> {
    let otherwise = Otherwise::new(key?, derived)?;
    Some(Shared(Rc::new(otherwise)))
}

impl Otherwise {
    /// The run of a plan with the assumption of a key otherwise; `None` where no other run is to be had.
    pub(crate) fn new(key: &str, derived: &Derived) -> Option<Self> {
        let plan = &derived.analysis.plan;
        let (plan, assumptions) = assumed::otherwise(key, plan, &derived.assumptions)?;
        let run = if derived.real.is_some() { schedule_in_waves } else { schedule };
        Some(Self(run(&plan, &assumptions)))
    }

    /// Number of bars that run at another time.
    pub(crate) fn count(&self, present: &Schedule) -> usize {
        let stages = self.0.stages.iter().zip(&present.stages);
        let runs = stages.flat_map(|(there, here)| there.runs.iter().zip(&here.runs));
        runs.filter(|(there, here)| is_moved(there, here)).count()
    }

    /// Run of a deployment with the assumption otherwise, where that is another one.
    pub(crate) fn moved(&self, at: DeploymentId, run: &Run) -> Option<&Run> {
        self.0.run(at).filter(|there| is_moved(there, run))
    }
}

fn is_moved(there: &Run, here: &Run) -> bool {
    let place = |run: &Run| (run.status != Status::Skipped).then_some((run.start, run.end));
    place(there) != place(here)
}

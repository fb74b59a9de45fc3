//! When each deployment runs in the plan that this one is compared with.

use deployline_planner::insight::moves;
use deployline_planner::{Ms, Status};

use crate::derived::{Derived, Shared};

/// What the outlines behind the bars show.
pub(super) enum Compared {
    Nothing,
    /// What really happens, where waves are drawn.
    Real,
    /// The pinned plan: by stage and index, where each was.
    Pinned(Vec<Vec<Option<(Ms, Ms)>>>),
}

impl Compared {
    pub(super) fn new(derived: &Derived, pinned: Option<&Shared<Derived>>) -> Self {
        match pinned {
            _ if derived.real.is_some() => Self::Real,
            None => Self::Nothing,
            Some(pinned) => Self::Pinned(places_before(derived, pinned)),
        }
    }

    pub(super) fn span(&self, derived: &Derived, stage: usize, index: usize) -> Option<(Ms, Ms)> {
        match self {
            Self::Nothing => None,
            Self::Real => {
                let run = derived.real_schedule().stages.get(stage)?.runs.get(index)?;
                Some((run.start, run.end))
            }
            Self::Pinned(stages) => *stages.get(stage)?.get(index)?,
        }
    }
}

fn places_before(derived: &Derived, pinned: &Derived) -> Vec<Vec<Option<(Ms, Ms)>>> {
    let [before, after] = [pinned, derived].map(|it| (&it.analysis.plan, &it.analysis.schedule));
    let span = |place: &deployline_planner::insight::Move| {
        let run = before.1.run(place.before?)?;
        (run.status != Status::Skipped).then_some((run.start, run.end))
    };
    let stages = moves(before, after).stages;
    stages.iter().map(|stage| stage.iter().map(span).collect()).collect()
}

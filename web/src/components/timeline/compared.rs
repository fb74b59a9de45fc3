//! Times of deployments in the plan that this one is compared with.

use deployline_engine::{DeploymentId, Ms, Status};

use crate::comparison::PinnedComparison;
use crate::dependents::Otherwise;
use crate::derived::{Derived, Shared};

/// Plan that the outlines behind the bars show.
pub(super) enum Compared {
    Nothing,
    /// The run as it really is, where waves are drawn.
    Real,
    /// The pinned plan.
    Pinned(Shared<PinnedComparison>),
    /// The run with an assumption otherwise.
    Otherwise(Shared<Otherwise>),
}

impl Compared {
    pub(super) fn new(
        derived: &Derived,
        comparison: Option<&Shared<PinnedComparison>>,
        otherwise: Option<&Shared<Otherwise>>,
    ) -> Self {
        if let Some(otherwise) = otherwise {
            return Self::Otherwise(otherwise.clone());
        }
        match comparison {
            _ if derived.real.is_some() => Self::Real,
            None => Self::Nothing,
            Some(comparison) => Self::Pinned(comparison.clone()),
        }
    }

    /// Start and end of a deployment there; `None` where they are the same.
    pub(super) fn span(&self, derived: &Derived, stage: usize, index: usize) -> Option<(Ms, Ms)> {
        let at =
            DeploymentId { stage: u32::try_from(stage).ok()?, index: u32::try_from(index).ok()? };
        let here = derived.analysis.schedule.run(at)?;
        let there = match self {
            Self::Nothing => return None,
            Self::Real => derived.real_schedule().run(at)?,
            Self::Pinned(comparison) => comparison.before(at)?,
            Self::Otherwise(otherwise) => {
                otherwise.moved(at, here).filter(|run| run.status != Status::Skipped)?
            }
        };
        let span = (there.start, there.end);
        (span != (here.start, here.end)).then_some(span)
    }
}

//! Times of deployments in the plan that this one is compared with.

use deployline_engine::{At, Ms};

use crate::derived::{Derived, Shared};
use crate::moved::Moved;

/// Plan that the outlines behind the bars show.
pub(super) enum Compared {
    Nothing,
    /// The run as it really is, where waves are drawn.
    Real,
    /// The pinned plan.
    Pinned(Shared<Moved>),
}

impl Compared {
    pub(super) fn new(derived: &Derived, moved: Option<&Shared<Moved>>) -> Self {
        match moved {
            _ if derived.real.is_some() => Self::Real,
            None => Self::Nothing,
            Some(moved) => Self::Pinned(moved.clone()),
        }
    }

    /// Start and end of a deployment there; `None` where they are the same.
    pub(super) fn span(&self, derived: &Derived, stage: usize, index: usize) -> Option<(Ms, Ms)> {
        let at = At { stage: u32::try_from(stage).ok()?, index: u32::try_from(index).ok()? };
        let there = match self {
            Self::Nothing => return None,
            Self::Real => derived.real_schedule().run(at)?,
            Self::Pinned(moved) => moved.before(at)?,
        };
        let here = derived.analysis.schedule.run(at)?;
        let span = (there.start, there.end);
        (span != (here.start, here.end)).then_some(span)
    }
}

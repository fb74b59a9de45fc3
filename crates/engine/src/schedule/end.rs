//! An end to come.

use crate::{DeploymentId, Ms};

/// An end to come: time, stage and index from the highest bit down, so that one comparison orders
/// them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct End(u128);

impl End {
    pub(super) fn new(time: Ms, DeploymentId { stage, index }: DeploymentId) -> Self {
        Self(u128::from(time.0) << 64 | u128::from(stage) << 32 | u128::from(index))
    }

    pub(super) fn time(&self) -> Ms {
        Ms((self.0 >> 64) as u64)
    }

    pub(super) fn at(&self) -> DeploymentId {
        DeploymentId { stage: (self.0 >> 32) as u32, index: self.0 as u32 }
    }
}

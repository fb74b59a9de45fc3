//! The present plan beside the pinned one.

use deployline_engine::insight::{Moves, moves};
use deployline_engine::{DeploymentId, Run, Status, words};

use crate::derived::{Derived, Shared};

/// Differences from the pinned plan.
pub(crate) struct PinnedComparison {
    pinned: Shared<Derived>,
    moves: Moves,
}

impl PinnedComparison {
    pub(crate) fn new(pinned: &Shared<Derived>, present: &Derived) -> Self {
        let [before, after] = [&pinned.analysis, &present.analysis];
        let moves = moves((&before.plan, &before.schedule), (&after.plan, &after.schedule));
        Self { pinned: pinned.clone(), moves }
    }

    /// All of it in a sentence.
    pub(crate) fn in_words(&self) -> String {
        words::moves(&self.moves)
    }

    /// Run of a deployment of the present plan in the pinned one.
    pub(crate) fn before(&self, at: DeploymentId) -> Option<&Run> {
        let place = self.moves.stages.get(at.stage as usize)?.get(at.index as usize)?;
        let run = self.pinned.analysis.schedule.run(place.before?)?;
        (run.status != Status::Skipped).then_some(run)
    }

    /// Words for how far one has moved.
    pub(crate) fn one_in_words(&self, at: DeploymentId, run: &Run) -> String {
        let Some(before) = self.before(at) else {
            return "Does not run in the pinned plan.".to_owned();
        };
        let then = format!("{} to {}", before.start, before.end);
        if run.start > before.start {
            format!("Starts {} later than in the pinned plan: {then}.", run.start - before.start)
        } else if run.start < before.start {
            format!("Starts {} earlier than in the pinned plan: {then}.", before.start - run.start)
        } else if run.end != before.end {
            format!("Starts when it does in the pinned plan, and ends at another time: {then}.")
        } else {
            "Runs when it does in the pinned plan.".to_owned()
        }
    }
}

//! A pipeline that a deployment runs, while the run goes on.

use crate::schedule::Halt;
use crate::{ChildPlan, Ms};

/// A child while the run goes on.
pub(super) struct ChildState {
    pub(super) start: Ms,
    /// Stages that have not ended.
    pub(super) unfinished: u32,
    pub(super) progress: Progress,
    /// End that stopped it.
    pub(super) halt: Option<Halt>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    Waiting,
    Running,
    Ended,
}

impl ChildState {
    pub(super) fn new(child: &ChildPlan) -> Self {
        let unfinished = child.stages.end - child.stages.start;
        Self { start: Ms(0), unfinished, progress: Progress::Waiting, halt: None }
    }

    pub(super) fn is_running(&self) -> bool {
        self.progress == Progress::Running
    }
}

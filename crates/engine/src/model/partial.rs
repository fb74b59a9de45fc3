//! A run of only some stages.
//!
//! Follows `docs/semantics.md`, "Partial runs".

use deployline_map::Set;

/// The stages that a run is started for, by identifier: all of them by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartialRun {
    /// The chosen ones; `None` for all.
    pub chosen: Option<Set<String>>,
    /// Those from which a run before is repeated; none for a run of its own.
    pub rerun_from: Set<String>,
}

impl PartialRun {
    /// Returns `true` where all stages run.
    pub fn is_whole(&self) -> bool {
        self.chosen.is_none() && self.rerun_from.is_empty()
    }

    /// Returns `true` for a stage that is among the chosen ones.
    pub fn is_chosen(&self, identifier: &str) -> bool {
        self.chosen.as_ref().is_none_or(|chosen| chosen.contains(identifier))
    }
}

/// Reason why a run leaves a stage out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// It is not among the chosen stages.
    NotChosen,
    /// It keeps its result of the run before.
    Kept,
}

//! Runs of only some stages, written apart from the planner's.

use std::collections::BTreeSet;

use deployline_engine::PartialRun;
use deployline_planner::Inputs;
use proptest::collection::btree_set;
use proptest::prelude::*;

/// The stages that the run is started for, by their position; those that aren't there count for nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct PartialCase {
    pub(crate) chosen: Option<BTreeSet<usize>>,
    pub(crate) rerun_from: BTreeSet<usize>,
}

/// Reason why a stage is not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Left {
    NotChosen,
    Kept,
}

const MAX_POSITION: usize = 9;

pub(crate) fn partial() -> impl Strategy<Value = PartialCase> {
    let some = || btree_set(0..MAX_POSITION, 1..=MAX_POSITION);
    let few = || btree_set(0..MAX_POSITION, 1..=2);
    let of = |chosen, rerun_from| PartialCase { chosen, rerun_from };
    prop_oneof![
        5 => Just(PartialCase::default()),
        2 => some().prop_map(move |chosen| of(Some(chosen), BTreeSet::new())),
        2 => few().prop_map(move |from| of(None, from)),
        1 => (some(), few()).prop_map(move |(chosen, from)| of(Some(chosen), from)),
    ]
}

impl PartialCase {
    /// The same for the planner.
    pub(crate) fn inputs(&self) -> Inputs {
        let names = |of: &BTreeSet<usize>| of.iter().map(|stage| format!("st{stage}")).collect();
        let partial = PartialRun {
            chosen: self.chosen.as_ref().map(names),
            rerun_from: names(&self.rerun_from),
        };
        Inputs { partial, ..Inputs::default() }
    }

    /// By stage of a list with so many stages in each entry.
    pub(crate) fn of_list(&self, lengths: &[usize]) -> Vec<Option<Left>> {
        let entries = lengths.iter().enumerate();
        let entry_of: Vec<usize> =
            entries.flat_map(|(entry, length)| vec![entry; *length]).collect();
        let first = self.rerun_from.iter().filter_map(|stage| entry_of.get(*stage)).min();
        let is_kept = |stage: usize| {
            first.is_some_and(|first| match entry_of[stage].cmp(first) {
                std::cmp::Ordering::Less => true,
                std::cmp::Ordering::Equal => !self.rerun_from.contains(&stage),
                std::cmp::Ordering::Greater => false,
            })
        };
        (0..entry_of.len()).map(|stage| self.left(stage, is_kept(stage))).collect()
    }

    /// By stage of a DAG.
    pub(crate) fn of_dag(&self, depends_on: &[BTreeSet<usize>]) -> Vec<Option<Left>> {
        let count = depends_on.len();
        let mut again: BTreeSet<usize> =
            self.rerun_from.iter().copied().filter(|stage| *stage < count).collect();
        let repeats = !again.is_empty();
        for _ in 0..count {
            let waits = |stage: &usize| depends_on[*stage].iter().any(|it| again.contains(it));
            let more: Vec<usize> = (0..count).filter(waits).collect();
            again.extend(more);
        }
        (0..count).map(|stage| self.left(stage, repeats && !again.contains(&stage))).collect()
    }

    fn left(&self, stage: usize, is_kept: bool) -> Option<Left> {
        if self.chosen.as_ref().is_some_and(|chosen| !chosen.contains(&stage)) {
            return Some(Left::NotChosen);
        }
        is_kept.then_some(Left::Kept)
    }
}

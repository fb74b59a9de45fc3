//! Which stages of one entry wait for which others, directly or through others, while `needs` adds to it.

use std::ops::Range;
use std::sync::Arc;

use deployline_engine::Stage;

/// The stages of one entry of the list, with a bit for each pair of them.
pub(super) struct Waiting {
    members: Range<usize>,
    words: usize,
    bits: Vec<u64>,
}

impl Waiting {
    /// Those of the entry of `stage`, as they are written: each stands behind all that it waits for.
    pub(super) fn around(stage: usize, stages: &[Stage]) -> Self {
        let entry = stages[stage].entry;
        let members = stages.partition_point(|it| it.entry < entry)
            ..stages.partition_point(|it| it.entry <= entry);
        let words = members.len().div_ceil(64);
        let mut waiting = Self { bits: vec![0; members.len() * words], members, words };
        let mut shared: Option<(&Arc<[u32]>, Vec<u64>)> = None;
        for index in waiting.members.clone() {
            let after = &stages[index].after;
            // Members of a group share one list.
            let row = match shared.take() {
                Some((list, row)) if Arc::ptr_eq(list, after) => row,
                _ => waiting.row_of(after),
            };
            waiting.join(index, &row);
            shared = Some((after, row));
        }
        waiting
    }

    pub(super) fn contains(&self, stage: usize) -> bool {
        self.members.contains(&stage)
    }

    /// Returns `true` where `stage` waits for `other`; both are of this entry.
    pub(super) fn has(&self, stage: usize, other: usize) -> bool {
        let bit = other - self.members.start;
        self.bits[self.start_of(stage) + bit / 64] & (1 << (bit % 64)) != 0
    }

    /// Work of letting a stage wait for others.
    pub(super) fn cost(&self, stage: usize) -> usize {
        let followers = self.members.clone().filter(|it| self.has(*it, stage)).count();
        (followers + 1).saturating_mul(self.words / 8 + 1)
    }

    /// Lets a stage wait for others, and so all that wait for it.
    pub(super) fn add(&mut self, stage: usize, others: &[u32]) {
        let row = self.row_of(others);
        for index in self.members.clone() {
            if index == stage || self.has(index, stage) {
                self.join(index, &row);
            }
        }
    }

    /// The stages of a list, and all that they wait for.
    fn row_of(&self, list: &[u32]) -> Vec<u64> {
        let mut row = vec![0; self.words];
        for stage in list.iter().map(|it| *it as usize).filter(|it| self.contains(*it)) {
            let start = self.start_of(stage);
            let of_stage = &self.bits[start..start + self.words];
            row.iter_mut().zip(of_stage).for_each(|(word, of_stage)| *word |= of_stage);
            let bit = stage - self.members.start;
            row[bit / 64] |= 1 << (bit % 64);
        }
        row
    }

    fn join(&mut self, stage: usize, row: &[u64]) {
        let start = self.start_of(stage);
        self.bits[start..].iter_mut().zip(row).for_each(|(word, of_row)| *word |= of_row);
    }

    fn start_of(&self, stage: usize) -> usize {
        (stage - self.members.start) * self.words
    }
}

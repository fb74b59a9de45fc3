//! Stages and those that they wait for, by their index: an order, and who waits for whom.

mod ancestors;
mod cycle;

use std::cell::OnceCell;
use std::sync::Arc;

use ancestors::Ancestors;

/// Stages and those that they wait for.
pub(super) struct Graph {
    waits_for: Vec<Vec<usize>>,
    /// Each stage behind all that it waits for; those of a cycle and behind one are left out.
    order: Vec<usize>,
    ancestors: OnceCell<Ancestors>,
}

impl Graph {
    pub(super) fn new(waits_for: Vec<Vec<usize>>) -> Self {
        let order = order_of(&waits_for);
        Self { waits_for, order, ancestors: OnceCell::new() }
    }

    /// The stages that one waits for.
    pub(super) fn after(&self, stage: usize) -> Arc<[u32]> {
        let index = |it: &usize| u32::try_from(*it).unwrap_or(u32::MAX);
        self.waits_for[stage].iter().map(index).collect()
    }

    /// Cycles: lists of stages, each of which waits for the next, and the last for the first.
    pub(super) fn cycles(&self) -> Vec<Vec<usize>> {
        if self.order.len() == self.waits_for.len() {
            return Vec::new();
        }
        cycle::find(&self.waits_for, &self.order)
    }

    /// All stages, each behind those that it may take something from.
    pub(super) fn reading_order(&self) -> Vec<usize> {
        let mut is_left = vec![true; self.waits_for.len()];
        self.order.iter().for_each(|stage| is_left[*stage] = false);
        let left = (0..is_left.len()).filter(|stage| is_left[*stage]);
        self.order.iter().copied().chain(left).collect()
    }

    /// Returns `true` where `stage` waits for `other`, directly or through others, and for any pair of which the
    /// first is in a cycle.
    pub(super) fn has_ancestor(&self, stage: u32, other: u32) -> bool {
        let of = |stage: usize| self.waits_for[stage].iter().copied();
        let new = || Ancestors::new(self.waits_for.len(), &self.order, of);
        self.ancestors.get_or_init(new).has(stage, other)
    }
}

/// Each stage behind those that it waits for, in the order of the text where that is free. Stages of a cycle, and
/// those behind one, are left out.
fn order_of(waits_for: &[Vec<usize>]) -> Vec<usize> {
    let count = waits_for.len();
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut open: Vec<usize> = waits_for.iter().map(Vec::len).collect();
    for (stage, of_stage) in waits_for.iter().enumerate() {
        of_stage.iter().for_each(|it| followers[*it].push(stage));
    }
    let mut order: Vec<usize> = (0..count).filter(|stage| open[*stage] == 0).collect();
    let mut next = 0;
    while let Some(&stage) = order.get(next) {
        next += 1;
        for &follower in &followers[stage] {
            open[follower] -= 1;
            if open[follower] == 0 {
                order.push(follower);
            }
        }
    }
    order
}

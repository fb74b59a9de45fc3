//! Which locals are read later, and so have to be known to whoever goes on from a place.

use wasmparser::Operator;

use super::body::{Body, Tail};

/// Locals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Locals(Vec<u64>);

impl Locals {
    pub(super) fn has(&self, local: u32) -> bool {
        let (word, bit) = place(local);
        self.0.get(word).is_some_and(|bits| bits & bit != 0)
    }

    pub(super) fn insert(&mut self, local: u32) {
        let (word, bit) = place(local);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= bit;
    }

    fn remove(&mut self, local: u32) {
        let (word, bit) = place(local);
        if let Some(bits) = self.0.get_mut(word) {
            *bits &= !bit;
        }
    }

    pub(super) fn add(&mut self, others: &Self) {
        if self.0.len() < others.0.len() {
            self.0.resize(others.0.len(), 0);
        }
        for (bits, others) in self.0.iter_mut().zip(&others.0) {
            *bits |= others;
        }
    }

    fn has_all(&self, others: &Self) -> bool {
        let own = |at: usize| self.0.get(at).copied().unwrap_or(0);
        others.0.iter().enumerate().all(|(at, bits)| bits & !own(at) == 0)
    }
}

fn place(local: u32) -> (usize, u64) {
    ((local / u64::BITS) as usize, 1 << (local % u64::BITS))
}

/// What is read later, as seen from a tail.
#[derive(Clone, Debug, Default)]
pub(super) struct Live {
    pub at_start: Locals,
    /// Behind the block that it ends.
    pub below: Locals,
    /// Where a branch to each block around it leads, the innermost first.
    pub at_blocks: Vec<Locals>,
}

/// A function's tails.
pub(super) fn tails<'a>(body: &'a Body<'_>) -> Vec<(&'a Tail, Live)> {
    let mut reading = Reading {
        body,
        tails: vec![Live::default(); body.tails.len()],
        blocks: vec![Locals::default()],
    };
    let end = body.operators.len().saturating_sub(1);
    reading.back(0, end, Locals::default());
    body.tails.iter().zip(reading.tails).collect()
}

/// Reads code from its end to its start.
struct Reading<'a> {
    body: &'a Body<'a>,
    tails: Vec<Live>,
    /// What is live where a branch to each block leads that we are in, the innermost last.
    blocks: Vec<Locals>,
}

impl Reading<'_> {
    /// Of what is in a block: what is live before, where `below` is behind.
    fn back(&mut self, start: usize, end: usize, below: Locals) -> Locals {
        let mut live = below.clone();
        let mut at = end;
        while at > start {
            at -= 1;
            match &self.body.operators[at] {
                Operator::End => {
                    let begins = self.body.begins[at];
                    live = self.block(begins, at, live);
                    at = begins;
                }
                Operator::Br { relative_depth } => live = self.target(*relative_depth).clone(),
                Operator::BrIf { relative_depth } => live.add(self.target(*relative_depth)),
                Operator::BrTable { targets } => {
                    live = self.target(targets.default()).clone();
                    for target in targets.targets().filter_map(Result::ok) {
                        live.add(self.target(target));
                    }
                }
                Operator::Return | Operator::Unreachable => live = Locals::default(),
                Operator::LocalGet { local_index } => live.insert(*local_index),
                Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                    live.remove(*local_index);
                }
                _ => {}
            }
            if let Ok(tail) = self.body.tails.binary_search_by_key(&at, |tail| tail.start) {
                let at_blocks = self.blocks.iter().rev().cloned().collect();
                self.tails[tail] = Live { at_start: live.clone(), below: below.clone(), at_blocks };
            }
        }
        live
    }

    fn block(&mut self, begins: usize, end: usize, below: Locals) -> Locals {
        match self.body.operators[begins] {
            Operator::Loop { .. } => {
                // What is live at its start depends on itself: once more, until nothing comes along.
                let mut at_start = Locals::default();
                loop {
                    self.blocks.push(at_start.clone());
                    let live = self.back(begins + 1, end, below.clone());
                    self.blocks.pop();
                    if at_start.has_all(&live) {
                        return at_start;
                    }
                    at_start.add(&live);
                }
            }
            Operator::If { .. } => {
                self.blocks.push(below.clone());
                let live = match self.body.elses[begins] {
                    Some(at) => {
                        let mut live = self.back(begins + 1, at, below.clone());
                        live.add(&self.back(at + 1, end, below));
                        live
                    }
                    None => {
                        let mut live = self.back(begins + 1, end, below.clone());
                        live.add(&below);
                        live
                    }
                };
                self.blocks.pop();
                live
            }
            _ => {
                self.blocks.push(below.clone());
                let live = self.back(begins + 1, end, below);
                self.blocks.pop();
                live
            }
        }
    }

    fn target(&self, depth: u32) -> &Locals {
        &self.blocks[self.blocks.len() - 1 - depth as usize]
    }
}

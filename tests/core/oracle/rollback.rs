//! The rollback of a whole pipeline: the entries in reverse order, those of an entry side by side.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::answers::{in_units, name};
use super::expand::{Expected, One};
use super::outcome::{Outcome, UNITS};
use super::simulate::{Fate, StageFate};

/// What is rolled back of the stages of an entry: of each, what was deployed and has not been rolled back by
/// itself.
pub(crate) fn of_entry(
    stages: &[Expected],
    fates: &[StageFate],
    rollback: Option<u64>,
) -> Vec<Expected> {
    let of_stage = |(stage, fate): (&Expected, &StageFate)| {
        let ran = |(one, fate): (&One, &Fate)| {
            let work = match fate {
                Fate::Cancelled(ran) => one.work.min(ran.end - ran.start),
                _ => one.work,
            };
            let length = rollback.map_or(work / 2, |seconds| seconds * UNITS);
            let is_there = !one.service.is_empty()
                && match fate {
                    Fate::Ran(_) => !one.outcome.is_rolled_back(),
                    Fate::Cancelled(_) => true,
                    Fate::Waits | Fate::Holds { .. } | Fate::Skipped { .. } => false,
                };
            let outcome = Outcome::success(length);
            is_there.then(|| One { outcome, place: None, ..one.clone() })
        };
        let deployments: Vec<One> =
            stage.deployments.iter().zip(&fate.fates).filter_map(ran).collect();
        let limit = stage.limit.min(deployments.len());
        let (skip_queued, fail_fast) = (false, false);
        Expected { deployments, limit, skip_queued, fail_fast, skipped: BTreeSet::new() }
    };
    stages.iter().zip(fates).map(of_stage).filter(|stage| !stage.deployments.is_empty()).collect()
}

/// One that is rolled back: its start, its end, its slot, and what it waited for.
#[derive(Clone)]
struct RolledBack {
    start: u64,
    end: u64,
    slot: usize,
    after: String,
}

/// The stage that rolls back, and its end.
pub(crate) fn text(
    at: (usize, usize),
    entries: &[Vec<Expected>],
    begin: u64,
    opener: Option<(usize, usize)>,
) -> (String, u64) {
    let mut all: Vec<RolledBack> = Vec::new();
    let mut opened =
        (begin, opener.map_or("nothing".to_owned(), |opener| format!("Stage {opener:?}")));
    for entry in entries.iter().rev().filter(|entry| !entry.is_empty()) {
        let first = all.len();
        all.extend(run(entry, first, &opened));
        let last = (first..all.len()).max_by_key(|i| all[*i].end).expect("some ran");
        opened = (all[last].end, format!("Stage {:?}", (at.0, last)));
    }
    let ones = entries.iter().rev().flatten().flat_map(|stage| &stage.deployments);
    let mut names: Vec<String> =
        ones.map(|one| name(&one.service, &one.environment, &one.infrastructure, "")).collect();
    let end = opened.0;
    if all.is_empty() {
        // There is nothing to roll back, which takes no time.
        all.push(RolledBack { start: begin, end, slot: 0, after: opened.1 });
        names.push(name("", "", "", ""));
    }
    let slots = all.iter().map(|one| one.slot + 1).max().unwrap_or(0);
    let times = format!("{}–{}", in_units(begin), in_units(end));
    let mut out = format!("stage {} of {}: {slots}, {times}, succeeded\n", at.0, at.1);
    for (i, (one, name)) in all.iter().zip(names).enumerate() {
        let times = format!("{}–{}", in_units(one.start), in_units(one.end));
        let (slot, after) = (one.slot, &one.after);
        out.push_str(&format!("  {i} {name} {times} in {slot} after {after}, succeeded\n"));
    }
    (out, end)
}

/// Rolls an entry back: so many of each stage at once as ran, and each end lets the next of its stage start, in the
/// lowest slot that nobody has.
fn run(entry: &[Expected], first: usize, opened: &(u64, String)) -> Vec<RolledBack> {
    let mut paper = Paper { queues: Vec::new(), running: Vec::new(), done: BTreeMap::new() };
    let mut index = first;
    for stage in entry {
        let lengths = stage.deployments.iter().map(|one| one.outcome.length());
        let queue: VecDeque<(usize, u64)> = (index..).zip(lengths).collect();
        index += queue.len();
        paper.queues.push(queue);
    }
    for (i, stage) in entry.iter().enumerate() {
        (0..stage.limit).for_each(|_| paper.start_next(i, opened.0, &opened.1));
    }
    while let Some(next) = paper.running.iter().min().copied() {
        paper.running.retain(|other| *other != next);
        let Running { end, stage, index, .. } = next;
        paper.start_next(stage, end, &format!("Slot {index}"));
    }
    paper.done.into_values().collect()
}

struct Paper {
    /// By stage: the places in the list and the lengths of those that have not started.
    queues: Vec<VecDeque<(usize, u64)>>,
    running: Vec<Running>,
    done: BTreeMap<usize, RolledBack>,
}

/// Ordered by the end; those that end at one instant by their place in the list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Running {
    end: u64,
    index: usize,
    stage: usize,
    slot: usize,
}

impl Paper {
    fn start_next(&mut self, stage: usize, start: u64, after: &str) {
        let Some((index, length)) = self.queues[stage].pop_front() else { return };
        let is_free = |slot: &usize| self.running.iter().all(|other| other.slot != *slot);
        let slot = (0..).find(is_free).expect("there are enough");
        let end = start + length;
        self.running.push(Running { end, index, stage, slot });
        self.done.insert(index, RolledBack { start, end, slot, after: after.to_owned() });
    }
}

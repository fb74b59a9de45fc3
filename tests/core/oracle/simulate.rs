//! The run, second by second, as one would do it on paper.

use super::expand::Expected;

/// When one deployment ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) start: u64,
    pub(crate) end: u64,
    pub(crate) slot: usize,
    /// Which deployment's end let it start; `None` for the first ones of the stage.
    pub(crate) after: Option<usize>,
}

/// Runs a stage from the instant `begin`.
pub(crate) fn stage(expected: &Expected, begin: u64) -> Vec<Ran> {
    let count = expected.deployments.len();
    let mut ran: Vec<Option<Ran>> = vec![None; count];
    let mut slots: Vec<Option<usize>> = vec![None; expected.limit];
    let mut start = |i: usize, now: u64, after, slots: &mut Vec<Option<usize>>| {
        let slot = slots.iter().position(Option::is_none).expect("a slot is free");
        slots[slot] = Some(i);
        ran[i] = Some(Ran { start: now, end: now + expected.deployments[i].duration, slot, after });
        now + expected.deployments[i].duration
    };
    // Of those that run, when they end.
    let mut running: Vec<(usize, u64)> = Vec::new();
    let mut waiting = 0..count;
    for i in waiting.by_ref().take(expected.limit) {
        running.push((i, start(i, begin, None, &mut slots)));
    }
    let mut now = begin;
    while !running.is_empty() {
        // Of several that end now, the first of the list comes first.
        while let Some(i) = running.iter().filter(|(_, end)| *end == now).map(|(i, _)| *i).min() {
            running.retain(|(other, _)| *other != i);
            for slot in &mut slots {
                if *slot == Some(i) {
                    *slot = None;
                }
            }
            if let Some(next) = waiting.next() {
                running.push((next, start(next, now, Some(i), &mut slots)));
            }
        }
        now += 1;
    }
    ran.into_iter().map(|ran| ran.expect("all have run")).collect()
}

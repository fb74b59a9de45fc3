//! Gates between the entries of a pipeline: what a stage waits for before it starts.
//!
//! Follows `docs/semantics.md`, "From the list to a timeline".

use std::cmp::Ordering;
use std::sync::Arc;

use super::{Status, WaitsFor};
use crate::{Ms, Stage};

/// Barrier between an entry and the next: all stages of one have ended before any of the other starts.
pub(super) struct Gate {
    /// Number of stages before it that have not ended.
    pub(super) unfinished: usize,
    /// Stages that wait at it.
    pub(super) stages: Vec<usize>,
    /// The latest end that it waits for.
    pub(super) release: Release,
}

/// Event that lets the stages behind one start: its time, and the deployment that was the last to end.
#[derive(Clone, Copy, Default)]
pub(super) struct Release {
    pub(super) time: Ms,
    pub(super) waits_for: Option<WaitsFor>,
    /// Failure of something that has ended before it.
    pub(super) has_failed: bool,
    /// Failure that was ignored.
    pub(super) has_ignored: bool,
}

/// A stage that may start. Stages are ordered by their place in the text.
pub(super) struct Ready {
    pub(super) stage: usize,
    pub(super) release: Release,
}

impl Ord for Ready {
    fn cmp(&self, other: &Self) -> Ordering {
        self.stage.cmp(&other.stage)
    }
}

impl PartialOrd for Ready {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ready {
    fn eq(&self, other: &Self) -> bool {
        self.stage == other.stage
    }
}

impl Eq for Ready {}

impl Release {
    /// The later of two; of two at one instant, the one of the later stage.
    pub(super) fn later_of(self, other: Self) -> Self {
        let order = |release: &Self| {
            (release.time, release.waits_for.map(|waits_for| (waits_for.stage, waits_for.index)))
        };
        let has_failed = self.has_failed || other.has_failed;
        let has_ignored = self.has_ignored || other.has_ignored;
        let later = if order(&other) > order(&self) { other } else { self };
        Self { has_failed, has_ignored, ..later }
    }

    /// The event for what stands behind a stage that hands on only its own outcome, as in a DAG: there its own
    /// dependencies are all that a stage looks at.
    pub(super) fn left_out(self, is_dag: bool) -> Self {
        let (has_failed, has_ignored) = (self.has_failed && !is_dag, self.has_ignored && !is_dag);
        Self { has_failed, has_ignored, ..self }
    }

    /// Outcome of everything that has ended before it.
    pub(super) fn so_far(&self) -> Status {
        match (self.has_failed, self.has_ignored) {
            (true, _) => Status::Failed,
            (false, true) => Status::Ignored,
            (false, false) => Status::Succeeded,
        }
    }
}

/// The gates of a pipeline, and by stage those that wait for it. Stages that share a list wait at one gate: with
/// many in parallel before and behind it, each waiting for each would be too much to write down.
pub(super) fn gates(stages: &[Stage]) -> (Vec<Gate>, Vec<Vec<usize>>) {
    let mut gates: Vec<Gate> = Vec::new();
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); stages.len()];
    for (index, stage) in stages.iter().enumerate() {
        let Some(&first) = stage.after.first() else { continue };
        let shares =
            |gate: &&usize| Arc::ptr_eq(&stages[gates[**gate].stages[0]].after, &stage.after);
        if let Some(&gate) = followers[first as usize].iter().find(shares) {
            gates[gate].stages.push(index);
            continue;
        }
        for before in stage.after.iter() {
            followers[*before as usize].push(gates.len());
        }
        let (unfinished, release) = (stage.after.len(), Release::default());
        gates.push(Gate { unfinished, stages: vec![index], release });
    }
    (gates, followers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    /// Checks the gates of `lists`, each with the number of stages that wait for it.
    fn check(lists: &[(&[u32], usize)], expected: &[(usize, &[usize])]) {
        let stages = lists.iter().flat_map(|(after, count)| {
            let after: Arc<[u32]> = (*after).into();
            vec![Stage { after, ..samples::other("b") }; *count]
        });
        let (gates, _) = gates(&stages.collect::<Vec<_>>());
        let found: Vec<_> = gates.iter().map(|gate| (gate.unfinished, &gate.stages[..])).collect();
        assert_eq!(found, expected, "{lists:?}");
    }

    #[test]
    fn stages_beside_each_other_wait_at_one_gate() {
        check(&[(&[], 3), (&[0, 1, 2], 2), (&[3, 4], 1)], &[(3, &[3, 4]), (2, &[5])]);
        check(&[(&[], 1), (&[0], 1), (&[1], 1)], &[(1, &[1]), (1, &[2])]);
        // Equal lists that are not shared make two gates.
        check(&[(&[], 1), (&[0], 1), (&[0], 1)], &[(1, &[1]), (1, &[2])]);
    }
}

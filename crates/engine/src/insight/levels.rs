//! Levels of concurrency over time.

use crate::{DeploymentId, Ms, Run, Schedule, StageRun};

/// Counts that hold from one instant until the next level's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// From here on, from the pipeline's start.
    pub from: Ms,
    /// Deployments between their start and their end.
    pub running: u32,
    /// Deployments of stages that have begun which have neither started nor been skipped.
    pub waiting: u32,
    /// Number of deployments that may run at once, of all stages that are running. `limit - running` slots are idle:
    /// nothing is left for them, or what has them waits for its resource.
    pub limit: u32,
}

/// The run as steps over time, each different from the one before it. The first is from 0, the last
/// is at the end of the run, where everything is 0; no two are from the same instant. Empty where
/// nothing takes time.
///
/// ```text
/// slot 0   |a===|c========|          from     0  1  2  3
/// slot 1   |b========|               running  2  2  1  0
///          0    1    2    3          waiting  1  0  0  0
///                                    limit    2  2  2  0
/// ```
pub fn levels(schedule: &Schedule) -> Vec<Level> {
    let deployments: usize = schedule.stages.iter().map(|stage| stage.runs.len()).sum();
    let mut changes = Vec::with_capacity(2 * (deployments + schedule.stages.len()));
    for (number, stage) in (0..).zip(&schedule.stages) {
        // A deployment that runs another pipeline is there with those of that one.
        let is_counted = |index| schedule.child_at(DeploymentId { stage: number, index }).is_none();
        let runs = (0..).zip(&stage.runs).filter(|(index, _)| is_counted(*index));
        let before = changes.len();
        changes.extend(runs.flat_map(|(_, run)| changes_of_run(run)));
        let count = (changes.len() - before) / 2;
        if count > 0 {
            changes.extend(changes_of_stage(stage, count));
        }
    }
    deployline_map::sort_by_number(&mut changes, |change| change.at.0);
    let mut now = Change::default();
    let mut levels: Vec<Level> = Vec::new();
    for at_once in changes.chunk_by(|a, b| a.at == b.at) {
        now = at_once.iter().fold(now, |now, change| now.then(change));
        let level = now.level();
        let is_new = levels.last().is_none_or(|last| Level { from: level.from, ..*last } != level);
        if is_new && (!levels.is_empty() || schedule.end > Ms(0)) {
            levels.push(level);
        }
    }
    levels
}

/// Changes at an instant; summed up, the level from then on.
#[derive(Clone, Copy, Default)]
struct Change {
    at: Ms,
    running: i32,
    waiting: i32,
    /// Wider: many stages side by side may each have a high limit.
    limit: i64,
}

impl Change {
    fn then(self, next: &Self) -> Self {
        Self {
            at: next.at,
            running: self.running + next.running,
            waiting: self.waiting + next.waiting,
            limit: self.limit + next.limit,
        }
    }

    /// Once all changes of an instant are summed up, nothing is below 0.
    fn level(self) -> Level {
        Level {
            from: self.at,
            running: self.running.unsigned_abs(),
            waiting: self.waiting.unsigned_abs(),
            limit: u32::try_from(self.limit).unwrap_or(u32::MAX),
        }
    }
}

/// Changes of a stage with so many deployments.
fn changes_of_stage(stage: &StageRun, count: usize) -> [Change; 2] {
    let waiting = i32::try_from(count).unwrap_or(i32::MAX);
    let limit = i64::from(stage.max_concurrency);
    [
        Change { at: stage.start, waiting, limit, running: 0 },
        Change { at: stage.end, limit: -limit, ..Change::default() },
    ]
}

/// One that never starts waits until it is skipped, which takes no time.
fn changes_of_run(run: &Run) -> [Change; 2] {
    [
        Change { at: run.start, running: 1, waiting: -1, limit: 0 },
        Change { at: run.end, running: -1, ..Change::default() },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Pipeline, Status, samples};

    fn check(pipeline: Pipeline, durations: &str, expected: &[(u64, u32, u32, u32)]) {
        let (plan, schedule) = samples::under(pipeline, durations);
        let found = levels(&schedule);
        let minutes = found
            .iter()
            .map(|level| (level.from.0 / 60_000, level.running, level.waiting, level.limit));
        assert_eq!(minutes.collect::<Vec<_>>(), expected, "{durations}\n{plan:?}");
    }

    #[test]
    fn a_run_is_steps() {
        let two_by_two = || samples::one((2, true), (2, false), 0);
        check(
            two_by_two(),
            "S1=1m S2=3m",
            &[(0, 2, 2, 2), (1, 2, 1, 2), (2, 2, 0, 2), (3, 1, 0, 2), (5, 0, 0, 0)],
        );
        check(two_by_two(), "S1=1m S2=0s", &[(0, 2, 1, 2), (1, 0, 0, 0)]);
        check(two_by_two(), "S1=0s S2=0s", &[]);
        check(Pipeline::default(), "", &[]);
        // One has its slot and waits for what the other holds.
        check(samples::same_resource(), "", &[(0, 1, 1, 2), (1, 1, 0, 1), (2, 0, 0, 0)]);
    }

    #[test]
    fn each_level_counts_what_a_look_at_every_run_counts() {
        samples::all(|_, schedule| {
            let levels = levels(schedule);
            for level in &levels {
                assert_eq!(naive(schedule, level.from), *level);
                assert!(level.running <= level.limit);
            }
            for pair in levels.windows(2) {
                let before = naive(schedule, Ms(pair[1].from.0 - 1));
                assert_eq!(Level { from: pair[0].from, ..before }, pair[0]);
                assert_ne!(Level { from: pair[0].from, ..pair[1] }, pair[0]);
            }
            assert_eq!(
                levels.first().map(|level| level.from),
                (schedule.end > Ms(0)).then_some(Ms(0))
            );
            assert_eq!(levels.last().map_or(Ms(0), |level| level.from), schedule.end);
        });
    }

    fn naive(schedule: &Schedule, at: Ms) -> Level {
        let mut level = Level { from: at, running: 0, waiting: 0, limit: 0 };
        for stage in &schedule.stages {
            let is_now = |start: Ms, end: Ms| u32::from(start <= at && at < end);
            level.limit += is_now(stage.start, stage.end) * stage.max_concurrency;
            for run in &stage.runs {
                level.waiting += is_now(stage.start, run.start);
                let started = run.status != Status::Skipped;
                level.running += if started { is_now(run.start, run.end) } else { 0 };
            }
        }
        level
    }
}

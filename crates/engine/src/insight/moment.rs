//! State of a run at an instant, to play it.

use crate::{DeploymentId, Ms, Run, Schedule, Status};

/// State of a deployment at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RunState {
    /// It has not started.
    Waiting,
    /// It has started and not ended.
    Running,
    /// It has ended and succeeded.
    Done,
    /// It has ended and failed.
    Failed,
    /// It never starts, and by now that is clear.
    Skipped,
}

/// Number of deployments are in each [`RunState`]; together, all of the pipeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Not started, in stages that have not begun as well.
    pub waiting: u32,
    /// Started and not ended.
    pub running: u32,
    /// Ended and succeeded: those that failed are counted apart.
    pub done: u32,
    /// Ended and failed.
    pub failed: u32,
    /// Never started, nor will they.
    pub skipped: u32,
}

/// The state of a deployment at an instant. It runs from its start on and no longer at its end, so
/// one that takes no time is done at once.
///
/// ```text
///            start        end
/// Waiting ───┤Running─────┤Done or Failed───
/// ```
pub fn state_at(run: &Run, at: Ms) -> RunState {
    match run.status {
        _ if at < run.start => RunState::Waiting,
        Status::Skipped => RunState::Skipped,
        _ if at < run.end => RunState::Running,
        Status::Succeeded | Status::Ignored => RunState::Done,
        Status::Failed | Status::Aborted | Status::Cancelled => RunState::Failed,
    }
}

/// Counts the deployments by their state at an instant.
pub fn moment(schedule: &Schedule, at: Ms) -> Moment {
    let mut moment = Moment::default();
    let runs = (0..).zip(&schedule.stages).flat_map(|(stage, of_stage)| {
        (0..).zip(&of_stage.runs).map(move |(index, run)| (DeploymentId { stage, index }, run))
    });
    // One that runs another pipeline is there with those of that one.
    for (_, run) in runs.filter(|(at, _)| schedule.child_at(*at).is_none()) {
        let count = match state_at(run, at) {
            RunState::Waiting => &mut moment.waiting,
            RunState::Running => &mut moment.running,
            RunState::Done => &mut moment.done,
            RunState::Failed => &mut moment.failed,
            RunState::Skipped => &mut moment.skipped,
        };
        *count += 1;
    }
    moment
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::levels;
    use crate::{Assumptions, samples};

    #[test]
    fn a_run_is_played_from_waiting_to_its_end() {
        use RunState::{Done, Failed, Running, Skipped, Waiting};
        use Status::Succeeded;
        for (start, end, status, expected) in [
            (1, 3, Succeeded, [Waiting, Running, Running, Done]),
            (1, 3, Status::Failed, [Waiting, Running, Running, Failed]),
            (2, 2, Succeeded, [Waiting, Waiting, Done, Done]),
            (2, 2, Status::Skipped, [Waiting, Waiting, Skipped, Skipped]),
        ] {
            let run = Run { start: Ms(start), end: Ms(end), lane: 0, status, waits_for: None };
            assert_eq!([0, 1, 2, 3].map(|at| state_at(&run, Ms(at))), expected, "{run:?}");
        }
    }

    #[test]
    fn a_failure_and_what_it_skips_are_counted_apart() {
        let plan = samples::plan([samples::deploy((2, true), (2, false), 0), samples::other("b")]);
        let failures = samples::failures(&[("a", 1)]);
        let schedule = crate::schedule(&plan, &Assumptions { failures, ..Assumptions::default() });
        let at = |minute: u64| {
            let m = moment(&schedule, Ms(minute * 60_000));
            [m.waiting, m.running, m.done, m.failed, m.skipped]
        };
        assert_eq!(at(0), [3, 2, 0, 0, 0]);
        assert_eq!(at(1), [1, 2, 1, 1, 0]);
        assert_eq!(at(2), [0, 0, 3, 1, 1]);
    }

    #[test]
    fn everything_is_counted_once_and_running_as_in_the_levels() {
        samples::all(|plan, schedule| {
            let count: usize = plan.stages.iter().map(|stage| stage.deployments.len()).sum();
            for level in levels(schedule) {
                let Moment { waiting, running, done, failed, skipped } =
                    moment(schedule, level.from);
                assert_eq!((waiting + running + done + failed + skipped) as usize, count);
                assert_eq!(running, level.running);
                assert!(waiting >= level.waiting);
            }
            let end = moment(schedule, schedule.end);
            assert_eq!((end.waiting, end.running), (0, 0));
        });
    }
}

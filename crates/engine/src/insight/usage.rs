//! Use of a stage's slots.

use crate::{Ms, StagePlan, StageRun};

/// Use of a stage's slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Time in which a slot runs nothing between the stage's start and its end, all slots together.
    pub idle: Ms,
    /// The most deployments that run at once.
    pub peak_at_once: u32,
    /// The most that run at once on any one target; 0 in a stage that deploys nothing.
    pub peak_per_target: u32,
}

/// Measures the use of a stage's slots. Deployments that take no time count nowhere.
pub fn usage(plan: &StagePlan, run: &StageRun) -> Usage {
    let (peak_at_once, peak_per_target) = peaks(plan, run);
    Usage { idle: idle(run), peak_at_once, peak_per_target }
}

fn idle(run: &StageRun) -> Ms {
    let span = (run.end - run.start).0;
    let busy = run.runs.iter().map(|run| (run.end - run.start).0);
    let busy = busy.fold(0, u64::saturating_add);
    Ms(span.saturating_mul(u64::from(run.max_concurrency)).saturating_sub(busy))
}

/// The most at once, in all and on one target. Ends come before starts at the same instant.
fn peaks(plan: &StagePlan, run: &StageRun) -> (u32, u32) {
    let targets = plan.deployments.iter().map(|deployment| deployment.target);
    let takes_time = targets.zip(&run.runs).filter(|(_, run)| run.start < run.end);
    let ends = takes_time.clone().map(|(target, run)| (run.end, false, target));
    let starts = takes_time.map(|(target, run)| (run.start, true, target));
    let mut changes: Vec<(Ms, bool, Option<u32>)> = ends.chain(starts).collect();
    deployline_map::sort_by_number(&mut changes, |(at, ..)| at.0);
    let targets = plan.deployments.iter().filter_map(|deployment| deployment.target).max();
    let mut on_target = vec![0_u32; targets.map_or(0, |last| last as usize + 1)];
    let (mut at_once, mut peak_at_once, mut peak_per_target) = (0_u32, 0, 0);
    for (_, is_start, target) in changes {
        let step = |count: &mut u32| {
            *count = if is_start { *count + 1 } else { *count - 1 };
            *count
        };
        peak_at_once = peak_at_once.max(step(&mut at_once));
        if let Some(target) = target {
            peak_per_target = peak_per_target.max(step(&mut on_target[target as usize]));
        }
    }
    (peak_at_once, peak_per_target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn a_stage_says_what_its_slots_did() {
        let minutes = |idle: u64| Ms(idle * 60_000);
        for (services, targets, durations, expected) in [
            ((2, false), (2, false), "", (0, 1, 1)),
            ((2, true), (2, false), "", (0, 2, 2)),
            ((2, false), (2, true), "", (0, 2, 1)),
            ((2, true), (2, true), "", (0, 4, 2)),
            ((2, true), (2, false), "S1=1m S2=3m", (2, 2, 2)),
            ((2, true), (2, true), "S1=0s", (2, 2, 1)),
            ((2, true), (2, true), "S1=0s S2=0s", (0, 0, 0)),
        ] {
            let (plan, schedule) = samples::under(samples::one(services, targets, 0), durations);
            let (idle, peak_at_once, peak_per_target) = expected;
            let expected = Usage { idle: minutes(idle), peak_at_once, peak_per_target };
            let found = usage(&plan.stages[0], &schedule.stages[0]);
            assert_eq!(found, expected, "{services:?} {targets:?} {durations}");
        }
        let (plan, schedule) = samples::under(samples::pipeline([samples::other("a")]), "");
        let expected = Usage { idle: Ms(0), peak_at_once: 1, peak_per_target: 0 };
        assert_eq!(usage(&plan.stages[0], &schedule.stages[0]), expected);
    }

    #[test]
    fn peaks_are_what_a_look_at_every_start_finds() {
        samples::all(|plan, schedule| {
            for (plan, run) in plan.stages.iter().zip(&schedule.stages) {
                let found = usage(plan, run);
                let runs_at = |at: Ms, target: Option<Option<u32>>| {
                    let all = plan.deployments.iter().zip(&run.runs);
                    let there = all.filter(|(deployment, _)| {
                        target.is_none_or(|target| deployment.target == target)
                    });
                    there.filter(|(_, run)| run.start <= at && at < run.end).count() as u32
                };
                let at_starts = run.runs.iter().map(|run| runs_at(run.start, None)).max();
                assert_eq!(Some(found.peak_at_once), at_starts);
                let all = plan.deployments.iter().zip(&run.runs);
                let on_one = all
                    .filter(|(deployment, _)| deployment.target.is_some())
                    .map(|(deployment, run)| runs_at(run.start, Some(deployment.target)));
                assert_eq!(found.peak_per_target, on_one.max().unwrap_or(0));
                let slots = u64::from(run.max_concurrency) * (run.end - run.start).0;
                let busy: u64 = run.runs.iter().map(|run| (run.end - run.start).0).sum();
                assert_eq!(found.idle.0 + busy, slots);
            }
        });
    }
}

//! The chain of what a deployment waited for, and the critical path.

use crate::{DeploymentId, Schedule, Status};

/// From a deployment that started with the pipeline to the one at `at`, each of which let the next
/// one start; empty where the one at `at` never started.
///
/// ```text
/// slot 0   |a======|c==|
/// slot 1   |b==|d==========|      the chain of d: b, d
/// ```
///
/// A pipeline that a deployment runs is there with its own deployments, in the place of that one. Each starts when the one before it ends, so the chain has no gaps: its durations add up to the
/// end of its last.
pub fn chain(schedule: &Schedule, at: DeploymentId) -> Vec<DeploymentId> {
    let mut chain = Vec::new();
    let most = schedule.stages.iter().map(|stage| stage.runs.len()).sum();
    let mut next = ran(schedule, at).then_some(at);
    while let Some(at) = next.filter(|_| chain.len() < most) {
        chain.push(at);
        let waits_for = schedule.run(at).and_then(|run| run.waits_for);
        next = waits_for.map(|waits_for| waits_for.at());
        // What ends with the pipeline that it runs ended with the last of that.
        next = next.map(|at| schedule.last_of_child(at).unwrap_or(at));
    }
    chain.reverse();
    chain
}

/// The chain of the deployment that ends last, which decides when the pipeline ends. Of several
/// that end at once it is the last one in order, since ends are handled in order. Empty where
/// nothing ran.
pub fn critical_path(schedule: &Schedule) -> Vec<DeploymentId> {
    last_to_end(schedule).map(|at| chain(schedule, at)).unwrap_or_default()
}

fn last_to_end(schedule: &Schedule) -> Option<DeploymentId> {
    let all = (0..).zip(&schedule.stages).flat_map(|(stage, of_stage)| {
        (0..).zip(&of_stage.runs).map(move |(index, run)| (run, DeploymentId { stage, index }))
    });
    let started = all.filter(|(run, _)| run.status != Status::Skipped);
    started.max_by_key(|(run, at)| (run.end, *at)).map(|(_, at)| at)
}

fn ran(schedule: &Schedule, at: DeploymentId) -> bool {
    schedule.run(at).is_some_and(|run| run.status != Status::Skipped)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{self, deploy, other, places, under};
    use crate::{Assumptions, Ms, Pipeline};

    #[test]
    fn a_path_goes_through_slots_stages_and_resources() {
        let three =
            || samples::pipeline([other("a"), deploy((2, true), (2, false), 0), other("c")]);
        for (pipeline, durations, expected) in [
            (samples::pipeline([other("a")]), "", "0:0"),
            (three(), "S1=3m", "0:0 1:0 1:3 2:0"),
            (three(), "S2=3m", "0:0 1:0 1:2 1:3 2:0"),
            (samples::same_resource(), "", "0:0 1:0"),
            (Pipeline::default(), "", ""),
        ] {
            let (plan, schedule) = under(pipeline, durations);
            assert_eq!(places(&critical_path(&schedule)), expected, "{durations}\n{plan:?}");
        }
    }

    #[test]
    fn what_never_started_waited_for_nothing() {
        let plan = samples::plan([other("a"), other("b")]);
        let failures = samples::failures(&[("a", 0)]);
        let schedule = crate::schedule(&plan, &Assumptions { failures, ..Assumptions::default() });
        assert_eq!(chain(&schedule, DeploymentId { stage: 1, index: 0 }), []);
        assert_eq!(places(&critical_path(&schedule)), "0:0");
        assert_eq!(chain(&schedule, DeploymentId { stage: 7, index: 7 }), []);
    }

    #[test]
    fn a_chain_has_no_gaps() {
        samples::all(|plan, schedule| {
            for at in samples::all_places(plan) {
                let chain = chain(schedule, at);
                let runs: Vec<_> = chain.iter().filter_map(|at| schedule.run(*at)).collect();
                assert_eq!(chain.last(), ran(schedule, at).then_some(&at));
                assert!(runs.first().is_none_or(|run| run.start == Ms(0)));
                assert!(runs.windows(2).all(|pair| pair[0].end == pair[1].start));
            }
            let last = critical_path(schedule).last().and_then(|at| schedule.run(*at));
            assert_eq!(last.map_or(Ms(0), |run| run.end), schedule.end);
        });
    }
}

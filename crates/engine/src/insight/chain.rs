//! The chain of what a deployment waited for, and the critical path.

use deployline_map::Set;

use crate::{DeploymentId, Ms, Schedule, Status};

/// From a deployment that started with the pipeline to the one at `at`, each of which let the next
/// one start, or go on; empty where the one at `at` never started.
///
/// ```text
/// slot 0   |a======|c==|
/// slot 1   |b==|d==========|      the chain of d: b, d
/// ```
///
/// A pipeline that a deployment runs is there with its own deployments, in the place of that one. Each starts when the
/// one before it ends, so the chain has no gaps: its durations add up to the end of its last. But where steps met at a
/// barrier, the one before is the last that came to it, and may go on longer.
pub fn chain(schedule: &Schedule, at: DeploymentId) -> Vec<DeploymentId> {
    let mut chain = Vec::new();
    let most = schedule.stages.iter().map(|stage| stage.runs.len()).sum();
    // Those that let another one go on: two may have met at one instant at several barriers.
    let mut met = Set::new();
    let first = schedule.run(at).filter(|run| run.status != Status::Skipped);
    let mut next = first.map(|run| (at, run.end));
    while let Some((at, until)) = next.filter(|_| chain.len() < most) {
        chain.push(at);
        next = before(schedule, at, until, &mut met);
    }
    chain.reverse();
    chain
}

/// The deployment that let one go on last before an instant, or else start, and the time of that.
fn before(
    schedule: &Schedule,
    at: DeploymentId,
    until: Ms,
    met: &mut Set<DeploymentId>,
) -> Option<(DeploymentId, Ms)> {
    let waits = schedule.parts(at).iter().rev().filter(|part| part.end <= until);
    let mut waits = waits.filter_map(|part| Some((part.waits_for?.at(), part.end)));
    if let Some(wait) = waits.next().filter(|(other, _)| met.insert(*other)) {
        return Some(wait);
    }
    let run = schedule.run(at)?;
    let before = run.waits_for?.at();
    // A deployment that ends with the pipeline it runs ended with the last of that.
    Some((schedule.last_of_child(before).unwrap_or(before), run.start))
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use deployline_span::Span;

    use super::*;
    use crate::samples::{self, deploy, other, places, under};
    use crate::{
        Assumptions, DurationKey, Pipeline, Stage, Step, StepKind, StepWait, Steps, WaitKind,
    };

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
    fn a_path_goes_through_the_last_that_came_to_a_barrier() {
        // Of three minutes, two before the barrier in b; c starts when a has ended.
        let step = |name: &str, kind| Step::new(name, "", "Http", kind, Span::default());
        let stage = |name: &str, kinds: &[StepKind]| {
            let tree = kinds.iter().map(|kind| step(name, *kind)).collect();
            let waits = (0..).zip(kinds).filter(|(_, kind)| **kind == StepKind::Wait);
            let kind = WaitKind::Barrier("meet".to_owned());
            let waits = waits.map(|(step, _)| StepWait { step, kind: kind.clone(), timeout: None });
            Stage {
                steps: Steps { tree, waits: waits.collect(), ..Steps::default() },
                ..other(name)
            }
        };
        let (work, wait) = (StepKind::Work, StepKind::Wait);
        let stages = [stage("a", &[wait, work]), stage("b", &[work, work, wait, work]), other("c")];
        let mut pipeline = samples::pipeline(stages);
        for (stage, after) in pipeline.stages.iter_mut().zip([&[][..], &[], &[0]]) {
            stage.after = Arc::from(after);
        }
        let durations = [(DurationKey::Stage("b".to_owned()), Ms(180_000))].into();
        let assumptions = Assumptions { durations, ..Assumptions::default() };
        let (_, schedule) = crate::plan_and_schedule(pipeline, &assumptions);
        assert_eq!(schedule.end, Ms(240_000), "two minutes of waiting, a of work, c");
        assert_eq!(places(&critical_path(&schedule)), "1:0 0:0 2:0");
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
                let ran = schedule.run(at).is_some_and(|run| run.status != Status::Skipped);
                assert_eq!(chain.last(), ran.then_some(&at));
                assert!(runs.first().is_none_or(|run| run.start == Ms(0)));
                assert!(runs.windows(2).all(|pair| pair[0].end == pair[1].start));
            }
            let last = critical_path(schedule).last().and_then(|at| schedule.run(*at));
            assert_eq!(last.map_or(Ms(0), |run| run.end), schedule.end);
        });
    }
}

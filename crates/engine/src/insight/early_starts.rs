//! The truth about "sequential": an order of starts, and no barrier.
//!
//! Follows `docs/semantics.md`, "From the list to a timeline: a sliding window, not waves".

use crate::{AxisName, Ms, Plan, Run, Schedule, Status};

/// Deployments of a stage that start on a later item of a sequential list while one on an earlier
/// item has not ended.
///
/// ```text
/// services parallel, targets sequential      S1 I2 starts early:
/// slot 0   |S1 I1|S1 I2|                     S2 I1, on the target before, has not ended
/// slot 1   |S2 I1======|S2 I2|               S2 I2 does not
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlyStarts {
    /// The sequential list.
    pub axis: AxisName,
    /// All that start early, in list order; never none.
    pub indexes: Vec<u32>,
    /// For example this one, the first of them,
    pub late: u32,
    /// starts before this one has ended: the last to end of those on earlier items.
    pub unfinished: u32,
}

/// Finds deployments that start early in a stage. `None` where nothing does, and where no sequential list is the
/// outer one of the order: with targets parallel too, or where a strategy or a filter on services
/// decides.
pub fn early_starts(plan: &Plan, schedule: &Schedule, stage_idx: usize) -> Option<EarlyStarts> {
    let sequence = plan.sequence(stage_idx)?;
    let mut indexes = Vec::new();
    let mut example = None;
    let mut last_to_end: Option<(Ms, u32)> = None;
    let numbered: Vec<(u32, &Run)> = (0..).zip(&schedule.stages.get(stage_idx)?.runs).collect();
    for item in numbered.chunks(sequence.len) {
        let started = || item.iter().filter(|(_, run)| run.status != Status::Skipped);
        if let Some((end, unfinished)) = last_to_end {
            let early = started().filter(|(_, run)| run.start < end).map(|(index, _)| *index);
            indexes.extend(early);
            example = example.or_else(|| Some((*indexes.first()?, unfinished)));
        }
        last_to_end = last_to_end.max(started().map(|(index, run)| (run.end, *index)).max());
    }
    let (late, unfinished) = example?;
    Some(EarlyStarts { axis: sequence.axis, indexes, late, unfinished })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Parallel, Pipeline, Schema, StageRun, Work, samples, schedule, schedule_in_waves, words,
    };

    fn check(pipeline: Pipeline, durations: &str, expected: Option<&str>) {
        let (plan, schedule) = samples::under(pipeline, durations);
        let found = early_starts(&plan, &schedule, 0);
        let sentences = found.map(|early| words::early_starts(&plan, &schedule, 0, &early));
        assert_eq!(sentences.as_deref(), expected, "{durations}\n{plan:?}");
    }

    #[test]
    fn sequential_is_no_barrier() {
        let uneven = "S1=1m S2=2m";
        let one = samples::one;
        check(
            one((2, true), (2, false), 0),
            uneven,
            Some(
                "1 deployment starts on a later target before an earlier one is finished: S1 I2 \
                 starts at 1m, S2 I1 ends at 2m. The engine only limits how many run at once (2 at \
                 a time); it does not wait for a target to finish.",
            ),
        );
        check(
            one((3, false), (2, true), 0),
            "S1@I1=5m",
            Some(
                "4 deployments start on a later service before an earlier one is finished: S2 I1 \
                 starts at 1m, S1 I1 ends at 5m. The engine only limits how many run at once (2 at \
                 a time); it does not wait for a service to finish.",
            ),
        );
        // Nothing is uneven, one at a time, no sequential list, the limit is one's own.
        check(one((2, true), (2, false), 0), "", None);
        check(one((2, false), (2, false), 0), uneven, None);
        check(one((2, true), (2, true), 2), uneven, None);
        check(samples::pipeline([samples::other("a")]), "", None);
        let (plan, schedule) = samples::under(one((2, false), (2, false), 4), "");
        let expected =
            EarlyStarts { axis: AxisName::Targets, indexes: vec![2, 3], late: 2, unfinished: 1 };
        assert_eq!(early_starts(&plan, &schedule, 0), Some(expected));
        assert_eq!(early_starts(&plan, &schedule, 7), None);
    }

    /// Two at a time, with the flag of one axis only.
    fn one_list((services, targets): (u32, u32)) -> Pipeline {
        let mut pipeline = samples::one((services, false), (targets, false), 2);
        if let Work::Deploy(deploy) = &mut pipeline.stages[0].work {
            deploy.services.parallel = deploy.services.parallel.filter(|_| services > 1);
            deploy.targets.parallel = deploy.targets.parallel.filter(|_| targets > 1);
        }
        pipeline
    }

    #[test]
    fn a_list_that_stands_alone_is_the_outer_one() {
        for (counts, axis) in [((2, 1), AxisName::Services), ((1, 2), AxisName::Targets)] {
            let (plan, schedule) = samples::under(one_list(counts), "");
            let expected = EarlyStarts { axis, indexes: vec![1], late: 1, unfinished: 0 };
            assert_eq!(early_starts(&plan, &schedule, 0), Some(expected), "{counts:?}");
        }
    }

    #[test]
    fn in_the_flat_schema_targets_are_always_the_outer_ones() {
        let axis_of = |targets_parallel: bool| {
            let pipeline = samples::one((2, !targets_parallel), (2, targets_parallel), 0);
            let pipeline = Pipeline { schema: Schema::V1, ..pipeline };
            let (plan, schedule) = samples::under(pipeline, "S1=1m S2=3m");
            early_starts(&plan, &schedule, 0).map(|early| early.axis)
        };
        assert_eq!(axis_of(false), Some(AxisName::Targets));
        assert_eq!(axis_of(true), None);
    }

    #[test]
    fn it_finds_what_a_look_at_every_pair_finds() {
        let mut found_some = 0;
        samples::all(|plan, schedule| {
            for stage_idx in 0..plan.stages.len() {
                let found = early_starts(plan, schedule, stage_idx);
                let expected = naive(plan, schedule, stage_idx);
                let indexes = found.as_ref().map_or(&[][..], |found| &found.indexes);
                assert_eq!(indexes, expected);
                found_some += indexes.len();
                if let Some(EarlyStarts { indexes, late, unfinished, .. }) = found {
                    let run = |index: u32| schedule.stages[stage_idx].runs[index as usize];
                    assert!(indexes.contains(&late) && unfinished < late);
                    assert!(run(late).start < run(unfinished).end);
                }
            }
        });
        assert!(found_some > 100, "{found_some}: the samples show too little");
    }

    /// By the words of the definition: the position on the sequential list, asked of every pair.
    fn naive(plan: &Plan, schedule: &Schedule, stage_idx: usize) -> Vec<u32> {
        let Work::Deploy(deploy) = &plan.pipeline.stages[stage_idx].work else {
            return Vec::new();
        };
        let flag = |parallel: Option<Parallel>| parallel.map(|parallel| parallel.value);
        let by_service = match (flag(deploy.services.parallel), flag(deploy.targets.parallel)) {
            (_, Some(false)) => false,
            (Some(false), Some(true)) => true,
            _ => return Vec::new(),
        };
        let deployments = &plan.stages[stage_idx].deployments;
        let runs = &schedule.stages[stage_idx].runs;
        let item = |i: usize| match by_service {
            true => deployments[i].service,
            false => deployments[i].target,
        };
        let ran = |i: usize| runs[i].status != Status::Skipped;
        let all = 0..deployments.len();
        let is_early = |i: &usize| {
            let is_unfinished =
                |j: usize| ran(j) && item(j) < item(*i) && runs[j].end > runs[*i].start;
            ran(*i) && all.clone().any(is_unfinished)
        };
        all.clone().filter(is_early).map(|i| i as u32).collect()
    }

    #[test]
    fn waves_are_the_window_where_nothing_starts_early() {
        let (mut same, mut different) = (0, 0);
        samples::grid(|plan, assumptions| {
            let (window, waves) =
                (schedule(plan, assumptions), schedule_in_waves(plan, assumptions));
            let times = |schedule: &Schedule| -> Vec<(Ms, Ms)> {
                let runs = schedule.stages.iter().flat_map(|stage| &stage.runs);
                runs.map(|run| (run.start, run.end)).collect()
            };
            let stages = || 0..plan.stages.len();
            assert!(stages().all(|stage| early_starts(plan, &waves, stage).is_none()));
            let is_same = stages().all(|stage| early_starts(plan, &window, stage).is_none());
            assert_eq!(times(&waves) == times(&window), is_same);
            *(if is_same { &mut same } else { &mut different }) += 1;
            if let Some(stage) = plan.stages.first().filter(|_| plan.stages.len() == 3) {
                let starts: Vec<Ms> = waves.stages[0].runs.iter().map(|run| run.start).collect();
                let len = plan.sequence(0).map_or(stage.deployments.len(), |sequence| sequence.len);
                assert_eq!(starts, wave_by_wave(&waves.stages[0], len));
            }
        });
        assert!(same > 50 && different > 20, "{same} {different}: the samples show too little");
    }

    /// Each takes the slot that is free first; a new wave begins when all slots are free.
    fn wave_by_wave(stage: &StageRun, len: usize) -> Vec<Ms> {
        let mut starts = Vec::new();
        let mut free_at = vec![stage.start; stage.max_concurrency as usize];
        for wave in stage.runs.chunks(len) {
            let all_free = free_at.iter().copied().max().unwrap_or_default();
            free_at.fill(all_free);
            for run in wave {
                let slot = free_at.iter_mut().min().expect("a stage has a slot");
                starts.push(*slot);
                *slot = *slot + (run.end - run.start);
            }
        }
        starts
    }
}

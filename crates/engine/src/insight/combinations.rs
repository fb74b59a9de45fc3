//! The other ways to run a stage: both flags, each way.

use crate::insight::usage;
use crate::{
    Assumptions, Axis, Ms, Parallel, ParallelSource, Plan, Schedule, Work, plan_and_schedule,
};

/// The pipeline as it runs with a stage's flags set in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Combination {
    /// True where the services are parallel; `None` where they are no list.
    pub services_parallel: Option<bool>,
    /// True where the targets are parallel; `None` where they are no list.
    pub targets_parallel: Option<bool>,
    /// True where the stage is written so.
    pub is_present: bool,
    /// The whole pipeline with these flags.
    pub plan: Plan,
    /// Its run.
    pub schedule: Schedule,
    /// End of the pipeline.
    pub end: Ms,
    /// Duration of the stage.
    pub duration: Ms,
    /// The most deployments of the stage that run at once.
    pub peak_at_once: u32,
    /// The most of them that run at once on any one target.
    pub peak_per_target: u32,
}

/// Each way to set the flags of a stage, everything else as it is, an explicit `maxConcurrency` too:
///
/// ```text
/// services   no   yes  no   yes
/// targets    no   no   yes  yes
/// ```
///
/// Two where only one axis is a list, or where one is always parallel (an environment group beside
/// a list of services). None where neither is a list or something else decides: a looping strategy,
/// a filter on services, the budget of deployments; and none of a stage of another pipeline, which this one runs.
pub fn combinations(plan: &Plan, assumptions: &Assumptions, stage_idx: usize) -> Vec<Combination> {
    let Some((services, targets)) = choices(plan, stage_idx) else { return Vec::new() };
    let pairs = targets.iter().flat_map(|t| services.iter().map(move |s| (*s, *t)));
    pairs.map(|(s, t)| combination(plan, assumptions, stage_idx, s, t)).collect()
}

/// True where an axis is parallel; `None` where it is no list.
type Flag = Option<bool>;

/// Values that each flag may have, sequential first.
fn choices(plan: &Plan, stage_idx: usize) -> Option<(Vec<Flag>, Vec<Flag>)> {
    // The flags of a stage of another pipeline are those of all its runs.
    plan.child_of(stage_idx).is_none().then_some(())?;
    let stage = plan.pipeline.stages.get(stage_idx)?;
    let Work::Deploy(deploy) = &stage.work else { return None };
    let is_planned = !plan.is_beyond_budget(stage_idx);
    let has_list = deploy.services.parallel.is_some() || deploy.targets.parallel.is_some();
    let is_free = stage.looping.is_none() && deploy.listed.is_none();
    let choices = (choices_of(deploy.services.parallel), choices_of(deploy.targets.parallel));
    (has_list && is_free && is_planned).then_some(choices)
}

fn choices_of(parallel: Option<Parallel>) -> Vec<Flag> {
    match parallel.map(|parallel| parallel.source) {
        None => vec![None],
        Some(ParallelSource::AlwaysForGroup) => vec![Some(true)],
        Some(_) => vec![Some(false), Some(true)],
    }
}

fn combination(
    plan: &Plan,
    assumptions: &Assumptions,
    stage_idx: usize,
    services: Flag,
    targets: Flag,
) -> Combination {
    let mut pipeline = plan.own_pipeline();
    let mut is_present = true;
    if let Work::Deploy(deploy) = &mut pipeline.stages[stage_idx].work {
        is_present = set(&mut deploy.services, services) & set(&mut deploy.targets, targets);
    }
    let (plan, schedule) = plan_and_schedule(pipeline, assumptions);
    let run = &schedule.stages[stage_idx];
    let usage = usage(&plan.stages[stage_idx], run);
    Combination {
        services_parallel: services,
        targets_parallel: targets,
        is_present,
        end: schedule.end,
        duration: run.end - run.start,
        peak_at_once: usage.peak_at_once,
        peak_per_target: usage.peak_per_target,
        plan,
        schedule,
    }
}

/// Sets the flag of an axis; says whether it was so.
fn set<T>(axis: &mut Axis<T>, value: Flag) -> bool {
    let before = axis.parallel.map(|parallel| parallel.value);
    if let (Some(parallel), Some(value)) = (&mut axis.parallel, value) {
        parallel.value = value;
    }
    before == value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;
    use crate::{Deploy, Pipeline, Stage, expand, schedule};

    /// One a line: services, targets, end, duration, peaks; `*` for the present one.
    fn lines(pipeline: Pipeline, stage_idx: usize) -> Vec<String> {
        let plan = expand(pipeline);
        let flag = |flag: Option<bool>| flag.map_or("none", |flag| if flag { "yes" } else { "no" });
        let all = combinations(&plan, &Assumptions::default(), stage_idx);
        let line = |c: Combination| {
            assert_eq!(c.schedule, schedule(&c.plan, &Assumptions::default()));
            if c.is_present {
                assert_eq!(c.plan, plan);
            }
            let mark = if c.is_present { "*" } else { "" };
            let (services, targets) = (flag(c.services_parallel), flag(c.targets_parallel));
            let (once, target) = (c.peak_at_once, c.peak_per_target);
            format!("{services} {targets}: {} {} {once} {target}{mark}", c.end, c.duration)
        };
        all.into_iter().map(line).collect()
    }

    #[test]
    fn both_flags_each_way() {
        let pipeline =
            samples::pipeline([samples::deploy((2, true), (3, false), 0), samples::other("b")]);
        let expected =
            ["no no: 7m 6m 1 1", "yes no: 4m 3m 2 2*", "no yes: 3m 2m 3 1", "yes yes: 2m 1m 6 2"];
        assert_eq!(lines(pipeline.clone(), 0), expected);
        assert_eq!(lines(pipeline.clone(), 1), [""; 0]);
        assert_eq!(lines(pipeline, 2), [""; 0]);
    }

    #[test]
    fn an_explicit_limit_stays() {
        let expected =
            ["no no: 3m 3m 2 2", "yes no: 3m 3m 2 2", "no yes: 3m 3m 2 1", "yes yes: 3m 3m 2 2*"];
        assert_eq!(lines(samples::one((2, true), (3, true), 2), 0), expected);
    }

    /// A stage, changed before it is planned.
    fn with(
        (services, targets): (u32, u32),
        change: impl FnOnce(&mut Stage, &mut Deploy),
    ) -> Pipeline {
        let mut stage = samples::deploy((services, true), (targets, false), 0);
        if let Work::Deploy(mut deploy) = std::mem::replace(&mut stage.work, Work::Other) {
            change(&mut stage, &mut deploy);
            stage.work = Work::Deploy(deploy);
        }
        samples::pipeline([stage])
    }

    fn without_list<T>(axis: &mut Axis<T>) {
        axis.parallel = None;
    }

    #[test]
    fn one_list_has_two_ways() {
        let of_targets = with((1, 2), |_, deploy| {
            without_list(&mut deploy.services);
            deploy.targets.parallel =
                Some(Parallel { value: true, source: ParallelSource::Default });
        });
        let of_services = with((2, 2), |_, deploy| {
            let source = ParallelSource::AlwaysForGroup;
            deploy.targets.parallel = Some(Parallel { value: true, source });
        });
        let without_lists = with((1, 1), |_, deploy| {
            without_list(&mut deploy.services);
            without_list(&mut deploy.targets);
        });
        let looping = with((1, 1), |stage, deploy| {
            without_list(&mut deploy.services);
            without_list(&mut deploy.targets);
            stage.looping = Some(samples::times(2));
        });
        for (pipeline, expected) in [
            (of_targets, &["none no: 2m 2m 1 1", "none yes: 1m 1m 2 1*"][..]),
            (of_services, &["no yes: 2m 2m 2 1", "yes yes: 1m 1m 4 2*"]),
            (without_lists, &[]),
            (looping, &[]),
        ] {
            assert_eq!(lines(pipeline.clone(), 0), expected, "{pipeline:?}");
        }
    }
}

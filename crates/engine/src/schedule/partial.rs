//! The stages that a partial run leaves out.
//!
//! Follows `docs/semantics.md`, "Partial runs".
//!
//! ```text
//! a | parallel: ( b, c ) | d      run a and d:    b and c are not chosen, d starts when a has ended
//!                                 rerun from b:   a and c keep their results, d runs behind b
//! ```

use super::gates::gates;
use crate::{Absence, Pipeline};

/// Marks the stages of a pipeline that its partial run leaves out.
pub fn leave_out(pipeline: &mut Pipeline) {
    let runs_again = runs_again(pipeline);
    let partial = &pipeline.partial;
    for (index, stage) in pipeline.stages.iter_mut().enumerate() {
        let is_kept = runs_again.as_ref().is_some_and(|runs_again| !runs_again[index]);
        stage.absence = match partial.is_chosen(&stage.identifier) {
            false => Some(Absence::NotChosen),
            true => is_kept.then_some(Absence::Kept),
        };
    }
}

/// By stage: `true` for those from which the run is repeated, and for all that wait for them, directly or through
/// others; `None` for a run of its own, and where no stage has a name of these.
fn runs_again(pipeline: &Pipeline) -> Option<Vec<bool>> {
    let names = &pipeline.partial.rerun_from;
    let mut again: Vec<bool> =
        pipeline.stages.iter().map(|stage| names.contains(&stage.identifier)).collect();
    let mut open: Vec<usize> = (0..again.len()).filter(|stage| again[*stage]).collect();
    if open.is_empty() {
        return None;
    }
    let (mut gates, followers) = gates(&pipeline.stages);
    while let Some(stage) = open.pop() {
        for gate in &followers[stage] {
            // Many stages may stand before a gate: the first one opens it for all behind it.
            for behind in std::mem::take(&mut gates[*gate].stages) {
                if !std::mem::replace(&mut again[behind], true) {
                    open.push(behind);
                }
            }
        }
    }
    Some(again)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        Assumptions, FailureAction, FailureRule, FailureStrategies, ParallelGroup, PartialRun,
        PipelineStatus, Plan, Schedule, Stage, Status, expand, samples, schedule, words,
    };

    /// Stages that take a minute each, with those that they wait for.
    fn pipeline(stages: &[(&str, &[u32])], chosen: Option<&str>, rerun_from: &str) -> Pipeline {
        let names = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        let stage = |(name, after): &(&str, &[u32])| Stage {
            after: Arc::from(*after),
            ..samples::other(name)
        };
        let stages: Vec<Stage> = stages.iter().map(stage).collect();
        let partial = PartialRun { chosen: chosen.map(names), rerun_from: names(rerun_from) };
        Pipeline { stages, partial, ..Pipeline::default() }
    }

    fn run(mut pipeline: Pipeline, assumptions: &Assumptions) -> (Plan, Schedule) {
        leave_out(&mut pipeline);
        let plan = expand(pipeline);
        let run = schedule(&plan, assumptions);
        (plan, run)
    }

    /// The times of each stage in minutes, and of one that does not run its outcome.
    fn times((plan, run): &(Plan, Schedule)) -> String {
        let stages = plan.pipeline.stages.iter().zip(&run.stages).map(|(stage, run)| {
            let (start, end) = (run.start.0 / 60_000, run.end.0 / 60_000);
            match (stage.absence, run.status) {
                (None, Status::Skipped) => format!("{} skipped", stage.identifier),
                (None, _) => format!("{} {start}-{end}", stage.identifier),
                (Some(absence), status) => {
                    assert_eq!(start, end, "{}", stage.identifier);
                    assert!(run.runs.iter().all(|run| run.status == Status::Skipped));
                    format!("{} {absence:?} {status:?} at {start}", stage.identifier)
                }
            }
        });
        stages.collect::<Vec<_>>().join(", ")
    }

    /// `a`, then `b` and `c` side by side, then `d`.
    const LIST: &[(&str, &[u32])] = &[("a", &[]), ("b", &[0]), ("c", &[0]), ("d", &[1, 2])];
    /// `c` waits for `b`, which waits for `a`; `d` for nothing.
    const DAG: &[(&str, &[u32])] = &[("a", &[]), ("b", &[0]), ("c", &[1]), ("d", &[])];

    #[test]
    fn the_order_between_those_that_run_stays() {
        const GONE: &str = "NotChosen Skipped at";
        const KEPT: &str = "Kept Succeeded at 0";
        for (stages, chosen, rerun_from, expected) in [
            (LIST, None, "", "a 0-1, b 1-2, c 1-2, d 2-3".to_owned()),
            (LIST, Some("a d"), "", format!("a 0-1, b {GONE} 1, c {GONE} 1, d 1-2")),
            (LIST, Some("c d"), "", format!("a {GONE} 0, b {GONE} 0, c 0-1, d 1-2")),
            (
                LIST,
                Some("nothing"),
                "",
                ["a", "b", "c", "d"].map(|it| format!("{it} {GONE} 0")).join(", "),
            ),
            (LIST, None, "a", "a 0-1, b 1-2, c 1-2, d 2-3".to_owned()),
            (LIST, None, "b", format!("a {KEPT}, b 0-1, c {KEPT}, d 1-2")),
            (LIST, None, "c b", format!("a {KEPT}, b 0-1, c 0-1, d 1-2")),
            (LIST, None, "d", format!("a {KEPT}, b {KEPT}, c {KEPT}, d 0-1")),
            (LIST, None, "nothing", "a 0-1, b 1-2, c 1-2, d 2-3".to_owned()),
            (LIST, Some("a c d"), "c", format!("a {KEPT}, b {GONE} 0, c 0-1, d 1-2")),
            (DAG, Some("a c"), "", format!("a 0-1, b {GONE} 1, c 1-2, d {GONE} 0")),
            (DAG, None, "b", format!("a {KEPT}, b 0-1, c 1-2, d {KEPT}")),
        ] {
            let ran = run(pipeline(stages, chosen, rerun_from), &Assumptions::default());
            assert_eq!(times(&ran), expected, "{chosen:?} {rerun_from}");
        }
    }

    #[test]
    fn a_stage_that_is_not_chosen_hands_a_failure_on() {
        let failures = samples::failures(&[("a", 0)]);
        let assumptions = Assumptions { failures, ..Assumptions::default() };
        for (is_dag, d) in [(false, "d skipped"), (true, "d 0-1")] {
            let pipeline = Pipeline {
                dag: Some(is_dag),
                ..pipeline(
                    if is_dag { DAG } else { &[("a", &[]), ("b", &[0]), ("c", &[1]), ("d", &[2])] },
                    Some("a c d"),
                    "",
                )
            };
            let expected = format!("a 0-1, b NotChosen Skipped at 1, c skipped, {d}");
            assert_eq!(times(&run(pipeline, &assumptions)), expected);
        }
    }

    #[test]
    fn a_stage_that_is_kept_has_the_outcome_of_a_run_without_failures() {
        let mut pipeline = pipeline(LIST, None, "d");
        pipeline.stages[1].pipeline_status = PipelineStatus::Failure;
        let failures = samples::failures(&[("a", 0)]);
        let ran = run(pipeline, &Assumptions { failures, ..Assumptions::default() });
        assert_eq!(
            times(&ran),
            "a Kept Succeeded at 0, b Kept Skipped at 0, c Kept Succeeded at 0, d 0-1"
        );
        assert_eq!(ran.1.stages[3].runs[0].waits_for, None);
    }

    #[test]
    fn the_queue_of_a_group_has_no_place_for_those_left_out() {
        let members: Vec<_> = (0..4).map(|stage| stage..stage + 1).collect();
        let group = ParallelGroup { span: deployline_span::Span::default(), members };
        let stages: &[(&str, &[u32])] = &[("a", &[]), ("b", &[]), ("c", &[]), ("d", &[])];
        let assumptions = Assumptions {
            account_limit: Some(2),
            failures: samples::failures(&[("a", 0)]),
            ..Assumptions::default()
        };
        for (chosen, rerun_from, expected) in [
            (Some("a c d"), "", "a 0-1, b NotChosen Skipped at 0, c 0-1, d skipped"),
            (Some("a d"), "", "a 0-1, b NotChosen Skipped at 0, c NotChosen Skipped at 0, d 0-1"),
            (None, "a b", "a 0-1, b 0-1, c Kept Succeeded at 0, d Kept Succeeded at 0"),
        ] {
            let pipeline =
                Pipeline { groups: [group.clone()].into(), ..pipeline(stages, chosen, rerun_from) };
            assert_eq!(times(&run(pipeline, &assumptions)), expected);
        }
    }

    #[test]
    fn what_has_not_run_is_not_rolled_back() {
        let action = FailureAction::PipelineRollback { fail_all: false };
        let rule = FailureRule { errors: vec![crate::ErrorType::AllErrors], action };
        let failure = FailureStrategies { of_stage: vec![rule], ..FailureStrategies::default() };
        let stage = |name: &str| Stage {
            identifier: name.to_owned(),
            failure: failure.clone(),
            ..samples::deploy((1, true), (1, true), 0)
        };
        let pipeline = samples::pipeline([stage("a"), stage("b")]);
        for (chosen, rerun_from) in [(Some("b"), ""), (None, "b")] {
            let names = |text: &str| text.split_whitespace().map(str::to_owned).collect();
            let partial = PartialRun { chosen: chosen.map(names), rerun_from: names(rerun_from) };
            let mut pipeline = Pipeline { partial, ..pipeline.clone() };
            leave_out(&mut pipeline);
            let failures = samples::failures(&[("b", 0)]);
            let assumptions = Assumptions { failures, ..Assumptions::default() };
            let (plan, _) = crate::plan_and_schedule(pipeline, &assumptions);
            let stages = plan.rolls_back.unwrap_or_default().into_iter().map(|at| at.stage);
            assert_eq!(stages.collect::<Vec<_>>(), [1]);
        }
    }

    #[test]
    fn what_is_left_out_says_why() {
        let (plan, ran) = run(pipeline(LIST, Some("a b d"), "d"), &Assumptions::default());
        for (stage, expected) in [
            (0, "Not run again: it keeps its result of the run before."),
            (2, "Not run: this stage is not among the chosen ones."),
            (3, "Starts with the pipeline."),
        ] {
            assert_eq!(words::why(&plan, &ran, stage, 0), expected);
        }
    }
}

//! The planner against an oracle: the same rules, written a second time, as naively as possible.
//!
//! 1. [`generate`] makes up pipelines as plain data ([`model`]), which are written as YAML;
//! 2. [`expand`] lists their deployments by the tables of `docs/semantics.md`, [`looping`] the
//!    children of strategies, and [`asking`] says which conditions hold;
//! 3. [`outcome`] says what the failure strategies ([`failing`]) make of a failure;
//! 4. [`simulate`] runs all of it step by step, entry by entry, without the stages that a [`partial`] run leaves out, and [`rollback`] takes it back where the
//!    pipeline is rolled back;
//! 5. [`answers`] writes both answers down in one form, to be compared line by line;
//! 6. [`sound`] checks the planner's answer by itself;
//! 7. [`dag`] does the same for pipelines whose stages name what they wait for;
//! 8. [`waiting`] does it for steps that wait, at barriers and in queues too;
//! 9. [`flat`] writes the same in the newer schema: the plan has to be the same, and where that has rules of its own,
//!    the one of the oracle.

pub(crate) mod answers;
mod asking;
pub(crate) mod dag;
mod expand;
mod failing;
mod failures;
pub(crate) mod flat;
pub(crate) mod generate;
mod looping;
pub(crate) mod model;
mod outcome;
mod partial;
mod rollback;
mod simulate;
mod sound;
mod waiting;

use deployline_engine::{
    Assumptions, DurationKey, ErrorType, Failure, Ms, Plan, Schedule, plan_and_schedule, schedule,
};
use deployline_planner::{Inputs, resolve};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::diff;
use failing::{FailureCase, STEPS};
use model::{Case, infrastructure_name, service_name};

proptest! {
    #![proptest_config(crate::cases::cases(4_000))]

    #[test]
    fn the_planner_agrees_with_the_oracle(case in generate::case()) {
        let yaml = case.yaml();
        let assumptions = assumptions(&case);
        let (plan, run) = planned_with(&yaml, &case.partial.inputs(), &assumptions)?;

        let (expected, actual) = (answers::of_oracle(&case), answers::of_planner(&plan, &run));
        prop_assert!(
            expected == actual,
            "- oracle, + planner\n{}\n{assumptions:?}\n{yaml}",
            diff::lines(&expected, &actual)
        );
        if let Err(what) = sound::check(&plan, &run) {
            prop_assert!(false, "{what}\n{actual}\n{yaml}");
        }
        prop_assert_eq!(schedule(&plan, &assumptions), run, "the same input, another output");
    }
}

proptest! {
    #![proptest_config(crate::cases::cases(2_000))]

    #[test]
    fn the_planner_agrees_with_the_oracle_on_the_newer_schema(
        case in generate::case().prop_map(flat::newer)
    ) {
        let yaml = flat::yaml(&case);
        let assumptions = assumptions(&case);
        let (plan, run) = planned_with(&yaml, &case.partial.inputs(), &assumptions)?;

        let (expected, actual) = (answers::of_oracle(&case), answers::of_planner(&plan, &run));
        prop_assert!(
            expected == actual,
            "- oracle, + planner\n{}\n{assumptions:?}\n{yaml}",
            diff::lines(&expected, &actual)
        );
        if let Err(what) = sound::check(&plan, &run) {
            prop_assert!(false, "{what}\n{actual}\n{yaml}");
        }
    }
}

proptest! {
    #![proptest_config(crate::cases::cases(1_000))]

    #[test]
    fn the_planner_agrees_about_dags(case in dag::case()) {
        let yaml = case.yaml();
        let assumptions = assumptions(&case.case);
        let inputs = case.case.partial.inputs();
        let (plan, run) = planned_with(&yaml, &inputs, &assumptions)?;
        let (expected, actual) = (case.answer(), answers::of_planner(&plan, &run));
        prop_assert!(
            expected == actual,
            "- oracle, + planner\n{}\n{assumptions:?}\n{yaml}",
            diff::lines(&expected, &actual)
        );
    }
}

proptest! {
    #![proptest_config(crate::cases::cases(1_000))]

    #[test]
    fn both_schemas_give_the_same_plan(case in generate::case().prop_map(flat::agreeing)) {
        let (older, newer) = (case.yaml(), flat::yaml(&case));
        let assumptions = assumptions(&case);
        let answer = |yaml: &str| -> Result<String, TestCaseError> {
            let (plan, run) = planned_with(yaml, &case.partial.inputs(), &assumptions)?;
            Ok(answers::of_planner(&plan, &run))
        };
        let (expected, actual) = (answer(&older)?, answer(&newer)?);
        prop_assert!(
            expected == actual,
            "- older, + newer\n{}\n{older}\n{newer}",
            diff::lines(&expected, &actual)
        );
    }
}

proptest! {
    #![proptest_config(crate::cases::cases(2_000))]

    #[test]
    fn the_planner_agrees_about_steps_that_wait(case in waiting::case()) {
        let yaml = case.yaml();
        let assumptions = case.assumptions();
        let (plan, run) = planned(&yaml, &assumptions)?;
        let actual = waiting::of_planner(&plan, &run, &assumptions);
        let expected = case.answer();
        prop_assert!(
            expected == actual,
            "- oracle, + planner\n{}\n{}\n{yaml}",
            diff::lines(&expected, &actual),
            case.counts_slots
        );
        if let Err(what) = sound::check(&plan, &run) {
            prop_assert!(false, "{what}\n{actual}\n{yaml}");
        }
    }
}

pub(crate) fn planned(
    yaml: &str,
    assumptions: &Assumptions,
) -> Result<(Plan, Schedule), TestCaseError> {
    planned_with(yaml, &Inputs::default(), assumptions)
}

fn planned_with(
    yaml: &str,
    inputs: &Inputs,
    assumptions: &Assumptions,
) -> Result<(Plan, Schedule), TestCaseError> {
    let parsed = deployline_yaml::parse(yaml);
    prop_assert!(parsed.diagnostics.is_empty(), "no YAML: {:?}\n{yaml}", parsed.diagnostics);
    let (pipeline, _) = resolve(&parsed.documents, inputs);
    Ok(plan_and_schedule(pipeline, assumptions))
}

pub(crate) fn assumptions(case: &Case) -> Assumptions {
    let mut assumptions = Assumptions {
        duration: seconds(case.duration),
        account_limit: case.account_limit,
        rollback: case.rollback.map(seconds),
        ..Assumptions::default()
    };
    let mut failures = deployline_map::Map::new();
    let mut say = |key: String, duration: Option<u64>| {
        if let Some(duration) = duration {
            assumptions.durations.insert(DurationKey::from_text(&key), seconds(duration));
        }
    };
    for (i, duration) in case.by_service.iter().enumerate() {
        say(service_name(i), *duration);
    }
    for (i, duration) in case.by_infrastructure.iter().enumerate() {
        say(format!("S0@{}", infrastructure_name(i)), *duration);
    }
    for (position, stage) in case.stages().enumerate() {
        say(format!("stage:st{position}"), stage.duration);
        for (index, failure) in &stage.failing {
            failures.insert((format!("st{position}"), *index as u32), failure_of(failure));
        }
        if expand::has_own_durations(stage) {
            let targets = expand::targets(stage, position);
            for (i, duration) in stage.by_target.iter().enumerate() {
                let (service, (environment, infrastructure)) =
                    (i / targets.len(), &targets[i % targets.len()]);
                say(format!("S{service}@{environment}/{infrastructure}"), *duration);
            }
        }
    }
    Assumptions { failures, ..assumptions }
}

fn failure_of(failure: &FailureCase) -> Failure {
    Failure {
        error: failure.error.and_then(ErrorType::from_name).unwrap_or_default(),
        step: failure.step.map(|step| STEPS[step].to_owned()),
        succeeds_at: failure.succeeds_at.map(|attempt| attempt as u32),
    }
}

fn seconds(seconds: u64) -> Ms {
    Ms(seconds * 1000)
}

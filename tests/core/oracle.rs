//! The planner against an oracle: the same rules, written a second time, as naively as possible.
//!
//! 1. [`generate`] makes up pipelines as plain data ([`model`]), which are written as YAML;
//! 2. [`expand`] lists their deployments by the tables of `docs/semantics.md`;
//! 3. [`simulate`] runs them second by second;
//! 4. [`answers`] writes both answers down in one form, to be compared line by line;
//! 5. [`sound`] checks the planner's answer by itself.

mod answers;
mod expand;
pub(crate) mod generate;
pub(crate) mod model;
mod simulate;
mod sound;

use deployline_planner::{
    Assumptions, DurationKey, Inputs, Ms, expand as plan_of, resolve, schedule,
};
use proptest::prelude::*;

use crate::diff;
use model::{Case, infrastructure_name, service_name};

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_planner_agrees_with_the_oracle(case in generate::case()) {
        let yaml = case.yaml();
        let parsed = deployline_yaml::parse(&yaml);
        prop_assert!(parsed.diagnostics.is_empty(), "no YAML: {:?}\n{yaml}", parsed.diagnostics);
        let (pipeline, _) = resolve(&parsed.documents, &Inputs::default());
        let plan = plan_of(pipeline);
        let assumptions = assumptions(&case);
        let run = schedule(&plan, &assumptions);

        let (expected, actual) = (answers::of_oracle(&case), answers::of_planner(&plan, &run));
        prop_assert!(
            expected == actual,
            "- oracle, + planner\n{}\n{assumptions:?}\n{yaml}",
            diff::lines(&expected, &actual)
        );
        if let Err(what) = sound::check(&run) {
            prop_assert!(false, "{what}\n{actual}\n{yaml}");
        }
        prop_assert_eq!(schedule(&plan, &assumptions), run, "the same input, another output");
    }
}

fn assumptions(case: &Case) -> Assumptions {
    let mut assumptions = Assumptions {
        duration: seconds(case.duration),
        account_limit: case.account_limit,
        ..Assumptions::default()
    };
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
        if stage.is_deployment && !stage.gitops {
            let targets = expand::targets(stage, position);
            for (i, duration) in stage.by_target.iter().enumerate() {
                let (service, (environment, infrastructure)) =
                    (i / targets.len(), &targets[i % targets.len()]);
                say(format!("S{service}@{environment}/{infrastructure}"), *duration);
            }
        }
    }
    assumptions
}

fn seconds(seconds: u64) -> Ms {
    Ms(seconds * 1000)
}

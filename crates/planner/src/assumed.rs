//! Everything that is assumed about a run because its text can't say it: one list for the page, the command
//! line and the formats.
//!
//! Each has a key, which is the same everywhere: `deployline plan --assume account-plan=team`.

mod assumption;
mod keys;
mod list;
mod otherwise;
mod set;
mod waits;

pub use assumption::{AssumedValue, Assumption};
pub use keys::{
    ACCOUNT_LIMIT, ACCOUNT_PLAN, BARRIER_IN_LOOPS, DAG, NEEDS_AS_DAG, RERUN_FROM, ROLLBACK,
    RUN_STAGES, V1_DEFAULT, canonical, name_of, step_key, step_place, word_of,
};
pub(crate) use keys::{condition_key, flag_key, wait_key};
pub(crate) use list::dag_choice;
pub use list::list;
pub use otherwise::otherwise;
pub use set::{account_limit, account_plan, failure, pair, pairs, set, stages, take_back};

#[cfg(test)]
mod tests {
    use deployline_engine::{Assumptions, Schedule, schedule};

    use super::*;
    use crate::{Inputs, analyze};

    const TEXT: &str = "stage: {identifier: ship, type: Deployment, when: {pipelineStatus: All, \
        condition: <+trigger.type> == 'Webhook'}, spec: {services: {values: \
        [{serviceRef: a}], metadata: {parallel: <+input>}}, environment: {environmentRef: e, \
        infrastructureDefinitions: [{identifier: i}]}}}";

    fn listed(inputs: &Inputs, assumptions: &Assumptions) -> Vec<String> {
        let analysis = analyze(&[TEXT], inputs, assumptions);
        let all = list(&analysis.plan.pipeline, assumptions).into_iter();
        all.map(|it| format!("{}={}", it.key, it.value)).collect()
    }

    #[test]
    fn each_value_can_be_set_by_its_key_and_is_listed_then() {
        let (mut inputs, mut assumptions) = (Inputs::default(), Assumptions::default());
        let before = listed(&inputs, &assumptions);
        let expected = ["account-plan=enterprise", "parallel:ship/services=true", "when:ship=true"];
        assert_eq!(before, expected);
        let given = [
            "account-plan=free",
            "account-limit=3",
            "parallel:ship/services=false",
            "when:ship=false",
        ];
        for pair in given {
            let (key, value) = pair.split_once('=').expect("a pair");
            set(key, value, &mut inputs, &mut assumptions).expect("it can be set");
        }
        assert_eq!(listed(&inputs, &assumptions), given);
        let others = ["parallel:ship/services=false", "when:ship=false"];
        assert_eq!(pairs(&inputs, &assumptions), others);
        for pair in given {
            let (key, _) = pair.split_once('=').expect("a pair");
            take_back(key, &mut inputs, &mut assumptions);
        }
        assert_eq!((&inputs, &assumptions), (&Inputs::default(), &Assumptions::default()));
        for it in list(&analyze(&[TEXT], &inputs, &assumptions).plan.pipeline, &assumptions) {
            for choice in it.choices {
                set(&it.key, &choice.to_string(), &mut inputs, &mut assumptions)
                    .expect("each choice can be set");
            }
        }
    }

    #[test]
    fn a_dag_has_the_key_of_its_schema() {
        const OLDER: &str = "stages: [{stage: {identifier: a, type: Custom, dependsOn: []}}]";
        const NEWER: &str = "version: 1\nstages: [{id: a, needs: [], steps: []}]";
        for (text, key) in [(OLDER, DAG), (NEWER, NEEDS_AS_DAG)] {
            let (mut inputs, mut assumptions) = (Inputs::default(), Assumptions::default());
            for value in [true, false] {
                set(key, &value.to_string(), &mut inputs, &mut assumptions).expect("it is a flag");
                let pipeline = analyze(&[text], &inputs, &assumptions).plan.pipeline;
                let all = list(&pipeline, &assumptions);
                let of_key: Vec<_> = all.iter().filter(|it| it.key == key).collect();
                assert_eq!(of_key.len(), 1, "{text}");
                assert_eq!(of_key[0].value, AssumedValue::Flag(value), "{text}");
                assert_eq!(pipeline.is_dag(), value, "{text}");
            }
            take_back(key, &mut inputs, &mut assumptions);
            assert_eq!(inputs, Inputs::default());
        }
    }

    #[test]
    fn the_stages_of_a_run_are_listed_in_the_order_of_the_text() {
        const STAGES: &str = "stages: [{stage: {identifier: b, type: Custom}}, {stage: {identifier: a, type: Custom}}]";
        let (mut inputs, mut assumptions) = (Inputs::default(), Assumptions::default());
        let given = [("run-stages", "gone, a,b", "b,a,gone"), ("rerun-from", "a", "a")];
        for (key, value, _) in given {
            set(key, value, &mut inputs, &mut assumptions).expect("they are identifiers");
        }
        assert_eq!(pairs(&inputs, &assumptions), ["run-stages=a,b,gone", "rerun-from=a"]);
        let analysis = analyze(&[STAGES], &inputs, &assumptions);
        let all = list(&analysis.plan.pipeline, &assumptions);
        for (key, _, expected) in given {
            let found = all.iter().find(|it| it.key == key).map(|it| it.value.to_string());
            assert_eq!(found.as_deref(), Some(expected));
        }
        assert_eq!(analysis.schedule.end.to_string(), "1m");
        let (plan, other) =
            otherwise(RERUN_FROM, &analysis.plan, &assumptions).expect("it may be otherwise");
        assert_eq!(schedule(&plan, &other).end.to_string(), "2m");
        for (key, ..) in given {
            take_back(key, &mut inputs, &mut assumptions);
        }
        assert_eq!(inputs, Inputs::default());
    }

    #[test]
    fn a_condition_otherwise_moves_what_stands_behind_it() {
        const ALL: &str = "<+trigger.type> == 'Webhook'";
        // The first child is skipped in any case, the third runs in any.
        const EACH: &str =
            "<+strategy.iteration> != 0 && (<+strategy.iteration> == 2 || <+trigger.type> == 'a')";
        for (condition, chosen, expected) in [
            (ALL, true, "0s-1m 1m-2m 2m-3m, b 3m-4m; otherwise 0s-0s 0s-0s 0s-0s, b 0s-1m"),
            (ALL, false, "0s-0s 0s-0s 0s-0s, b 0s-1m; otherwise 0s-1m 1m-2m 2m-3m, b 3m-4m"),
            (EACH, true, "0s-0s 0s-1m 1m-2m, b 2m-3m; otherwise 0s-0s 0s-0s 0s-1m, b 1m-2m"),
            (EACH, false, "0s-0s 0s-0s 0s-1m, b 1m-2m; otherwise 0s-0s 0s-1m 1m-2m, b 2m-3m"),
        ] {
            let text = format!(
                "stages:\n  - stage: {{identifier: a, type: Custom, strategy: {{repeat: {{times: 3, \
                 maxConcurrency: 1}}}}, when: {{pipelineStatus: All, condition: \"{condition}\"}}}}\n  - \
                 stage: {{identifier: b, type: Custom}}\n"
            );
            let mut inputs = Inputs::default();
            inputs.conditions.insert("a".to_owned(), chosen);
            let assumptions = Assumptions::default();
            let analysis = analyze(&[&text], &inputs, &assumptions);
            let shown = |run: &Schedule| {
                let all = run.stages.iter().map(|stage| {
                    let runs = stage.runs.iter().map(|run| format!("{}-{}", run.start, run.end));
                    runs.collect::<Vec<_>>().join(" ")
                });
                all.collect::<Vec<_>>().join(", b ")
            };
            let (plan, other) =
                otherwise("when:a", &analysis.plan, &assumptions).expect("it may be otherwise");
            let there = schedule(&plan, &other);
            let found = format!("{}; otherwise {}", shown(&analysis.schedule), shown(&there));
            assert_eq!(found, expected, "{condition} {chosen}");
        }
    }

    #[test]
    fn what_can_not_be_set_says_what_can() {
        for (key, value, expected) in [
            ("plan", "free", "unknown key `plan`, expected one of account-plan, account-limit,"),
            ("account-plan", "gold", "`gold` is no account plan, expected one of free, team,"),
            ("account-limit", "0", "`0` is no limit, expected a whole number from 1, or none"),
            ("parallel:ship", "true", "`parallel:ship` names no list, expected parallel:STAGE/"),
            ("parallel:ship/targets", "yes", "`yes` is no flag, expected true or false"),
            ("run-stages", " ,", "` ,` names no stage, expected identifiers with commas between"),
            ("when:ship", "maybe", "`maybe` is no flag, expected true or false"),
        ] {
            let error = set(key, value, &mut Inputs::default(), &mut Assumptions::default());
            let error = error.expect_err("it can't be set");
            assert!(error.starts_with(expected), "{error}");
        }
    }
}

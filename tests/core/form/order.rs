//! The order of random pipelines written as a DAG, and back as a list.

use deployline_engine::{Plan, Run, Schedule};
use deployline_form::operation::{Dependencies, Operation, edit};
use deployline_planner::{Inputs, resolve};
use deployline_yaml::{TextEdit, parse};
use proptest::prelude::*;

use crate::oracle::{answers, assumptions, dag, generate, planned};

proptest! {
    #![proptest_config(crate::cases::cases(300))]

    #[test]
    fn all_starts_when_it_did(case in generate::case()) {
        // What a stop does differs: a DAG has no groups that end before it.
        let entries = case.entries.iter().map(|entry| entry.iter().cloned());
        let entries = entries.map(|entry| entry.map(dag::without_halt).collect()).collect();
        // Nor has it groups that wait for each other.
        let case = crate::oracle::model::Case { entries, account_limit: None, ..case };
        let (yaml, assumptions) = (case.yaml(), assumptions(&case));
        let dag = edited(&yaml, &Operation::WriteAsDag { dependencies: Dependencies::Order });
        let list = edited(&dag, &Operation::WriteAsList { adds_waits: false });
        let before = planned(&yaml, &assumptions)?;
        let as_dag = planned(&dag, &assumptions)?;
        prop_assert!(as_dag.0.pipeline.is_dag());
        prop_assert!(runs(&before) == runs(&as_dag), "{yaml}\n{dag}");
        let (again, answer) = (planned(&list, &assumptions)?, answers::of_planner);
        prop_assert!(answer(&before.0, &before.1) == answer(&again.0, &again.1), "{yaml}\n{list}");
    }

    /// What a stage refers to has ended when it starts.
    #[test]
    fn what_is_referred_to_is_waited_for(case in generate::case()) {
        let yaml = case.yaml();
        let dependencies = Dependencies::References;
        let dag = edited(&yaml, &Operation::WriteAsDag { dependencies });
        let codes = |text: &str| {
            let (_, found) = resolve(&parse(text).documents, &Inputs::default());
            let codes = found.into_iter().map(|it| it.code).filter(|code| *code != "dag-assumed");
            codes.collect::<Vec<_>>()
        };
        // Nothing new is found, as a value that is not there yet would be.
        let mut found = codes(&yaml);
        for code in codes(&dag) {
            let place = found.iter().position(|it| *it == code);
            prop_assert!(place.is_some(), "{code}\n{yaml}\n{dag}");
            found.swap_remove(place.unwrap_or_default());
        }
    }
}

fn edited(text: &str, operation: &Operation) -> String {
    match edit(text, operation) {
        Ok(edits) => TextEdit::apply_all(&edits, text),
        Err(refusal) => panic!("{operation:?} {}\n{text}", refusal.reason),
    }
}

/// Runs of all stages, whatever each one waited for.
fn runs((_, schedule): &(Plan, Schedule)) -> Vec<Run> {
    let runs = schedule.stages.iter().flat_map(|stage| &stage.runs);
    runs.map(|run| Run { waits_for: None, ..*run }).collect()
}

//! Pipelines that run as a DAG: each stage waits for those that it names.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;

use super::answers::{self, Gate};
use super::expand::{self, Expected};
use super::generate;
use super::model::{Case, StageCase};
use super::outcome::Ends;
use super::simulate::{self, Graph};

/// A pipeline, and by stage those that it waits for.
#[derive(Clone, Debug)]
pub(crate) struct DagCase {
    pub(crate) case: Case,
    pub(crate) depends_on: Vec<BTreeSet<usize>>,
}

/// The most stages: a bit for each pair says whether one waits for the other.
const MAX_STAGES: usize = 8;

pub(crate) fn case() -> impl Strategy<Value = DagCase> {
    let ranks = vec(any::<u8>(), MAX_STAGES);
    let edges = vec(prop::bool::weighted(0.35), MAX_STAGES * MAX_STAGES);
    // Now and then one that may close a cycle.
    let extra = prop::option::weighted(0.1, (0..MAX_STAGES, 0..MAX_STAGES));
    (generate::case(), ranks, edges, extra).prop_map(|(case, ranks, edges, extra)| {
        let stages = case.entries.concat().into_iter().take(MAX_STAGES).map(without_halt);
        let entries: Vec<Vec<StageCase>> = stages.map(|stage| vec![stage]).collect();
        let count = entries.len();
        let is_before = |a: usize, b: usize| (ranks[a], a) < (ranks[b], b);
        let waits_for = |stage: usize| {
            let others = 0..count;
            let named = |other: &usize| {
                extra == Some((stage, *other))
                    || (is_before(*other, stage) && edges[stage * MAX_STAGES + *other])
            };
            others.filter(named).collect()
        };
        let depends_on = (0..count).map(waits_for).collect();
        DagCase { case: Case { entries, ..case }, depends_on }
    })
}

/// A stage of which no failure stops the others: what a stop does is told by `tests/spec/dag.md`.
pub(crate) fn without_halt(mut stage: StageCase) -> StageCase {
    let strategies = stage.strategies.clone();
    stage.failing.retain(|_, failure| {
        let outcome = super::outcome::Outcome::failure(&strategies, failure, 1, None);
        outcome.ends <= Ends::Failed
    });
    stage.ask = None;
    stage
}

impl DagCase {
    pub(crate) fn yaml(&self) -> String {
        let mut out = "pipeline:\n  identifier: shop\n  stages:\n".to_owned();
        for (position, stage) in self.case.stages().enumerate() {
            out.push_str("    - stage:\n");
            let names: Vec<String> =
                self.depends_on[position].iter().map(|it| format!("st{it}")).collect();
            out.push_str(&format!("        dependsOn: [{}]\n", names.join(", ")));
            for line in stage.lines(position, position) {
                out.push_str(&format!("        {line}\n"));
            }
        }
        out + &self.case.documents()
    }

    /// What the oracle says.
    pub(crate) fn answer(&self) -> String {
        let stages = self.case.stages().enumerate();
        let expected = stages.map(|(position, stage)| {
            let expected = expand::stage(&self.case, stage, position);
            let count = expected.deployments.len();
            let skipped = expand::skipped(stage, count, &[], Ends::Succeeded);
            Expected { skipped, ..expected }
        });
        let expected: Vec<Expected> = expected.collect();
        let whens: Vec<_> = self.case.stages().map(|stage| stage.when).collect();
        let graph = Graph { depends_on: &self.depends_on, whens: &whens };
        let mut end = 0;
        let mut out = String::new();
        for (position, (fate, opener)) in simulate::dag(&expected, &graph).into_iter().enumerate() {
            let head = format!("stage {position} of {position}");
            let gate = Gate::of(opener);
            out.push_str(&answers::stage_text(&head, &expected[position], &fate, 0, gate));
            end = end.max(fate.end());
        }
        out + &format!("end {}\n", answers::in_units(end))
    }
}

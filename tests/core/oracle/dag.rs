//! Pipelines that run as a DAG: each stage waits for those that it names.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;

use super::answers::{self, Gate};
use super::asking::Went;
use super::expand::{self, Expected};
use super::generate;
use super::model::{Case, StageCase};
use super::outcome::Ends;
use super::rollback;
use super::simulate::{self, Fate, Graph, StageFate};

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
        let stages = case.entries.concat().into_iter().take(MAX_STAGES);
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
        let mut case = DagCase { case: Case { entries, ..case }, depends_on };
        for stage in 0..count {
            let before = case.all_before(stage);
            let names = case.case.child_names();
            let asks_from = case.asks_from(stage);
            if let Some((ask, _)) = &mut case.case.entries[stage][0].ask {
                ask.ask_for(&before, count);
                ask.name_children(asks_from, &names);
            }
        }
        case
    })
}

/// A stage of which no failure stops the others.
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
    /// The stages that one waits for, directly or through others.
    fn all_before(&self, stage: usize) -> Vec<usize> {
        let mut found = self.depends_on[stage].clone();
        for _ in 0..self.depends_on.len() {
            let more = found.iter().flat_map(|other| self.depends_on[*other].clone());
            found = more.chain(found.clone()).collect();
        }
        found.into_iter().collect()
    }

    /// The number of stages that a condition counts backwards from: of all, or of none where it can ask for none.
    fn asks_from(&self, stage: usize) -> usize {
        if self.depends_on[stage].is_empty() { 0 } else { self.depends_on.len() }
    }

    pub(crate) fn yaml(&self) -> String {
        let mut out = "pipeline:\n  identifier: shop\n  stages:\n".to_owned();
        for (position, stage) in self.case.stages().enumerate() {
            out.push_str("    - stage:\n");
            let names: Vec<String> =
                self.depends_on[position].iter().map(|it| format!("st{it}")).collect();
            out.push_str(&format!("        dependsOn: [{}]\n", names.join(", ")));
            for line in stage.lines(position, self.asks_from(position)) {
                out.push_str(&format!("        {line}\n"));
            }
        }
        out + &self.case.documents()
    }

    /// What the oracle says.
    pub(crate) fn answer(&self) -> String {
        let stages: Vec<&StageCase> = self.case.stages().collect();
        let expected = stages.iter().enumerate();
        let expected = expected.map(|(position, stage)| expand::stage(&self.case, stage, position));
        let expected: Vec<Expected> = expected.collect();
        let whens: Vec<_> = stages.iter().map(|stage| stage.when).collect();
        let left = self.case.partial.of_dag(&self.depends_on);
        let skipped = |stage: usize, before: &[Went], so_far: Ends| {
            let before = answers::asked(&before[..self.asks_from(stage)], &left, stage);
            let count = expected[stage].deployments.len();
            expand::skipped(stages[stage], count, &before, so_far)
        };
        let graph =
            Graph { depends_on: &self.depends_on, whens: &whens, skipped: &skipped, left: &left };
        let fates = simulate::dag(&expected, &graph);
        let mut out = String::new();
        for (position, (fate, opener)) in fates.iter().enumerate() {
            let head = format!("stage {position} of {position}");
            let gate = Gate::of(*opener);
            out.push_str(&answers::stage_text(&head, &expected[position], fate, 0, gate));
        }
        let end = fates.iter().map(|(fate, _)| fate.end()).max().unwrap_or(0);
        let worst = expected.iter().zip(&fates);
        let worst = worst.filter_map(|(expected, (fate, _))| fate.went(expected).worst).max();
        if !matches!(worst, Some(Ends::RollsBack | Ends::FailsAll)) {
            return out + &format!("end {}\n", answers::in_units(end));
        }
        let (text, end) = self.rollback(&expected, &fates);
        out + &text + &format!("end {}\n", answers::in_units(end))
    }

    /// The stage that takes all back, in the reverse order of the starts.
    fn rollback(
        &self,
        expected: &[Expected],
        fates: &[(StageFate, Option<(usize, usize)>)],
    ) -> (String, u64) {
        let mut order: Vec<usize> = (0..fates.len()).collect();
        order.sort_by_key(|stage| (fates[*stage].0.begin, *stage));
        let of_stage = |stage: usize| {
            let (expected, fate) = (&expected[stage..=stage], &[fates[stage].0.clone()]);
            rollback::of_entry(expected, fate, self.case.rollback)
        };
        let entries: Vec<Vec<Expected>> = order.into_iter().map(of_stage).collect();
        let ran = fates.iter().enumerate().flat_map(|(stage, (fate, _))| {
            let fates = fate.fates.iter().enumerate();
            fates.filter_map(move |(i, fate)| match fate {
                Fate::Ran(ran) | Fate::Cancelled(ran) => Some((ran.end, (stage, i))),
                _ => None,
            })
        });
        let (begin, opener) = ran.max().expect("what failed ran");
        rollback::text((fates.len(), fates.len()), &entries, begin, Some(opener))
    }
}

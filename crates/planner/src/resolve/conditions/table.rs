//! Rows of a condition, one for each combination of the outcomes that it asks for.

use deployline_engine::{Ask, PipelineStatus, Skips, Stage, Status, outcome_combinations};

use crate::expression::Missing;
use crate::resolve::context::Reader;

/// Value of a condition for a run.
pub(super) type Verdict = Result<bool, Missing>;

/// Outcomes that are asked for, each with one that it may have.
type Row = Vec<(Ask, Status)>;

/// Rows of a condition: the runs that it skips, with the viewer's choice for what is missing and with the other.
pub(super) struct Table {
    pub(super) asks: Vec<Ask>,
    pub(super) skips: Vec<Skips>,
    pub(super) otherwise: Vec<Skips>,
    /// Number of runs that have an answer of their own.
    pub(super) runs: usize,
    /// The first part that is missing.
    pub(super) missing: Option<Missing>,
    /// The viewer's choice; without one, what is missing counts as true.
    pub(super) chosen: Option<bool>,
    pub(super) assumed: bool,
    /// `true` where some run of some row is not skipped.
    pub(super) holds: bool,
    pub(super) pipeline_status: PipelineStatus,
    is_dag: bool,
}

impl Table {
    pub(super) fn new(stage: &Stage, asks: Vec<Ask>, reader: &Reader<'_, '_>) -> Self {
        let chosen = reader.cx.inputs.conditions.get(&stage.identifier).copied();
        Self {
            asks,
            skips: Vec::new(),
            otherwise: Vec::new(),
            runs: 1,
            missing: None,
            chosen,
            assumed: chosen.unwrap_or(true),
            holds: false,
            pipeline_status: stage.pipeline_status,
            is_dag: reader.cx.graph.is_some(),
        }
    }

    /// Outcomes that are asked for, and one that each of them may have, for each row; `Err` for one that no run
    /// comes to.
    pub(super) fn rows(&self) -> impl Iterator<Item = Result<Row, Row>> + use<> {
        let (asks, pipeline_status, is_dag) =
            (self.asks.clone(), self.pipeline_status, self.is_dag);
        outcome_combinations(asks.len()).map(move |outcomes| {
            let supposed: Row = asks.iter().copied().zip(outcomes).collect();
            if can_be(&supposed, pipeline_status, is_dag) { Ok(supposed) } else { Err(supposed) }
        })
    }

    /// Adds a row; `None` for one that no run comes to.
    pub(super) fn add(&mut self, verdicts: Option<Vec<Verdict>>) {
        let Some(verdicts) = verdicts else {
            self.skips.push(Skips::None);
            self.otherwise.push(Skips::None);
            return;
        };
        self.runs = self.runs.max(verdicts.len());
        let mut skipped = Vec::with_capacity(verdicts.len());
        let mut otherwise = Vec::with_capacity(verdicts.len());
        for verdict in verdicts {
            let is_decided = verdict.is_ok();
            let runs = verdict.unwrap_or_else(|missing| {
                self.missing.get_or_insert(missing);
                self.assumed
            });
            self.holds |= runs;
            skipped.push(!runs);
            otherwise.push(runs != is_decided);
        }
        self.skips.push(skips_of(skipped));
        self.otherwise.push(skips_of(otherwise));
    }
}

fn skips_of(skipped: Vec<bool>) -> Skips {
    match (skipped.contains(&true), skipped.contains(&false)) {
        (false, _) => Skips::None,
        (true, false) => Skips::All,
        (true, true) => Skips::Some(skipped),
    }
}

/// Returns `true` where a stage with this status may be asked after these outcomes. In a DAG the failure of a stage
/// may be followed by a success, which is then all that counts.
fn can_be(outcomes: &[(Ask, Status)], pipeline_status: PipelineStatus, is_dag: bool) -> bool {
    let so_far = outcomes.iter().find(|(ask, _)| *ask == Ask::SoFar).map(|(_, status)| *status);
    let of_stages =
        outcomes.iter().filter(|(ask, _)| *ask != Ask::SoFar).map(|(_, status)| *status);
    let worst = |status| match status {
        Status::Failed | Status::Aborted | Status::Cancelled => 2,
        Status::Ignored => 1,
        Status::Succeeded | Status::Skipped => 0,
    };
    let worst_stage = of_stages.map(worst).max().filter(|_| !is_dag).unwrap_or(0);
    let is_so_far = match so_far {
        Some(Status::Skipped) => false,
        Some(status) => worst(status) >= worst_stage,
        None => true,
    };
    let has_failed = so_far.map_or(worst_stage, worst) == 2;
    is_so_far
        && match pipeline_status {
            PipelineStatus::Success => !has_failed,
            PipelineStatus::Failure => has_failed || so_far.is_none(),
            PipelineStatus::All => true,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_no_run_comes_to_is_left_out() {
        use PipelineStatus::{All, Failure, Success};
        use Status::{Failed, Ignored, Skipped, Succeeded};
        for (so_far, stage, possible) in [
            (Some(Succeeded), Succeeded, &[Success, All][..]),
            (Some(Succeeded), Skipped, &[Success, All]),
            (Some(Succeeded), Ignored, &[]),
            (Some(Succeeded), Failed, &[]),
            (Some(Ignored), Succeeded, &[Success, All]),
            (Some(Ignored), Ignored, &[Success, All]),
            (Some(Ignored), Failed, &[]),
            (Some(Failed), Skipped, &[Failure, All]),
            (Some(Failed), Failed, &[Failure, All]),
            (Some(Skipped), Skipped, &[]),
            (None, Succeeded, &[Success, Failure, All]),
            (None, Ignored, &[Success, Failure, All]),
            (None, Failed, &[Failure, All]),
        ] {
            let so_far_asked = so_far.map(|status| (Ask::SoFar, status));
            let outcomes: Vec<_> =
                so_far_asked.into_iter().chain([(Ask::Stage(0), stage)]).collect();
            for status in [Success, Failure, All] {
                let found = can_be(&outcomes, status, false);
                assert_eq!(found, possible.contains(&status), "{outcomes:?} {status:?}");
            }
        }
    }
}

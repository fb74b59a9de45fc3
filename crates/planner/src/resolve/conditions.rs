//! `when`: the condition of a stage, asked for each of its runs, and that of its loop, asked once before.
//!
//! Follows `docs/semantics.md`, "Conditions".

mod evaluation;
mod report;

use deployline_engine::{
    Ask, Condition, Deploy, PipelineStatus, Schema, Skips, Stage, Status, Work,
    outcome_combinations,
};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::context::Reader;
use super::runtime_input;
use super::values::Asked;
use super::view::View;
use crate::expression::{Missing, Why, is_expression};
use crate::rules;
use evaluation::{Evaluation, Verdict, verdicts};

/// The most answers that are kept of a condition: one for each of its runs, in each combination of outcomes.
const MAX_ANSWERS: usize = 1 << 20;

/// The longest condition that is kept with a stage, in characters.
const MAX_KEPT: usize = 200;

/// The places where a stage may have conditions.
pub(super) struct ConditionPlaces<'a> {
    /// `when` of the stage.
    pub(super) when: Option<View<'a>>,
    /// `strategy`, which may have a condition of its own.
    pub(super) strategy: Option<View<'a>>,
    /// `multiDeploymentConfig`, which may have one too.
    pub(super) multi_deployment: Option<View<'a>>,
}

/// Reads the conditions of a stage whose work has been read.
pub(super) fn read<'a>(
    stage: &mut Stage,
    places: &ConditionPlaces<'a>,
    schema: Schema,
    reader: &mut Reader<'_, 'a>,
) {
    if let Some(span) = reader.cx.no_items.take() {
        let text = "there are items to repeat for".to_owned();
        let (is_of_loop, skips) = (true, Skips::All);
        stage.conditions.push(Condition {
            text,
            span,
            is_of_loop,
            asks: Vec::new(),
            skips: vec![skips],
            missing: None,
            assumed: true,
            otherwise: Vec::new(),
        });
    }
    let holder = match (&stage.looping, &stage.work) {
        (Some(_), _) => places.strategy.as_ref(),
        (None, Work::Deploy(deploy)) if is_multi_deployment(deploy) => {
            places.multi_deployment.as_ref()
        }
        (None, _) => None,
    };
    let of_loop = holder.and_then(|holder| holder.value("when"));
    if let Some(text) = of_loop.as_ref().and_then(Written::of) {
        let condition = evaluate(stage, text, (true, schema), reader);
        stage.conditions.push(condition);
    }
    let own = places.when.as_ref().and_then(|when| when.value("condition"));
    if let Some(text) = own.as_ref().and_then(Written::of) {
        report::report_execution_input(text, reader);
        let condition = evaluate(stage, text, (false, schema), reader);
        stage.conditions.push(condition);
    }
}

/// Reports a `when` of a stage without a status, which the product refuses.
pub(super) fn check_status(stage: &View<'_>, body: &View<'_>, reader: &mut Reader<'_, '_>) {
    let holder = if stage.value("when").is_some() { stage } else { body };
    let Some(when) = holder.value("when") else { return };
    let is_open = when.as_str().is_some_and(is_expression);
    if when.kind() != NodeKind::Mapping && !is_open {
        let message = "Expected `pipelineStatus:` and maybe `condition:` below `when`. The stage is drawn as \
                       without it.";
        reader.report(&rules::PIPELINE_STATUS_MISSING, when.span(), message);
    }
    if when.kind() == NodeKind::Mapping && when.value("pipelineStatus").is_none() {
        reader.report(
            &rules::PIPELINE_STATUS_MISSING,
            holder.key_span("when"),
            "The product refuses `when` without `pipelineStatus`. Add `pipelineStatus: Success` (or \
             `Failure`, `All`). It is drawn as `Success`.",
        );
    }
}

/// A condition as it is written.
#[derive(Clone, Copy)]
struct Written<'t> {
    text: &'t str,
    span: Span,
}

impl<'t> Written<'t> {
    /// `None` where nothing is written.
    fn of(view: &'t View<'_>) -> Option<Self> {
        let text = view.as_str().filter(|text| !text.trim().is_empty())?;
        Some(Self { text, span: view.span() })
    }

    /// The condition; of a runtime input, its default.
    fn settled(self) -> Result<&'t str, Missing> {
        match runtime_input::parse(self.text) {
            None => Ok(self.text),
            Some(input) => input.default.ok_or_else(|| Missing::of_text(self.text, Why::Input)),
        }
    }
}

/// Evaluates a condition for all runs of a stage, and for each combination of the outcomes that it asks for. Which
/// these are is found on the way: where one is missing, what stands behind it may not be read.
fn evaluate(
    stage: &Stage,
    written: Written<'_>,
    (is_of_loop, schema): (bool, Schema),
    reader: &mut Reader<'_, '_>,
) -> Condition {
    let mut evaluation = Evaluation::new(stage, written, (is_of_loop, schema));
    let mut table = Table::new(stage, Vec::new(), reader);
    loop {
        table.fill(&mut evaluation, reader);
        let asks = evaluation.asked.outcomes();
        if table.missing.is_none() || asks.len() == table.asks.len() {
            break;
        }
        let runs = table.runs;
        if let Some(missing) = what_is_too_much(&evaluation.asked, runs, written) {
            table = Table::new(stage, Vec::new(), reader);
            table.fill(&mut evaluation, reader);
            table.missing = Some(missing);
            break;
        }
        table = Table::new(stage, asks, reader);
    }
    report::report_notes(written, &evaluation.notes, reader);
    report::report_missing(written, &table, reader);
    let text = match written.text.char_indices().nth(MAX_KEPT) {
        Some((end, _)) => format!("{}…", &written.text[..end]),
        None => written.text.to_owned(),
    };
    let otherwise = if table.missing.is_some() { table.otherwise } else { Vec::new() };
    Condition {
        text,
        span: written.span,
        is_of_loop,
        asks: table.asks,
        skips: table.skips,
        assumed: table.assumed || table.missing.is_none(),
        missing: table.missing.map(|missing| missing.part),
        otherwise,
    }
}

/// The part that makes a condition with so many runs too much to combine.
fn what_is_too_much(asked: &Asked, runs: usize, written: Written<'_>) -> Option<Missing> {
    if let Some(path) = &asked.one_too_many {
        return Some(Missing::of_path(path, Why::TooManyOutcomes));
    }
    let rows = outcome_combinations(asked.outcomes().len()).count();
    (runs.saturating_mul(rows) > MAX_ANSWERS).then(|| Missing::of_text(written.text, Why::TooLong))
}

/// Returns `true` where a stage with this status may be asked after these outcomes. In a DAG the failure of a stage
/// may be followed by a success, which is then all that counts.
fn can_be(outcomes: &[(Ask, Status)], pipeline_status: PipelineStatus, is_dag: bool) -> bool {
    let so_far = outcomes.iter().find(|(ask, _)| *ask == Ask::SoFar).map(|(_, status)| *status);
    let of_stages =
        outcomes.iter().filter(|(ask, _)| *ask != Ask::SoFar).map(|(_, status)| *status);
    let worst = |status| match status {
        Status::Failed | Status::Aborted => 2,
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

/// Rows of a condition: the runs that it skips, with the viewer's choice for what is missing and with the other.
struct Table {
    asks: Vec<Ask>,
    skips: Vec<Skips>,
    otherwise: Vec<Skips>,
    /// Number of runs that have an answer of their own.
    runs: usize,
    /// The first part that is missing.
    missing: Option<Missing>,
    /// The viewer's choice; without one, what is missing counts as true.
    chosen: Option<bool>,
    assumed: bool,
    pipeline_status: PipelineStatus,
    is_dag: bool,
}

impl Table {
    fn new(stage: &Stage, asks: Vec<Ask>, reader: &Reader<'_, '_>) -> Self {
        let chosen = reader.cx.inputs.conditions.get(&stage.identifier).copied();
        Self {
            asks,
            skips: Vec::new(),
            otherwise: Vec::new(),
            runs: 1,
            missing: None,
            chosen,
            assumed: chosen.unwrap_or(true),
            pipeline_status: stage.pipeline_status,
            is_dag: reader.cx.graph.is_some(),
        }
    }

    fn fill(&mut self, evaluation: &mut Evaluation<'_>, reader: &mut Reader<'_, '_>) {
        for outcomes in outcome_combinations(self.asks.len()) {
            let supposed: Vec<(Ask, Status)> = self.asks.iter().copied().zip(outcomes).collect();
            match can_be(&supposed, self.pipeline_status, self.is_dag) {
                true => self.add(verdicts(evaluation, &supposed, reader)),
                false => {
                    self.skips.push(Skips::None);
                    self.otherwise.push(Skips::None);
                }
            }
        }
    }

    fn add(&mut self, verdicts: Vec<Verdict>) {
        self.runs = self.runs.max(verdicts.len());
        let mut skipped = Vec::with_capacity(verdicts.len());
        let mut otherwise = Vec::with_capacity(verdicts.len());
        for verdict in verdicts {
            let is_decided = verdict.is_ok();
            let runs = verdict.unwrap_or_else(|missing| {
                self.missing.get_or_insert(missing);
                self.assumed
            });
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

fn is_multi_deployment(deploy: &Deploy) -> bool {
    deploy.services.parallel.is_some() || deploy.targets.parallel.is_some()
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

//! Diagnostics of a condition.

use deployline_engine::{PipelineStatus, Schema};

use super::table::Table;
use super::written::Written;
use crate::expression::Why;
use crate::resolve::context::Reader;
use crate::resolve::values::Notes;
use crate::rules;

/// Reports a condition that is to be given while the pipeline runs, which the product refuses.
pub(super) fn report_execution_input(written: Written<'_>, reader: &mut Reader<'_, '_>) {
    if written.text.trim_end().ends_with(".executionInput()") {
        let message = "A condition may not be given while the pipeline runs: the product refuses \
                       `.executionInput()` at its end. Remove it: `<+input>` asks before the run.";
        reader.report(&rules::CONDITION_EXECUTION_INPUT, written.span, message);
    }
}

/// Reports the first part that is missing.
pub(super) fn report_missing(written: Written<'_>, table: &Table, reader: &mut Reader<'_, '_>) {
    let Some(missing) = &table.missing else { return };
    let by = if table.chosen.is_some() { ", as chosen" } else { "" };
    let value = table.assumed;
    let part = missing.part_in(written.text);
    let advice = missing.advice(reader.cx.chained.is_child);
    let message = if part == written.text.trim() && missing.why == Why::Input {
        format!(
            "Whether this stage runs is {}. The product takes it for false where nobody gives one; it is drawn as \
             {value}{by}.{advice}",
            missing.reason()
        )
    } else {
        let drawn = match table.asks.is_empty() {
            true => "The condition is drawn as",
            false => "Where that decides, the condition is drawn as",
        };
        format!(
            "Whether this stage runs depends on `{part}`, {}. {drawn} {value}{by}.{advice}",
            missing.reason()
        )
    };
    reader.report(&rules::WHEN_CONDITION, written.span, message);
}

/// Reports names that nothing has, and texts that are compared with flags.
pub(super) fn report_notes(written: Written<'_>, notes: &Notes, reader: &mut Reader<'_, '_>) {
    if let Some(missing) = &notes.no_such_name {
        let message = format!(
            "The condition names `{}`, {}. In the product it is `null`, and a comparison with it is \
             false.",
            missing.part_in(written.text),
            missing.reason()
        );
        reader.report(&rules::UNKNOWN_VARIABLE, written.span, message);
    }
    if let Some(text) = &notes.compared_with_flag {
        let message = format!(
            "The text `{text}` is compared with `true` or `false`: the product takes any text but \
             `false` for true there. Compare it with a text in quotes, such as `\"true\"`."
        );
        reader.report(&rules::TEXT_COMPARED_WITH_FLAG, written.span, message);
    }
}

/// Reports a condition that no run makes true.
pub(super) fn report_ruled_out(
    written: Written<'_>,
    status: PipelineStatus,
    schema: Schema,
    reader: &mut Reader<'_, '_>,
) {
    let (why, advice) = match (status, schema) {
        (PipelineStatus::All, _) => ("no run has them", "Change the condition."),
        (PipelineStatus::Failure, _) => (
            "`pipelineStatus: Failure` rules them out",
            "Write `pipelineStatus: All`, or change the condition.",
        ),
        (PipelineStatus::Success, Schema::V0) => (
            "`pipelineStatus: Success` rules them out",
            "Write `pipelineStatus: All`, or change the condition.",
        ),
        (PipelineStatus::Success, Schema::V1) => (
            "a condition that names no outcome so far is asked where nothing has failed",
            "Add `always()`, or change the condition.",
        ),
    };
    let message = format!(
        "This stage can never run: its condition needs outcomes of other stages, and {why}. {advice}"
    );
    reader.report(&rules::CONDITION_NEVER_TRUE, written.span, message);
}

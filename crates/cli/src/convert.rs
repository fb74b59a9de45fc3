//! `deployline convert`

use std::process::ExitCode;

use anyhow::{Result, bail};
use deployline_engine::{Assumptions, Pipeline, Schema};
use deployline_export::Report;
use deployline_migrate::{Note, migrated};
use deployline_planner::{Inputs, analyze};
use deployline_yaml::{Diagnostic, Diagnostics, Severity};

use crate::args::{ConvertArgs, SchemaArg};
use crate::embedded::Choice;
use crate::{exit, files, report, streams};

/// Prints the pipeline in the other schema; what has no counterpart there is reported.
///
/// # Errors
/// Where a file can't be read.
pub(crate) fn run(args: &ConvertArgs) -> Result<ExitCode> {
    let choice = Choice { pipeline: args.pipeline.as_deref(), is_joined: false };
    let sources = files::read_all(&args.file, &args.further, choice)?;
    let texts: Vec<&str> = sources.iter().map(|source| source.text.as_str()).collect();
    let (inputs, assumptions) = (Inputs::default(), Assumptions::default());
    let mut analysis = analyze(&texts, &inputs, &assumptions);
    let is_error = |found: &Diagnostic| found.severity == Severity::Error;
    let has_errors = analysis.diagnostics.iter().any(is_error);
    let main = texts.first().copied().unwrap_or_default();
    check_schema(args, &analysis.plan.pipeline)?;
    // A text that can't be read as a whole would lose what is broken.
    let result = (!analysis.is_broken)
        .then(|| migrated(main, &analysis.documents, &inputs, &assumptions))
        .flatten();
    if result.is_some() {
        analysis.diagnostics.retain(is_error);
    }
    let notes = result.iter().flat_map(|result| &result.notes).map(Note::diagnostic);
    let found: Diagnostics = analysis.diagnostics.drain(..).chain(notes).collect();
    analysis.diagnostics = found.into_vec();
    Diagnostic::sort(&mut analysis.diagnostics);
    let report = Report::new(&analysis, &assumptions, &sources);
    let refusal = match &result {
        Some(_) => "",
        None if analysis.is_broken => {
            "error: nothing is converted, since what can't be read would be lost: fix the errors above first\n"
        }
        None => "error: nothing is converted, since there is no pipeline in it\n",
    };
    let rendered = report::render(&report, &analysis.documents);
    let reported = streams::report(&format!("{rendered}{refusal}"));
    streams::print(result.as_ref().map_or("", |result| &result.text))?;
    reported?;
    let is_done = result.is_some() && !has_errors;
    Ok(if is_done { ExitCode::SUCCESS } else { ExitCode::from(exit::HAS_ERRORS) })
}

/// Refuses to write a pipeline in the schema that it has.
fn check_schema(args: &ConvertArgs, pipeline: &Pipeline) -> Result<()> {
    let has = match (args.to, pipeline.schema) {
        (Some(SchemaArg::V0), Schema::V0) => "v0",
        (Some(SchemaArg::V1), Schema::V1) => "v1",
        _ => return Ok(()),
    };
    if pipeline.stages.is_empty() {
        return Ok(());
    }
    bail!(
        "{} is written in {has} already: leave `--to` out for the other schema",
        args.file.display()
    )
}

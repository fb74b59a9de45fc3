//! `deployline convert`

use std::process::ExitCode;

use anyhow::Result;
use deployline_engine::Assumptions;
use deployline_export::Report;
use deployline_migrate::{Note, migrated};
use deployline_planner::{Inputs, analyze};
use deployline_yaml::{Diagnostic, Diagnostics, Severity};

use crate::args::ConvertArgs;
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
    let reported = streams::report(&report::render(&report, &analysis.documents));
    streams::print(result.as_ref().map_or("", |result| &result.text))?;
    reported?;
    Ok(if has_errors { ExitCode::from(exit::HAS_ERRORS) } else { ExitCode::SUCCESS })
}

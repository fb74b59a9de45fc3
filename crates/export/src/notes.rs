//! What was found in the text, for people who read a document and not a terminal.

use deployline_yaml::{Diagnostic, LineIndex, Severity};

use crate::{Report, shown_message};

/// The most notes that a document lists.
const MAX_NOTES: usize = 50;

/// A finding and its place.
pub(crate) struct Note {
    /// `Error`, `Warning` or `Note`.
    pub(crate) kind: &'static str,
    /// `line 4`, `line 2 of inputs.yaml`
    pub(crate) place: String,
    pub(crate) message: String,
}

/// The first findings in the order of the text, and how many more there are.
pub(crate) fn notes(report: &Report<'_>) -> (Vec<Note>, usize) {
    first_notes(report, report.diagnostics.iter())
}

/// The first errors in the order of the text, and how many more there are.
pub(crate) fn errors(report: &Report<'_>) -> (Vec<Note>, usize) {
    let is_error = |found: &&Diagnostic| found.severity == Severity::Error;
    first_notes(report, report.diagnostics.iter().filter(is_error))
}

fn first_notes<'a>(
    report: &Report<'_>,
    mut found: impl Iterator<Item = &'a Diagnostic>,
) -> (Vec<Note>, usize) {
    let indexes: Vec<LineIndex> =
        report.sources.iter().map(|source| LineIndex::new(&source.text)).collect();
    let notes = found.by_ref().take(MAX_NOTES).map(|found| note(report, &indexes, found)).collect();
    (notes, found.count())
}

fn note(report: &Report<'_>, indexes: &[LineIndex], found: &Diagnostic) -> Note {
    let source_idx = usize::from(found.span.source.0);
    let place =
        report.sources.get(source_idx).zip(indexes.get(source_idx)).map(|(source, index)| {
            let line = index.line_column(&source.text, found.span.start as usize).line;
            match report.sources.len() {
                1 => format!("line {line}"),
                _ => format!("line {line} of {}", source.name),
            }
        });
    let kind = match found.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Note",
    };
    let place = place.unwrap_or_default();
    Note { kind, place, message: shown_message(&found.message) }
}

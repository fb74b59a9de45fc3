//! What was found in the text, for people who read a document and not a terminal.

use deployline_yaml::{Diagnostic, LineIndex, Severity};

use crate::{Report, shown_message};

/// The most notes that a document lists.
const MAX_NOTES: usize = 50;

/// A finding and its place.
pub(crate) struct Note {
    /// `Error`, `Warning` or `Note`.
    pub(crate) kind: &'static str,
    pub(crate) severity: Severity,
    /// `line 4`, `line 2 of inputs.yaml`
    pub(crate) place: String,
    pub(crate) message: String,
}

/// The first findings in the order of the text, and how many more there are.
pub(crate) fn notes(report: &Report<'_>) -> (Vec<Note>, usize) {
    let indexes: Vec<LineIndex> =
        report.sources.iter().map(|source| LineIndex::new(&source.text)).collect();
    let notes =
        report.diagnostics.iter().take(MAX_NOTES).map(|found| note(report, &indexes, found));
    let notes: Vec<Note> = notes.collect();
    let more = report.diagnostics.len() - notes.len();
    (notes, more)
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
    Note { kind, severity: found.severity, place, message: shown_message(&found.message) }
}

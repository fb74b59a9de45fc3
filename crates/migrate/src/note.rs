//! Differences between a pipeline and itself in the other schema.

use std::borrow::Cow;

use deployline_span::Span;
use deployline_yaml::{Diagnostic, Severity};

/// A difference between both texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Kind of the difference.
    pub kind: NoteKind,
    /// Its place in the source.
    pub span: Span,
    /// Message for people. It may quote the text and is never markup.
    pub message: Cow<'static, str>,
}

/// Kinds of differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// The plan of the result is another one.
    Plan,
    /// The other schema has nothing like it, and the result is without it.
    NoCounterpart,
    /// It is written in another way, or something else holds where it is missing.
    Differs,
}

impl Note {
    /// The note as a diagnostic of the source.
    pub fn diagnostic(&self) -> Diagnostic {
        let (code, severity) = match self.kind {
            NoteKind::Plan => ("migration-plan", Severity::Warning),
            NoteKind::NoCounterpart => ("migration-no-counterpart", Severity::Warning),
            NoteKind::Differs => ("migration-differs", Severity::Info),
        };
        let message = self.message.to_string();
        Diagnostic {
            code,
            severity,
            span: self.span,
            message,
            related: Vec::new(),
            fix: None,
            others: 0,
        }
    }
}

/// Brings notes into the order of the source, each once.
pub(crate) fn sort(notes: &mut Vec<Note>) {
    let key = |note: &Note| (note.span, note.kind);
    let order = |a: &Note, b: &Note| key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message));
    // Most come in that order, of which a text may have hundreds of thousands.
    if !notes.is_sorted_by(|a, b| order(a, b).is_le()) {
        deployline_map::sort_by(notes, order);
    }
    notes.dedup();
}

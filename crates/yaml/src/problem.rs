//! A place where a text stops being YAML, as data.

use deployline_span::{SourceId, Span};

use crate::{Diagnostic, Rule, locate};

/// A place where the text stops being YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) rule: Rule,
    pub(crate) message: String,
    /// Byte offset of the place.
    pub(crate) offset: usize,
    pub(crate) remedy: Remedy,
}

/// The part of the text to skip so that the rest can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Remedy {
    /// The tabs of the line: each counts as a space.
    TabsAsBlanks,
    /// From the place to the end of its line.
    RestOfLine,
    /// The whole line.
    Line,
    /// Nothing helps.
    Nothing,
}

impl Problem {
    pub(crate) fn into_diagnostic(self, text: &str, source: SourceId) -> Diagnostic {
        let start = text.floor_char_boundary(self.offset);
        let end = locate::end_of_content(text, start);
        self.rule.at(Span::new(source, start, end), self.message)
    }
}

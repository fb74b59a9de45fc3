//! Findings about a text: what is wrong, where, what was expected and what to do.

use deployline_span::Span;

/// The severity of a [`Diagnostic`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Info,
    /// The plan is drawn, with something assumed.
    Warning,
    /// The product would refuse this, or the text can't be read here.
    Error,
}

impl Severity {
    /// The word in the output: `info`, `warning` or `error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One finding about the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable, kebab-case name of the rule.
    pub code: &'static str,
    /// Severity of the finding.
    pub severity: Severity,
    /// The bytes it is about.
    pub span: Span,
    /// Message for people: what is wrong, what was expected, what to do. It may quote the text and is
    /// never markup.
    pub message: String,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// An edit that mends it.
    pub fix: Option<Fix>,
    /// Number of further diagnostics of its rule that it stands for; 0 for one that says what is wrong in
    /// its place.
    pub others: usize,
}

impl Diagnostic {
    /// Brings what was found into the order of the text; of the same place, by code.
    pub fn sort(found: &mut [Self]) {
        deployline_map::sort_by(found, |a, b| (a.span, a.code).cmp(&(b.span, b.code)));
    }

    /// Returns true if the text is not valid YAML there, so that a part of it was left out.
    pub fn is_syntax(&self) -> bool {
        self.code.starts_with("yaml-")
    }

    /// Names another place that belongs to it.
    #[must_use]
    pub fn with_related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related { span, message: message.into() });
        self
    }

    /// Adds an edit that mends it.
    #[must_use]
    pub fn with_fix(mut self, title: impl Into<String>, edits: Vec<TextEdit>) -> Self {
        self.fix = Some(Fix { title: title.into(), edits });
        self
    }
}

/// Another place that belongs to a [`Diagnostic`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The bytes.
    pub span: Span,
    /// Message for people: the relation to the finding.
    pub message: String,
}

/// An edit that mends a [`Diagnostic`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// Title for people, as an imperative.
    pub title: String,
    /// The edits, applied together.
    pub edits: Vec<TextEdit>,
}

/// Replace the bytes of `span` by `insert`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// The bytes to replace; empty for an insertion.
    pub span: Span,
    /// The new text.
    pub insert: String,
}

impl TextEdit {
    /// The text after the edit.
    ///
    /// ```
    /// use deployline_span::{SourceId, Span};
    /// use deployline_yaml::TextEdit;
    /// let edit = TextEdit { span: Span::new(SourceId(0), 3, 7), insert: "false".into() };
    /// assert_eq!(edit.apply("p: true\n"), "p: false\n");
    /// ```
    pub fn apply(&self, text: &str) -> String {
        let range = self.span.range();
        [&text[..range.start], &self.insert, &text[range.end..]].concat()
    }

    /// Returns true if edits lie within a text, between its characters, and don't overlap.
    pub(crate) fn are_apart(edits: &[Self], text: &str) -> bool {
        let mut spans: Vec<Span> = edits.iter().map(|edit| edit.span).collect();
        deployline_map::sort_by(&mut spans, Ord::cmp);
        spans.iter().all(|span| text.get(span.range()).is_some())
            && spans.windows(2).all(|pair| pair[0].end <= pair[1].start)
    }

    /// The text after several edits of it, which don't overlap, in any order.
    ///
    /// ```
    /// use deployline_span::{SourceId, Span};
    /// use deployline_yaml::TextEdit;
    /// let edit = |start, end, insert: &str| TextEdit {
    ///     span: Span::new(SourceId(0), start, end),
    ///     insert: insert.into(),
    /// };
    /// assert_eq!(TextEdit::apply_all(&[edit(3, 4, "2"), edit(0, 1, "b")], "a: 1"), "b: 2");
    /// ```
    pub fn apply_all(edits: &[Self], text: &str) -> String {
        let mut edits: Vec<&Self> = edits.iter().collect();
        deployline_map::sort_by(&mut edits, |a, b| a.span.cmp(&b.span));
        let mut after = String::with_capacity(text.len());
        let mut copied = 0;
        for TextEdit { span, insert } in edits {
            after += &text[copied..span.range().start];
            after += insert;
            copied = span.range().end;
        }
        after + &text[copied..]
    }
}

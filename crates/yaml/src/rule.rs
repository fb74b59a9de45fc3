//! Rules: the codes of diagnostics, and their documentation.

use deployline_span::Span;

use crate::{Diagnostic, Severity};

/// A kind of finding: its code never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable, kebab-case name.
    pub code: &'static str,
    /// Severity of its findings.
    pub severity: Severity,
}

impl Rule {
    /// A rule whose findings are errors.
    pub const fn error(code: &'static str) -> Self {
        Self { code, severity: Severity::Error }
    }

    /// A rule whose findings are warnings.
    pub const fn warning(code: &'static str) -> Self {
        Self { code, severity: Severity::Warning }
    }

    /// A rule whose findings are remarks.
    pub const fn info(code: &'static str) -> Self {
        Self { code, severity: Severity::Info }
    }

    /// A finding at `span`.
    pub fn at(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code: self.code,
            severity: self.severity,
            span,
            message: message.into(),
            related: Vec::new(),
            fix: None,
            others: 0,
        }
    }
}

/// A rule's documentation: `docs/diagnostics.md` is made of these, and each example is a test.
#[derive(Clone, Copy, Debug)]
pub struct RuleDocs {
    /// The rule.
    pub rule: Rule,
    /// The explanation in Markdown: what is wrong, why it matters, what to do.
    pub explanation: &'static str,
    /// A text that it finds something in.
    pub bad: Example,
    /// The text mended.
    pub good: &'static str,
}

/// A text, or how to make one that is too long to print.
#[derive(Clone, Copy, Debug)]
pub enum Example {
    /// The text itself.
    Text(&'static str),
    /// A description, and the function that makes the text.
    Made(&'static str, fn() -> String),
    /// A deployment that is assumed to fail, as `--fail` takes it, and the text.
    Failing(&'static str, &'static str),
    /// Something that is assumed, as `--assume` takes it, and the text.
    Assuming(&'static str, &'static str),
}

impl Example {
    /// The text.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Failing(_, text) | Self::Assuming(_, text) => {
                (*text).to_owned()
            }
            Self::Made(_, make) => make(),
        }
    }
}

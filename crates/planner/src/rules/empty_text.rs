//! A text with nothing but comments in it.

use deployline_span::{SourceId, Span};
use deployline_yaml::{Diagnostic, Example, Rule, RuleDocs};

/// A text with nothing but comments in it.
pub const EMPTY_TEXT: Rule = Rule::info("empty-text");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: EMPTY_TEXT,
    explanation: "The text has comments or lines `---` only, so there is nothing to draw. Expected is a pipeline, or a part of one.",
    bad: Example::Text("# nothing so far\n"),
    good: r#"# a pipeline
pipeline: {name: A, stages: [{stage: {name: Ask, type: Approval}}]}
"#,
};

/// The diagnostic for texts that hold no document.
pub(crate) fn found() -> Diagnostic {
    EMPTY_TEXT.at(
        Span::new(SourceId(0), 0, 0),
        "There is nothing here, or nothing but comments. Expected `pipeline:`, or a part of one: `stages:`, \
         `stage:` or a stage's `spec:`.",
    )
}

//! A pipeline with more stages than can be drawn.

use deployline_engine::STAGE_BUDGET;
use deployline_engine::format::number;
use deployline_span::Span;
use deployline_yaml::{Diagnostic, Example, Rule, RuleDocs};

/// More stages than can be drawn.
pub const TOO_MANY_STAGES: Rule = Rule::error("too-many-stages");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: TOO_MANY_STAGES,
    explanation: "At most 10,000 stages of one pipeline are drawn, those of parallel groups counted. The others are left out. Split the pipeline into several.",
    bad: Example::Made("10,001 stages", too_many),
    good: r#"stages:
  - stage:
      name: Ask
      identifier: ask
      type: Approval
"#,
};

/// The diagnostic at the first stage that is left out.
pub(crate) fn at(first_left_out: Span) -> Diagnostic {
    let message = format!(
        "At most {} stages of one pipeline are drawn; from here on they are left out. Split the \
         pipeline into several.",
        number(STAGE_BUDGET)
    );
    TOO_MANY_STAGES.at(first_left_out, message)
}

fn too_many() -> String {
    let stage = |i| format!("  - stage: {{name: ask {i}, identifier: ask{i}, type: Approval}}\n");
    format!("stages:\n{}", (0..=STAGE_BUDGET).map(stage).collect::<String>())
}

//! More input sets than are laid over a pipeline.

use deployline_engine::format::number;
use deployline_span::Span;
use deployline_yaml::{Diagnostic, Example, Rule, RuleDocs};

/// More input sets than are laid over a pipeline.
pub const TOO_MANY_INPUT_SETS: Rule = Rule::error("too-many-input-sets");

/// The most input sets of one pipeline: each is looked at for each value of each stage.
pub(crate) const INPUT_SET_BUDGET: usize = 100;

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: TOO_MANY_INPUT_SETS,
    explanation: "At most 100 input sets are laid over a pipeline: the last ones, which win over those before them. Leave out the input sets that the run does not use.",
    bad: Example::Made("a pipeline with 101 input sets", too_many),
    good: r#"pipeline:
  name: Shop
  identifier: shop
  stages:
    - stage: {name: Ask, identifier: ask, type: Approval}
---
inputSet:
  name: Live
  identifier: live
  pipeline: {identifier: shop}
"#,
};

/// The diagnostic at the first input set that is left out.
pub(crate) fn at(first_left_out: Span) -> Diagnostic {
    let message = format!(
        "At most {} input sets are laid over a pipeline, the last ones; those from here on are left \
         out. Remove the input sets that the run does not use.",
        number(INPUT_SET_BUDGET)
    );
    TOO_MANY_INPUT_SETS.at(first_left_out, message)
}

fn too_many() -> String {
    let pipeline = "pipeline:\n  name: Shop\n  identifier: shop\n  stages:\n    - stage: {name: \
                    Ask, identifier: ask, type: Approval}\n";
    let set = "---\ninputSet: {name: Live, identifier: live, pipeline: {identifier: shop}}\n";
    format!("{pipeline}{}", set.repeat(INPUT_SET_BUDGET + 1))
}

//! A document beside the pipeline that says nothing about it.

use deployline_yaml::{Example, Rule, RuleDocs};

/// A document beside the pipeline that says nothing about it.
pub const UNUSED_DOCUMENT: Rule = Rule::info("unused-document");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: UNUSED_DOCUMENT,
    explanation: "The document is no pipeline, and nothing that decides the order or the targets of one: those are services, environments, infrastructures, environment groups, templates, input sets and overlays. It is not used.",
    bad: Example::Text(
        r#"pipeline: {name: A, stages: [{stage: {name: Ask, type: Approval}}]}
---
trigger: {name: Nightly, identifier: nightly}
"#,
    ),
    good: r#"pipeline: {name: A, stages: [{stage: {name: Ask, type: Approval}}]}
---
service: {name: Cart, identifier: cart}
"#,
};

#[cfg(test)]
mod tests {
    use deployline_engine::Assumptions;

    use crate::{Inputs, analyze};

    #[test]
    fn what_a_document_was_meant_for_is_said() {
        for (document, expected) in [
            ("kind: overlay-input-set\nspec: {sets: [a]}", "This overlay is not used"),
            ("kind: input-set\nspec: 5", "This input set is not used"),
            ("kind: other\nspec: {}", "This document is no pipeline"),
        ] {
            let text = format!("version: 1\nstages: [{{id: a, steps: []}}]\n---\n{document}\n");
            let found = analyze(&[&text], &Inputs::default(), &Assumptions::default()).diagnostics;
            let said = found.iter().find(|it| it.code == "unused-document");
            let message = said.map(|it| &*it.message).unwrap_or_default();
            assert!(message.starts_with(expected), "{document}: {message}");
        }
    }
}

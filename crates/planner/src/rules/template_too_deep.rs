//! Templates that use templates, deeper than is followed.

use std::fmt::Write;

use deployline_span::Span;
use deployline_yaml::{Diagnostic, Example, Rule, RuleDocs};

/// Templates that use templates, deeper than is followed.
pub const TEMPLATE_TOO_DEEP: Rule = Rule::error("template-too-deep");

/// The most templates that are followed, each the whole body of the one before.
pub(crate) const MAX_NESTED_TEMPLATES: usize = 20;

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: TEMPLATE_TOO_DEEP,
    explanation: "A template may be nothing but the use of another one, and so on. At most 20 are followed from a stage or a pipeline; a placeholder stands for one that is deeper. Use the last template directly.",
    bad: Example::Made("a stage template that uses another one, 20 times in a row", too_deep),
    good: r#"stages:
  - stage: {name: Ask, identifier: ask, template: {templateRef: gate}}
---
template: {identifier: gate, type: Stage, spec: {template: {templateRef: approval}}}
---
template: {identifier: approval, type: Stage, spec: {type: Approval}}
"#,
};

/// The diagnostic at the first use that is not followed; `first` is the template that was used first.
pub(crate) fn at(span: Span, first: &str) -> Diagnostic {
    let message = format!(
        "This is the template number {} that {first} leads to, each in the one before; at most \
         {MAX_NESTED_TEMPLATES} are followed. A placeholder stands for it. Use one of the later \
         templates directly.",
        MAX_NESTED_TEMPLATES + 1
    );
    TEMPLATE_TOO_DEEP.at(span, message)
}

fn too_deep() -> String {
    let mut text =
        "stages: [{stage: {name: Ask, identifier: ask, template: {templateRef: t0}}}]\n".to_owned();
    for i in 0..MAX_NESTED_TEMPLATES {
        let next = i + 1;
        let _ = writeln!(
            text,
            "---\ntemplate: {{identifier: t{i}, type: Stage, spec: {{template: {{templateRef: t{next}}}}}}}"
        );
    }
    let last = MAX_NESTED_TEMPLATES;
    text + &format!(
        "---\ntemplate: {{identifier: t{last}, type: Stage, spec: {{type: Approval}}}}\n"
    )
}

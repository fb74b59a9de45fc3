//! A pipeline that is larger than the product takes.

use deployline_engine::format::number;
use deployline_span::Span;
use deployline_yaml::{Diagnostic, Example, Rule, RuleDocs};

/// A pipeline that is larger than the product takes.
pub const PIPELINE_TOO_LARGE: Rule = Rule::warning("pipeline-too-large");

/// The most characters of a pipeline with all its templates put in.
const MAX_CHARACTERS: usize = 3 << 20;

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: PIPELINE_TOO_LARGE,
    explanation: "The product takes pipelines of at most 3 MB (3,145,728 characters), with all templates put in. What the text holds is larger than that, and templates that are not in it count too. The size is counted in bytes: a letter beyond ASCII counts as two or more. Split the pipeline.",
    bad: Example::Made("a pipeline with a description of four megabytes less a bit", large),
    good: "pipeline:\n  identifier: small\n  stages:\n    - stage: {name: Ask, identifier: ask, type: Approval}\n",
};

/// Looks at a pipeline of `own` bytes to which the templates in the text add some.
pub(crate) fn check(place: Span, own: usize, by_templates: usize) -> Option<Diagnostic> {
    let all = own.saturating_add(by_templates);
    if all <= MAX_CHARACTERS {
        return None;
    }
    let templates = match by_templates {
        0 => "templates that are not in the text count too".to_owned(),
        bytes => format!(
            "{} of them are templates; those that are not in the text count too",
            number(bytes)
        ),
    };
    let message = format!(
        "The pipeline has {} bytes ({templates}), and the product takes at most {}. Split it into several.",
        number(all),
        number(MAX_CHARACTERS)
    );
    Some(PIPELINE_TOO_LARGE.at(place, message))
}

fn large() -> String {
    let description = "x".repeat(MAX_CHARACTERS);
    format!(
        "pipeline:\n  identifier: large\n  description: {description}\n  stages:\n    - stage: {{name: Ask, \
         identifier: ask, type: Approval}}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::MAX_CHARACTERS;
    use crate::{Inputs, analyze};

    fn message(text: &str) -> Option<String> {
        let found = analyze(&[text], &Inputs::default(), &Default::default()).diagnostics;
        let found = found.into_iter().find(|found| found.code == "pipeline-too-large");
        found.map(|found| found.message)
    }

    #[test]
    fn each_use_of_a_template_counts() {
        let description = "x".repeat(MAX_CHARACTERS / 2);
        let template = format!(
            "---\ntemplate: {{identifier: t, type: Stage, spec: {{type: Approval, description: {description}}}}}\n"
        );
        let stage = |name: &str| {
            format!("{{stage: {{name: {name}, identifier: {name}, template: {{templateRef: t}}}}}}")
        };
        let pipeline = |stages: &[String]| {
            format!("pipeline: {{identifier: p, stages: [{}]}}\n{template}", stages.join(", "))
        };
        assert_eq!(message(&pipeline(&[stage("a")])), None);
        let twice = message(&pipeline(&[stage("a"), stage("b")])).expect("it is too large");
        assert!(twice.contains("of them are templates"), "{twice}");
    }
}

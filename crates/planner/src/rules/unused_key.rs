//! Keys that would change the order, the times or the targets, and are not used: each is said at its place.

use deployline_schema::MappingKind;
use deployline_yaml::{Diagnostics, Example, Node, NodeKind, Rule, RuleDocs};

use crate::mappings::Place;

/// A key that would change the picture, and is not used.
pub const UNUSED_KEY: Rule = Rule::warning("unused-key");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: UNUSED_KEY,
    explanation: "The key would change the order, the times or the targets, and Deployline does not use it: the message says what is drawn. `docs/coverage.md` lists all such keys.",
    bad: Example::Text(
        "stage: {name: Ask, identifier: ask, type: Approval, runMode: {type: Manual, timeout: 2h}}\n",
    ),
    good: "stage: {name: Ask, identifier: ask, type: Approval, runMode: {type: Auto}}\n",
};

/// Looks at the keys of a mapping.
pub(super) fn look(place: Place<'_>, found: &mut Diagnostics) {
    for (name, drawn) in unused(place.kind) {
        let entry = place.node.entry(name).filter(|(_, value)| has_effect(name, *value));
        if let Some((key, _)) = entry {
            // `type` alone would tell nobody what is meant.
            let shown = if place.kind == MappingKind::RunMode { "runMode" } else { name };
            let message = || UNUSED_KEY.at(key.span(), format!("`{shown}` is not used: {drawn}."));
            found.push_with(&UNUSED_KEY, key.span(), &message);
        }
    }
}

/// The keys of a mapping that are not used, each with what is drawn.
fn unused(kind: MappingKind) -> &'static [(&'static str, &'static str)] {
    const ONE_BAR: &str =
        "the stages of the other pipeline are not drawn, and this one is as long as is assumed";
    match kind {
        MappingKind::Stage => &[("skipCondition", "the stage is drawn as if it ran")],
        MappingKind::RunMode => &[("type", "the stage is drawn as if it started without a person")],
        MappingKind::V1While => &[("delay", "the runs follow each other at once")],
        MappingKind::V1Group => &[
            ("on-failure", "the rules of each stage in the group are drawn alone"),
            ("on_failure", "the rules of each stage in the group are drawn alone"),
        ],
        MappingKind::FlowControl | MappingKind::V1Pipeline => &[(
            "barriers",
            "the steps at these barriers are drawn as if they didn't wait for each other",
        )],
        MappingKind::FailureActionSpec => {
            &[("condition", "the retries are drawn, whether it holds or not")]
        }
        MappingKind::ChainedSpec => &[("pipeline", ONE_BAR)],
        MappingKind::DynamicSpec => &[("source", ONE_BAR), ("sourceConfig", ONE_BAR)],
        _ => &[],
    }
}

/// Returns `false` for values that leave the run as it is drawn.
fn has_effect(name: &str, value: Node<'_>) -> bool {
    match (name, value.kind()) {
        ("type", _) => value.as_str() != Some("Auto"),
        ("skipCondition", _) => !matches!(value.as_str(), Some("" | "false") | None),
        ("barriers", NodeKind::Sequence) => value.items().len() > 0,
        _ => !value.is_null(),
    }
}

#[cfg(test)]
mod tests {
    use deployline_engine::AccountPlan;

    use crate::rules::check_keys;

    /// The messages about a text, each with the text that it marks.
    fn found(text: &str) -> Vec<String> {
        let parsed = deployline_yaml::parse(text);
        let found = check_keys(&parsed.documents, AccountPlan::default()).into_vec();
        found.iter().map(|it| format!("{}: {}", &text[it.span.range()], it.message)).collect()
    }

    #[test]
    fn only_what_would_change_the_run_is_said() {
        for stage in [
            "runMode: {type: Auto}",
            "skipCondition: 'false'",
            "skipCondition: ''",
            "timeout: 1h, description: x, tags: {a: b}",
            "type: Custom, spec: {execution: {steps: [{step: {type: Http, timeout: 1m}}]}}",
            "type: Approval, spec: {execution: {steps: [{step: {type: HarnessApproval}}]}}",
        ] {
            assert_eq!(found(&format!("stage: {{{stage}}}")), [""; 0], "{stage}");
        }
        assert_eq!(found("pipeline: {flowControl: {barriers: []}, stages: []}"), [""; 0]);
        for (stage, expected) in [
            (
                "skipCondition: <+x>",
                "skipCondition: `skipCondition` is not used: the stage is drawn as if it ran.",
            ),
            (
                "runMode: {type: <+input>}",
                "type: `runMode` is not used: the stage is drawn as if it started without a person.",
            ),
        ] {
            assert_eq!(found(&format!("stage: {{{stage}}}")), [expected], "{stage}");
        }
    }
}

//! Keys that would change the order, the times or the targets, and are not used: each is said at its place.

use deployline_schema::{MappingKind, keys_of_one_stage};
use deployline_yaml::{Diagnostics, Example, Node, NodeKind, Rule, RuleDocs};

use crate::mappings::Place;

/// A key that would change the picture, and is not used.
pub const UNUSED_KEY: Rule = Rule::warning("unused-key");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: UNUSED_KEY,
    explanation: "The key would change the order, the times or the targets, and Deployline does not use it: the message says what is drawn. `docs/coverage.md` lists all such keys.",
    bad: Example::Text(
        "stage: {name: Ask, identifier: ask, type: Approval, skipCondition: <+input>}\n",
    ),
    good: "stage: {name: Ask, identifier: ask, type: Approval, when: {pipelineStatus: Success}}\n",
};

/// Looks at the keys of a mapping.
pub(super) fn look(place: Place<'_>, found: &mut Diagnostics) {
    look_around_stages(place, found);
    for (name, drawn) in unused(place.kind) {
        let entry = place.node.entry(name).filter(|(_, value)| has_effect(name, *value));
        if let Some((key, _)) = entry {
            let message = || UNUSED_KEY.at(key.span(), format!("`{name}` is not used: {drawn}."));
            found.push_with(&UNUSED_KEY, key.span(), &message);
        }
    }
}

/// Looks at a mapping with a list of stages for keys that only one stage may have.
fn look_around_stages(place: Place<'_>, found: &mut Diagnostics) {
    let Some(several) = several_stages(place) else { return };
    let names = keys_of_one_stage().filter(|name| is_of_one_stage(place, name));
    let entries = names.filter_map(|name| Some((name, place.node.entry(name)?)));
    for (name, (key, _)) in entries.filter(|(name, (_, value))| has_effect(name, *value)) {
        let message = || {
            UNUSED_KEY.at(
                key.span(),
                format!(
                    "`{name}` is not used: it is for one stage, and the stages of this `{several}` are drawn \
                     without it. Write it at each that it is for."
                ),
            )
        };
        found.push_with(&UNUSED_KEY, key.span(), &message);
    }
}

/// Returns `true` for a key that is for one stage, where several stand together.
pub(super) fn is_of_one_stage(place: Place<'_>, name: &str) -> bool {
    let is_known = |kind: MappingKind| kind.key(name).is_some();
    let is_read = match place.kind {
        // Its table has the keys of all kinds of entries.
        MappingKind::V1Stage => name == "group" && several_stages(place) == Some("group"),
        kind => is_known(kind),
    };
    !is_read && keys_of_one_stage().any(|key| key == name) && several_stages(place).is_some()
}

/// The key of a list of stages that a mapping has or is below.
fn several_stages(place: Place<'_>) -> Option<&'static str> {
    match place.kind {
        MappingKind::V1Parallel => Some("parallel"),
        MappingKind::V1Group => Some("group"),
        MappingKind::Entry if place.node.get("stage").is_some() => None,
        MappingKind::Entry | MappingKind::V1Stage => {
            let has_list = |key: &str| {
                let holder = place.node.get(key);
                holder.is_some_and(|it| {
                    let is_list = it.kind() == NodeKind::Sequence && key == "parallel";
                    is_list || it.get("stages").is_some()
                })
            };
            ["parallel", "group"].into_iter().find(|key| has_list(key))
        }
        _ => None,
    }
}

/// The keys of a mapping that are not used, each with what is drawn.
fn unused(kind: MappingKind) -> &'static [(&'static str, &'static str)] {
    const ONE_BAR: &str =
        "the stages of the other pipeline are not drawn, and this one is as long as is assumed";
    match kind {
        MappingKind::Stage => &[("skipCondition", "the stage is drawn as if it ran")],
        MappingKind::V1While => &[("delay", "the runs follow each other at once")],
        MappingKind::V1Group => &[
            ("on-failure", "the rules of each stage in the group are drawn alone"),
            ("on_failure", "the rules of each stage in the group are drawn alone"),
        ],
        MappingKind::FailureActionSpec => {
            &[("condition", "the retries are drawn, whether it holds or not")]
        }
        MappingKind::ChainedSpec => {
            &[("pipelineInputs", "the pipeline is drawn without these values; `inputs` is read")]
        }
        MappingKind::DynamicSpec => &[("source", ONE_BAR), ("sourceConfig", ONE_BAR)],
        _ => &[],
    }
}

/// Returns `false` for values that leave the run as it is drawn.
fn has_effect(name: &str, value: Node<'_>) -> bool {
    match (name, value.kind()) {
        ("skipCondition", _) => !matches!(value.as_str(), Some("" | "false") | None),
        ("needs", NodeKind::Sequence) => value.items().len() > 0,
        ("disabled", _) => value.as_str() != Some("false"),
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
            "skipCondition: 'false'",
            "skipCondition: ''",
            "timeout: 1h, description: x, tags: {a: b}",
            "type: Custom, spec: {execution: {steps: [{step: {type: Http, timeout: 1m}}]}}",
            "type: Approval, spec: {execution: {steps: [{step: {type: HarnessApproval}}]}}",
        ] {
            assert_eq!(found(&format!("stage: {{{stage}}}")), [""; 0], "{stage}");
        }
        assert_eq!(
            found("stage: {skipCondition: <+x>}"),
            ["skipCondition: `skipCondition` is not used: the stage is drawn as if it ran."]
        );
    }

    #[test]
    fn a_key_for_one_stage_is_said_at_several() {
        let one = "stages: [{id: a, needs: [b], disabled: true, strategy: {for: {iterations: 2}}, steps: []}";
        assert_eq!(found(&format!("version: 1\n{one}]")), [""; 0]);
        for (stages, expected) in [
            ("{needs: [a], parallel: {stages: []}}", &["needs: parallel"][..]),
            ("{if: <+x>, id: p, disabled: false, needs: [], parallel: {stages: []}}", &[]),
            (
                "{parallel: {needs: [a], timeout: 5m, stages: []}}",
                &["needs: parallel", "timeout: parallel"],
            ),
            ("{disabled: true, group: {stages: []}}", &["disabled: group"]),
            (
                "{group: {strategy: {for: {iterations: 2}}, if: <+x>, stages: []}}",
                &["strategy: group"],
            ),
            (
                "{service: a, group: {stages: []}, parallel: {stages: []}}",
                &["service: parallel", "group: parallel"],
            ),
        ] {
            let found = found(&format!("version: 1\n{one}, {stages}]"));
            assert_eq!(in_brief(&found), expected, "{stages}");
        }
        let entry = "parallel: [{stage: {identifier: a, when: {pipelineStatus: All}}}]";
        let found =
            found(&format!("pipeline: {{stages: [{{{entry}, when: {{pipelineStatus: All}}}}]}}"));
        assert_eq!(in_brief(&found), ["when: parallel"]);
    }

    /// Messages about keys that are for one stage, as `key: parallel` or `key: group`.
    fn in_brief(found: &[String]) -> Vec<String> {
        let brief = |message: &String| {
            let (key, rest) = message.split_once(": `")?;
            let (_, rest) = rest.split_once("the stages of this `")?;
            Some(format!("{key}: {}", rest.split_once('`')?.0))
        };
        found.iter().map(|message| brief(message).unwrap_or_else(|| message.clone())).collect()
    }
}

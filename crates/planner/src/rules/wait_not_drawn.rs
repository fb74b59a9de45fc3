//! A step that waits inside a deployment.

use deployline_schema::{MappingKind, WAITING_STEPS};
use deployline_yaml::{Diagnostics, Example, Node, Rule, RuleDocs};

use crate::mappings::Place;

/// A wait inside a deployment that is not drawn.
pub const WAIT_NOT_DRAWN: Rule = Rule::info("wait-not-drawn");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: WAIT_NOT_DRAWN,
    explanation: "The step waits: for a time, for a person, for other stages at a barrier, or in a queue. A deployment is drawn as long as is assumed, and the wait is a part of that. A longer duration for the stage makes room for it (\"Durations\" in the page, `--durations` on the command line).",
    bad: Example::Text(
        r#"stage:
  name: Soak
  identifier: soak
  type: Custom
  spec: {execution: {steps: [{step: {name: Soak, identifier: soak, type: Wait, spec: {duration: 15m}}}]}}
"#,
    ),
    good: r#"stage:
  name: Soak
  identifier: soak
  type: Custom
  spec: {execution: {steps: [{step: {name: Soak, identifier: soak, type: Http}}]}}
"#,
};

/// Looks at a step, or at the `spec` of one.
pub(super) fn look(place: Place<'_>, found: &mut Diagnostics) {
    let Some((key, reason)) = wait(place) else { return };
    let drawn = "The wait is not drawn: it is a part of the duration that is assumed.";
    let message = || WAIT_NOT_DRAWN.at(key.span(), format!("This step {reason}. {drawn}"));
    found.push_with(&WAIT_NOT_DRAWN, key.span(), &message);
}

/// The key of a step that makes it wait, and what it does.
fn wait(place: Place<'_>) -> Option<(Node<'_>, &'static str)> {
    let (name, reason) = match place.kind {
        MappingKind::WaitSpec | MappingKind::V1Wait => ("duration", "waits for a time"),
        MappingKind::BarrierSpec => ("barrierRef", "waits for others at a barrier"),
        MappingKind::V1Barrier => ("name", "waits for others at a barrier"),
        MappingKind::QueueSpec | MappingKind::V1Queue => ("key", "waits in a queue"),
        MappingKind::V1Step => ("approval", "waits for an approval"),
        MappingKind::Step => ("type", "waits for an approval"),
        _ => return None,
    };
    let (key, value) = place.node.entry(name)?;
    let is_approval = |kind: &str| kind.ends_with("Approval") && WAITING_STEPS.contains(&kind);
    let waits = place.kind != MappingKind::Step || value.as_str().is_some_and(is_approval);
    waits.then_some((key, reason))
}

#[cfg(test)]
mod tests {
    use deployline_engine::AccountPlan;

    use crate::rules::check_keys;

    #[test]
    fn each_wait_is_said_once() {
        let wait = "{step: {type: Wait, spec: {duration: 1h}}}";
        let approval = "{step: {type: JiraApproval, spec: {}}}";
        let barrier = "{step: {type: Barrier, spec: {barrierRef: b}}}";
        let queue = "{step: {type: Queue, spec: {key: k, scope: Stage}}}";
        let text = format!(
            "stage: {{type: Deployment, spec: {{execution: {{steps: [{wait}, {{parallel: [{approval}, \
             {{stepGroup: {{steps: [{barrier}]}}}}]}}], rollbackSteps: [{queue}]}}}}}}"
        );
        let parsed = deployline_yaml::parse(&text);
        let found = check_keys(&parsed.documents, AccountPlan::default()).into_vec();
        let brief = |message: &str| message.split('.').next().unwrap_or_default().to_owned();
        let marked =
            found.iter().map(|it| format!("{}: {}", &text[it.span.range()], brief(&it.message)));
        assert_eq!(
            marked.collect::<Vec<String>>(),
            [
                "duration: This step waits for a time",
                "type: This step waits for an approval",
                "barrierRef: This step waits for others at a barrier",
                "key: This step waits in a queue",
            ]
        );
    }
}

//! A key that is not known, in a mapping that decides the order, the times or the targets.

use deployline_map::Map;
use deployline_schema::MappingKind;
use deployline_span::Span;
use deployline_yaml::{Diagnostic, Diagnostics, Example, Node, Rule, RuleDocs};

use crate::mappings::Place;

/// A key that is not known, in a mapping that decides something.
pub const UNFAMILIAR_KEY: Rule = Rule::info("unfamiliar-key");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: UNFAMILIAR_KEY,
    explanation: "The key is not known here and not used, and it stands among keys that decide the order, the times or the targets: if it decides something as well, the picture lacks that. Other mappings, such as the details of a service or of a step, may hold any keys.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
    rolloutWindow: night
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    service: {serviceRef: cart, serviceInputs: {rolloutWindow: night}}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
"#,
};

/// Looks at a key that is not known in a place, of which `present` are the known ones.
pub(super) fn look(
    (place, present): (Place<'_>, &[&str]),
    key: Node<'_>,
    name: &str,
    found: &mut Diagnostics,
) {
    let is_document = place.around.is_none();
    let is_excepted = match place.kind {
        // An entry with no key that is known is said to be none.
        MappingKind::Entry => is_document || present.is_empty(),
        // So is a strategy without a loop.
        MappingKind::Strategy => {
            !present.iter().any(|key| matches!(*key, "matrix" | "repeat" | "parallelism"))
        }
        // Beside the stages of a part that was pasted, anything may stand.
        MappingKind::Pipeline => is_document,
        _ => false,
    };
    if decides(place.kind) && !is_excepted {
        let message = || {
            UNFAMILIAR_KEY.at(
                key.span(),
                format!("`{name}` is not known here, and not used. What it does is not drawn."),
            )
        };
        found.push_with(&UNFAMILIAR_KEY, key.span(), &message);
    }
}

/// Leaves out those at keys of which something else is said.
pub(crate) fn leave_out_said(found: &mut Vec<Diagnostic>) {
    let is_unfamiliar = |found: &Diagnostic| found.code == UNFAMILIAR_KEY.code;
    let said = found.iter().filter(|it| !is_unfamiliar(it)).map(|found| (found.span, ()));
    let said: Map<Span, ()> = said.collect();
    found.retain(|it| !is_unfamiliar(it) || !said.contains_key(&it.span));
}

/// Returns `true` for mappings whose keys decide the order, the times or the targets.
fn decides(kind: MappingKind) -> bool {
    use MappingKind as Kind;
    matches!(
        kind,
        Kind::Pipeline
            | Kind::Entry
            | Kind::Stage
            | Kind::RunMode
            | Kind::FlowControl
            | Kind::Spec
            | Kind::CustomSpec
            | Kind::Execution
            | Kind::StepEntry
            | Kind::Services
            | Kind::Service
            | Kind::Environments
            | Kind::Environment
            | Kind::Group
            | Kind::Infrastructure
            | Kind::Cluster
            | Kind::Metadata
            | Kind::Limits
            | Kind::UseFromStage
            | Kind::Filter
            | Kind::FilterSpec
            | Kind::OlderService
            | Kind::OlderInfrastructure
            | Kind::TemplateUse
            | Kind::When
            | Kind::FailureRule
            | Kind::OnFailure
            | Kind::FailureAction
            | Kind::FailureActionSpec
            | Kind::NextAction
            | Kind::Strategy
            | Kind::Repeat
            | Kind::Overlay
    )
}

#[cfg(test)]
mod tests {
    use deployline_engine::AccountPlan;

    use crate::rules::check_keys;

    /// The unfamiliar keys of a text.
    fn found(text: &str) -> Vec<&str> {
        let parsed = deployline_yaml::parse(text);
        let found = check_keys(&parsed.documents, AccountPlan::default()).into_vec();
        let found = found.iter().filter(|found| found.code == "unfamiliar-key");
        found.map(|found| &text[found.span.range()]).collect()
    }

    #[test]
    fn only_where_keys_decide_something() {
        for (text, expected) in [
            ("pipeline: {stages: [], zz: 1}", &["zz"][..]),
            (
                "stage: {type: Deployment, zz: 1, spec: {yy: 1, services: {xx: 1}}}",
                &["zz", "yy", "xx"],
            ),
            (
                "stage: {type: Custom, strategy: {zz: 1, matrix: {yy: [1]}, repeat: {xx: 1}}}",
                &["zz", "xx"],
            ),
            (
                "stage: {type: Custom, when: {zz: 1}, template: {yy: 1, templateInputs: {xx: 1}}}",
                &["zz", "yy"],
            ),
            // Other types of stages, steps and entities hold what they like.
            ("stage: {type: CI, spec: {zz: 1}}", &[]),
            (
                "stage: {type: Custom, spec: {execution: {steps: [{step: {zz: 1, spec: {yy: 1}}}]}}}",
                &[],
            ),
            ("service: {identifier: a, zz: 1}", &[]),
            (
                "stage: {type: Deployment, spec: {service: {serviceRef: a, serviceInputs: {zz: 1}}}}",
                &[],
            ),
            // These are said otherwise.
            ("stage: {type: Deployment, spec: {enviroments: {}, maxConcurrency: 2}}", &[]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}

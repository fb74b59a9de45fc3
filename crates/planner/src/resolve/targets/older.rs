//! `infrastructure:` of the older model.
//!
//! Follows `docs/semantics.md`, "Details, settled", "Older model".

use deployline_yaml::Node;

use super::{runtime, unknown};
use crate::resolve::{Context, is_expression, value};
use crate::{Reference, Target};

/// One environment with an inline infrastructure, which has no identifier.
pub(super) fn read(node: Node<'_>, cx: &mut Context<'_>) -> Target {
    if let Some(source) = value(node, "useFromStage") {
        return super::environment::from_stage(source, cx);
    }
    let reference = value(node, "environmentRef")
        .or_else(|| node.at(&["environment", "identifier"]))
        .filter(|reference| !reference.is_null())
        .or_else(|| value(node, "environment"))
        .unwrap_or(node);
    match reference.as_str() {
        Some(text) if is_expression(text) => runtime(reference, text, "The environment is", cx),
        Some(text) => Target {
            environment: Some(Reference::known(text)),
            infrastructure: None,
            detail: value(node, "infrastructureDefinition").and_then(detail),
            span: node.span(),
        },
        None => {
            cx.error(
                "missing-environment",
                node,
                "Expected `environmentRef:` or `environment:` with an `identifier`.",
            );
            unknown("no environment", None, node.span())
        }
    }
}

/// `KubernetesDirect ledger`: the type, and the namespace or cluster where it has one.
fn detail(definition: Node<'_>) -> Option<String> {
    let kind = value(definition, "type")?.as_str()?;
    let place = ["namespace", "cluster"]
        .iter()
        .find_map(|key| definition.at(&["spec", key]).and_then(Node::as_str));
    Some(place.map_or(kind.to_owned(), |place| format!("{kind} {place}")))
}

//! One environment and its infrastructures.

use deployline_yaml::{Node, NodeKind, Span};

use super::{runtime, unknown};
use crate::resolve::{Context, expression, is_expression, value};
use crate::{Reference, Target};

/// `environment:`, which has one infrastructure.
pub(super) fn single(node: Node<'_>, cx: &mut Context<'_>) -> Target {
    if let Some(source) = value(node, "useFromStage") {
        return from_stage(source, cx);
    }
    let mut targets = listed(node, cx);
    if targets.len() > 1 {
        cx.warning(
            "environment-extra-infrastructures",
            value(node, "infrastructureDefinitions").unwrap_or(node),
            "`environment` deploys to one infrastructure: the first is drawn. Use `environments` \
             to deploy to several.",
        );
    }
    targets.swap_remove(0)
}

/// An environment of a list: one target for each infrastructure, at least one.
pub(super) fn listed(node: Node<'_>, cx: &mut Context<'_>) -> Vec<Target> {
    if let Some(text) = expression(node) {
        return vec![runtime(node, text, "The environment is", cx)];
    }
    let environment = environment_name(node, cx);
    let place = |key| node.entry(key).map_or(node, |(key, _)| key);
    if value(node, "filters").is_some() {
        let filtered = super::filters(place("filters"), &environment.text, cx);
        let text = filtered.environment.map(|name| name.text).unwrap_or_default();
        return vec![unknown(&text, Some(environment), node.span())];
    }
    if node.get("deployToAll").and_then(Node::as_bool) == Some(true) {
        return vec![all_infrastructures(place("deployToAll"), environment, node.span(), cx)];
    }
    let definitions = value(node, "infrastructureDefinitions");
    if let Some((list, text)) = definitions.and_then(|list| Some((list, expression(list)?))) {
        return vec![runtime_infrastructure(list, text, environment, cx)];
    }
    let items = definitions.into_iter().flat_map(Node::items);
    let targets: Vec<Target> =
        items.map(|item| infrastructure(item, environment.clone(), cx)).collect();
    if !targets.is_empty() {
        return targets;
    }
    if let Some((all, text)) = value(node, "deployToAll").and_then(|n| Some((n, expression(n)?))) {
        return vec![runtime_infrastructure(all, text, environment, cx)];
    }
    vec![no_infrastructure(node, environment, cx)]
}

fn environment_name(node: Node<'_>, cx: &mut Context<'_>) -> Reference {
    let reference = value(node, "environmentRef");
    match reference.and_then(Node::as_str) {
        Some(text) if is_expression(text) => {
            let message = format!(
                "The environment is given by `{text}`, which only a run knows. A \
                 placeholder stands for it."
            );
            cx.warning("runtime-input", reference.unwrap_or(node), message);
            Reference::unknown(text)
        }
        Some(text) => Reference::known(text),
        None => {
            cx.error(
                "missing-environment",
                node,
                "Expected `environmentRef:` with the identifier of an environment.",
            );
            Reference::unknown("no environment")
        }
    }
}

fn infrastructure(item: Node<'_>, environment: Reference, cx: &mut Context<'_>) -> Target {
    let reference =
        if item.kind() == NodeKind::Scalar { Some(item) } else { value(item, "identifier") };
    let name = match reference.and_then(Node::as_str) {
        Some(text) if is_expression(text) => {
            return runtime_infrastructure(reference.unwrap_or(item), text, environment, cx);
        }
        Some(text) => Reference::known(text),
        None => {
            cx.error(
                "missing-infrastructure",
                item,
                "Expected `identifier:` with the identifier of an infrastructure.",
            );
            Reference::unknown("no infrastructure")
        }
    };
    Target {
        environment: Some(environment),
        infrastructure: Some(name),
        detail: None,
        span: item.span(),
    }
}

fn all_infrastructures(
    key: Node<'_>,
    environment: Reference,
    span: Span,
    cx: &mut Context<'_>,
) -> Target {
    cx.warning("deploy-to-all", key, format!(
        "Which infrastructures `{}` has is not in this text. A placeholder stands for all of them.",
        environment.text
    ));
    unknown("all infrastructures", Some(environment), span)
}

fn runtime_infrastructure(
    node: Node<'_>,
    text: &str,
    environment: Reference,
    cx: &mut Context<'_>,
) -> Target {
    cx.warning("runtime-input", node, format!(
        "The infrastructure is given by `{text}`, which only a run knows. A placeholder stands for \
         it."
    ));
    unknown(text, Some(environment), node.span())
}

fn no_infrastructure(node: Node<'_>, environment: Reference, cx: &mut Context<'_>) -> Target {
    // An environment that isn't known brings its infrastructures with it.
    if environment.is_known {
        cx.error("missing-infrastructure", node, format!(
            "`{}` has no infrastructure here. Expected `infrastructureDefinitions:` with a list, \
             or `deployToAll: true`. A placeholder stands for it.",
            environment.text
        ));
    }
    unknown("no infrastructure", Some(environment), node.span())
}

pub(super) fn from_stage(source: Node<'_>, cx: &mut Context<'_>) -> Target {
    let stage = value(source, "stage").and_then(Node::as_str).unwrap_or("another stage");
    cx.warning("use-from-stage", source, format!(
        "The environment is taken from {stage}. It is not looked up: a placeholder stands for it."
    ));
    unknown(&format!("as in {stage}"), None, source.span())
}

//! The target axis: environments and their infrastructures, flattened in the order of the text.

mod environment;
mod older;

use deployline_yaml::{Node, NodeKind, Span};

use super::parallel::{self, ListKind};
use super::{Context, expression, value};
use crate::{Axis, Reference, Target};

/// Whether the stage lists its targets.
pub(super) fn are_list(spec: Node<'_>) -> bool {
    value(spec, "environments").is_some() || value(spec, "environmentGroup").is_some()
}

/// Reads the targets of a deployment stage's `spec`.
pub(super) fn read(
    spec: Node<'_>,
    both: bool,
    choice: Option<bool>,
    cx: &mut Context<'_>,
) -> Axis<Target> {
    if let Some(node) = value(spec, "environments") {
        let items = environments(node, cx);
        return list(node, ListKind::Environments, items, both, choice, cx);
    }
    if let Some(node) = value(spec, "environmentGroup") {
        let items = group(node, cx);
        return list(node, ListKind::EnvironmentGroup, items, both, choice, cx);
    }
    let target = value(spec, "environment")
        .map(|node| environment::single(node, cx))
        .or_else(|| value(spec, "infrastructure").map(|node| older::read(node, cx)))
        .unwrap_or_else(|| missing(spec, cx));
    single(target)
}

/// With GitOps the environments and clusters are handled inside each deployment.
pub(super) fn gitops(spec: Node<'_>) -> Axis<Target> {
    let environment = value(spec, "environment");
    let reference = environment.and_then(|node| value(node, "environmentRef")?.as_str());
    let place = ["environment", "environments", "environmentGroup"]
        .iter()
        .find_map(|key| value(spec, key))
        .unwrap_or(spec);
    single(Target {
        environment: reference.map(Reference::known),
        infrastructure: None,
        detail: Some(environment.map_or("its clusters", |_| "clusters").to_owned()),
        span: place.span(),
    })
}

fn single(target: Target) -> Axis<Target> {
    Axis { items: vec![target], parallel: None, list: None }
}

fn list(
    node: Node<'_>,
    kind: ListKind,
    items: Vec<Target>,
    both: bool,
    choice: Option<bool>,
    cx: &mut Context<'_>,
) -> Axis<Target> {
    let parallel = parallel::read(node, kind, both, choice, cx);
    let list = (!node.is_aliased() && node.kind() == NodeKind::Mapping).then(|| node.span());
    Axis { items, parallel: Some(parallel), list }
}

fn environments(node: Node<'_>, cx: &mut Context<'_>) -> Vec<Target> {
    if let Some((key, _)) = node.entry("filters").filter(|(_, filters)| !filters.is_null()) {
        return vec![filters(key, "environments", cx)];
    }
    let values = value(node, "values").unwrap_or(node);
    if let Some(text) = expression(values) {
        return vec![runtime(values, text, "The list of environments is", cx)];
    }
    let targets = values.items().flat_map(|item| environment::listed(item, cx));
    let targets: Vec<Target> = targets.collect();
    if targets.is_empty() {
        cx.error(
            "empty-environments",
            node,
            "The list of environments is empty. Expected `values:` with items like \
             `- environmentRef: my_environment`. A placeholder stands for them.",
        );
        return vec![unknown("no environment", None, node.span())];
    }
    targets
}

fn group(node: Node<'_>, cx: &mut Context<'_>) -> Vec<Target> {
    let reference = value(node, "envGroupRef").and_then(Node::as_str).unwrap_or("its group");
    if let Some((key, _)) = node.entry("filters").filter(|(_, filters)| !filters.is_null()) {
        return vec![filters(key, reference, cx)];
    }
    let deploys_to_all = node.get("deployToAll").and_then(Node::as_bool) == Some(true);
    let listed = value(node, "environments").filter(|_| !deploys_to_all);
    if let Some((environments, text)) = listed.and_then(|node| Some((node, expression(node)?))) {
        return vec![runtime(environments, text, "The choice of environments is", cx)];
    }
    let targets = listed.into_iter().flat_map(Node::items);
    let targets: Vec<Target> = targets.flat_map(|item| environment::listed(item, cx)).collect();
    if !targets.is_empty() {
        return targets;
    }
    let place = node.entry("deployToAll").filter(|_| deploys_to_all);
    cx.warning(
        "environment-group-members",
        place.map_or(node, |(key, _)| key),
        format!(
            "Which environments `{reference}` holds is not in this text. A placeholder stands for \
             all of them."
        ),
    );
    vec![unknown(&format!("all of {reference}"), None, node.span())]
}

fn filters(key: Node<'_>, of: &str, cx: &mut Context<'_>) -> Target {
    cx.warning(
        "filters",
        key,
        "What these filters keep depends on entities that are not in this text. A placeholder \
         stands for all of it.",
    );
    unknown(&format!("{of} by filter"), None, key.span())
}

fn runtime(node: Node<'_>, text: &str, what: &str, cx: &mut Context<'_>) -> Target {
    cx.warning(
        "runtime-input",
        node,
        format!("{what} given by `{text}`, which only a run knows. A placeholder stands for it."),
    );
    unknown(text, None, node.span())
}

/// A target of which not even the environment is known, or not the infrastructure.
fn unknown(text: &str, environment: Option<Reference>, span: Span) -> Target {
    match environment {
        Some(environment) => Target {
            environment: Some(environment),
            infrastructure: Some(Reference::unknown(text)),
            detail: None,
            span,
        },
        None => Target {
            environment: Some(Reference::unknown(text)),
            infrastructure: None,
            detail: None,
            span,
        },
    }
}

fn missing(spec: Node<'_>, cx: &mut Context<'_>) -> Target {
    cx.error(
        "missing-environment",
        super::start_of(spec),
        "The stage names no environment. Expected `environment:` with `environmentRef` and \
         `infrastructureDefinitions`, or `environments:` with `values`.",
    );
    unknown("no environment", None, spec.span())
}

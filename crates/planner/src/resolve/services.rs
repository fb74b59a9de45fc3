//! The service axis: `services`, `service`, or `serviceConfig` of the older model.

use deployline_yaml::{Node, NodeKind, Span};

use super::parallel::{self, ListKind};
use super::{Context, expression, is_expression, value};
use crate::{Axis, Reference, Service};

/// Reads the services of a deployment stage's `spec`.
pub(super) fn read(
    spec: Node<'_>,
    both: bool,
    choice: Option<bool>,
    cx: &mut Context<'_>,
) -> Axis<Service> {
    if let Some(services) = value(spec, "services") {
        return list(services, both, choice, cx);
    }
    let service = value(spec, "service")
        .map(|service| single(service, cx))
        .or_else(|| value(spec, "serviceConfig").map(|config| older_model(config, cx)))
        .unwrap_or_else(|| missing(spec, cx));
    Axis { items: vec![service], parallel: None, list: None }
}

fn list(
    services: Node<'_>,
    both: bool,
    choice: Option<bool>,
    cx: &mut Context<'_>,
) -> Axis<Service> {
    let parallel = parallel::read(services, ListKind::Services, both, choice, cx);
    let list =
        (!services.is_aliased() && services.kind() == NodeKind::Mapping).then(|| services.span());
    let items = match value(services, "useFromStage") {
        Some(source) => vec![from_stage(source, cx)],
        None => values(services, cx),
    };
    Axis { items, parallel: Some(parallel), list }
}

fn values(services: Node<'_>, cx: &mut Context<'_>) -> Vec<Service> {
    let values = value(services, "values").unwrap_or(services);
    if let Some(text) = expression(values) {
        return vec![runtime(values, text, "The list of services is", cx)];
    }
    let items: Vec<Service> =
        values.items().map(|item| referenced(item, item.span(), cx)).collect();
    if items.is_empty() {
        cx.error(
            "empty-services",
            services,
            "The list of services is empty. Expected `values:` with items like \
             `- serviceRef: my_service`. A placeholder stands for them.",
        );
        return vec![unknown("no service", services.span())];
    }
    items
}

fn single(service: Node<'_>, cx: &mut Context<'_>) -> Service {
    if let Some(source) = value(service, "useFromStage") {
        return from_stage(source, cx);
    }
    referenced(service, service.span(), cx)
}

/// A mapping with `serviceRef`.
fn referenced(node: Node<'_>, span: Span, cx: &mut Context<'_>) -> Service {
    let reference = value(node, "serviceRef").unwrap_or(node);
    match reference.as_str() {
        Some(text) if is_expression(text) => runtime(reference, text, "The service is", cx),
        Some(text) => Service { name: Reference::known(text), span },
        None => {
            cx.error(
                "missing-service",
                node,
                "Expected `serviceRef:` with the identifier of a service.",
            );
            unknown("no service", span)
        }
    }
}

fn older_model(config: Node<'_>, cx: &mut Context<'_>) -> Service {
    if let Some(source) = value(config, "useFromStage") {
        return from_stage(source, cx);
    }
    let reference = value(config, "serviceRef")
        .or_else(|| config.at(&["service", "identifier"]))
        .or_else(|| value(config, "service"))
        .unwrap_or(config);
    referenced(reference, config.span(), cx)
}

fn from_stage(source: Node<'_>, cx: &mut Context<'_>) -> Service {
    let stage = value(source, "stage").and_then(Node::as_str).unwrap_or("another stage");
    cx.warning(
        "use-from-stage",
        source,
        format!(
            "The service is taken from {stage}. It is not looked up: a placeholder stands for it."
        ),
    );
    unknown(&format!("as in {stage}"), source.span())
}

fn runtime(node: Node<'_>, text: &str, what: &str, cx: &mut Context<'_>) -> Service {
    cx.warning(
        "runtime-input",
        node,
        format!("{what} given by `{text}`, which only a run knows. A placeholder stands for it."),
    );
    unknown(text, node.span())
}

fn missing(spec: Node<'_>, cx: &mut Context<'_>) -> Service {
    cx.error(
        "missing-service",
        super::start_of(spec),
        "The stage names no service. Expected `service:` with `serviceRef`, or `services:` with \
         `values`.",
    );
    unknown("no service", spec.span())
}

fn unknown(text: &str, span: Span) -> Service {
    Service { name: Reference::unknown(text), span }
}

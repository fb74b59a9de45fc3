//! Targets by what the documents of infrastructures say.

use deployline_engine::{Reference, Target, bounded_name};
use deployline_span::Span;
use deployline_yaml::Node;

use crate::document_kind::unscoped;
use crate::expression::is_expression;
use crate::resolve::budget::{CountedList, Item};
use crate::resolve::context::{Context, Reader};
use crate::resolve::entities::Entities;
use crate::rules;

/// A target with both names, and with the flag from its document.
pub(in crate::resolve) fn known(
    environment: Reference,
    infrastructure: &str,
    span: Span,
    entities: &Entities<'_>,
) -> Target {
    let entity = entities.infrastructure(&environment.text, infrastructure);
    let flag = entity.and_then(|entity| entity.get("allowSimultaneousDeployments")?.as_bool());
    Target {
        environment: Some(environment),
        infrastructure: Some(Reference::known(infrastructure)),
        detail: None,
        allows_simultaneous: flag == Some(true),
        constraint_values: entity.and_then(constraint_values),
        span,
    }
}

/// Values by which the resource constraint knows an infrastructure: of Kubernetes its connector, cluster and
/// namespace. `None` for other types, and where an expression gives one of them.
pub(super) fn constraint_values(definition: Node<'_>) -> Option<String> {
    let kind = definition.get("type")?.as_str()?;
    let spec = definition.get("spec").filter(|_| kind.starts_with("Kubernetes"))?;
    let text = |key: &str| spec.get(key).and_then(Node::as_str);
    let (connector, namespace) = (text("connectorRef")?, text("namespace")?);
    let values =
        format!("{}\n{}\n{namespace}", unscoped(connector), text("cluster").unwrap_or_default());
    (!is_expression(&values)).then(|| bounded_name(&values))
}

/// Every infrastructure of an environment, in the order of their documents, at most so many. Where there is
/// none, `hint` is added to what is said.
pub(in crate::resolve) fn all_infrastructures(
    environment: &Reference,
    most: usize,
    span: Span,
    place: Span,
    hint: &str,
    reader: &mut Reader<'_, '_>,
) -> Vec<Target> {
    let Context { entities, budget, .. } = &mut *reader.cx;
    let all = entities.infrastructures(&environment.text);
    if !all.is_empty() && environment.is_known {
        let of = Some(environment.text.as_str());
        let count = all.len().min(most);
        let list = CountedList { name: "deployToAll", of, count, span: place };
        if !budget.take_nested(Item::Target, &list) {
            return Vec::new();
        }
        let all = all.iter().take(most);
        return all.map(|(name, _)| known(environment.clone(), name, span, entities)).collect();
    }
    reader.report(
        &rules::DEPLOY_TO_ALL,
        place,
        format!(
            "The text does not list the infrastructures of `{name}`. A placeholder stands for all of \
             them. Add documents `infrastructureDefinition:` with `environmentRef: {own}`.{hint}",
            name = environment.text,
            own = unscoped(&environment.text)
        ),
    );
    vec![Target::placeholder("all infrastructures", Some(environment.clone()), span)]
}

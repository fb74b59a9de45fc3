//! One environment and its infrastructures.

use deployline_engine::{Reference, Target};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::{filters, runtime, unknown};
use crate::resolve::entities::unscoped;
use crate::resolve::room::{Item, List};
use crate::resolve::text::{self, Scope, Text, expression};
use crate::resolve::view::View;
use crate::resolve::{Context, key_span};
use crate::rules;

/// `environment:`, which has one infrastructure.
pub(super) fn single<'a>(view: &View<'a>, scope: &Scope<'_>, cx: &mut Context<'a>) -> Target {
    let targets = listed(view, 2, scope, cx);
    if targets.len() > 1 {
        let place = view.value("infrastructureDefinitions").map_or(view.span(), |list| list.span());
        cx.report(
            &rules::ENVIRONMENT_EXTRA_INFRASTRUCTURES,
            place,
            "`environment` deploys to one infrastructure: the first is drawn. Use `environments` \
             to deploy to several.",
        );
    }
    if targets.is_empty() && !cx.room.is_full() {
        let nothing = filters::nothing_left_of(std::slice::from_ref(view), cx);
        return nothing.unwrap_or_else(|| unknown("nothing", None, view.span()));
    }
    targets.into_iter().next().unwrap_or_else(|| unknown("nothing", None, view.span()))
}

/// An environment of a list: one target for each infrastructure, at most so many; none only by filters
/// and where they are too many.
pub(super) fn listed<'a>(
    view: &View<'a>,
    most: usize,
    scope: &Scope<'_>,
    cx: &mut Context<'a>,
) -> Vec<Target> {
    if let Some(text) = expression(view) {
        return vec![runtime(view.span(), text, "The environment is", cx)];
    }
    let environment = name_of(view, scope, cx);
    if view.value("filters").is_some() {
        return filters::infrastructures(view, &environment, most, cx);
    }
    if view.get("deployToAll").and_then(|all| text::flag(&all)) == Some(true) {
        let place = key_span(view, "deployToAll");
        return all_infrastructures(&environment, most, view.span(), place, cx);
    }
    let definitions = view.value("infrastructureDefinitions");
    if let Some(list) = &definitions
        && let Some(text) = expression(list)
    {
        return vec![runtime_infrastructure(list.span(), text, environment, cx)];
    }
    let Some(definitions) = definitions.filter(|list| list.node().items().len() > 0) else {
        return vec![without_infrastructure(view, environment, cx)];
    };
    let count = definitions.node().items().len().min(most);
    let of = Some(environment.text.as_str());
    let list = List { name: "infrastructureDefinitions", of, count, span: definitions.span() };
    if !cx.room.multiply(Item::Target, &list) {
        return Vec::new();
    }
    let items = definitions.first_items(most);
    items.iter().map(|item| infrastructure(item, &environment, scope, cx)).collect()
}

fn name_of(view: &View<'_>, scope: &Scope<'_>, cx: &mut Context<'_>) -> Reference {
    let reference = view.value("environmentRef");
    let reference = reference.as_ref();
    match reference.and_then(|reference| text::read(reference, scope, cx)) {
        Some(Text::Known(name)) => Reference::known(name),
        Some(Text::Runtime(name)) => {
            let span = reference.map_or(view.span(), View::span);
            runtime(span, &name, "The environment is", cx);
            Reference::unknown(name)
        }
        None => {
            cx.report(
                &rules::MISSING_ENVIRONMENT,
                view.span(),
                "Expected `environmentRef:` with the identifier of an environment.",
            );
            Reference::unknown("no environment")
        }
    }
}

fn infrastructure(
    item: &View<'_>,
    environment: &Reference,
    scope: &Scope<'_>,
    cx: &mut Context<'_>,
) -> Target {
    let reference = match item.kind() {
        NodeKind::Scalar => Some(item.clone()),
        _ => item.value("identifier"),
    };
    match reference.as_ref().and_then(|reference| text::read(reference, scope, cx)) {
        Some(Text::Known(name)) => known(environment.clone(), &name, item.span(), cx),
        Some(Text::Runtime(name)) => {
            let place = reference.map_or(item.span(), |reference| reference.span());
            runtime_infrastructure(place, &name, environment.clone(), cx)
        }
        None => {
            cx.report(
                &rules::MISSING_INFRASTRUCTURE,
                item.span(),
                "Expected `identifier:` with the identifier of an infrastructure.",
            );
            unknown("no infrastructure", Some(environment.clone()), item.span())
        }
    }
}

/// A target with both names, and what its document says about it.
pub(in crate::resolve) fn known(
    environment: Reference,
    infrastructure: &str,
    span: Span,
    cx: &Context<'_>,
) -> Target {
    let entity = cx.entities.infrastructure(&environment.text, infrastructure);
    let flag = entity.and_then(|entity| entity.get("allowSimultaneousDeployments")?.as_bool());
    Target {
        environment: Some(environment),
        infrastructure: Some(Reference::known(infrastructure)),
        detail: None,
        allows_simultaneous: flag == Some(true),
        span,
    }
}

/// Every infrastructure of an environment, in the order of their documents, at most so many.
pub(in crate::resolve) fn all_infrastructures(
    environment: &Reference,
    most: usize,
    span: Span,
    place: Span,
    cx: &mut Context<'_>,
) -> Vec<Target> {
    let all = cx.entities.infrastructures(&environment.text);
    if !all.is_empty() && environment.is_known {
        let of = Some(environment.text.as_str());
        let count = all.len().min(most);
        let list = List { name: "deployToAll", of, count, span: place };
        if !cx.room.multiply(Item::Target, &list) {
            return Vec::new();
        }
        let all = cx.entities.infrastructures(&environment.text).iter().take(most);
        return all.map(|(name, _)| known(environment.clone(), name, span, cx)).collect();
    }
    cx.report(
        &rules::DEPLOY_TO_ALL,
        place,
        format!(
            "Which infrastructures `{name}` has is not in this text. A placeholder stands for all \
             of them; documents `infrastructureDefinition:` with `environmentRef: {own}` would tell.",
            name = environment.text,
            own = unscoped(&environment.text)
        ),
    );
    vec![unknown("all infrastructures", Some(environment.clone()), span)]
}

fn runtime_infrastructure(
    span: Span,
    text: &str,
    environment: Reference,
    cx: &mut Context<'_>,
) -> Target {
    runtime(span, text, "The infrastructure is", cx);
    unknown(text, Some(environment), span)
}

fn without_infrastructure(view: &View<'_>, environment: Reference, cx: &mut Context<'_>) -> Target {
    if let Some(all) = view.value("deployToAll")
        && let Some(text) = text::unsettled(&all)
    {
        return runtime_infrastructure(all.span(), text, environment, cx);
    }
    // An environment that isn't known brings its infrastructures with it.
    if environment.is_known {
        let message = format!(
            "`{}` has no infrastructure here. Expected `infrastructureDefinitions:` with a list, \
             or `deployToAll: true`. A placeholder stands for it.",
            environment.text
        );
        cx.report(&rules::MISSING_INFRASTRUCTURE, view.span(), message);
    }
    unknown("no infrastructure", Some(environment), view.span())
}

//! One environment and its infrastructures.

use deployline_engine::{Reference, Target};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::filters::{self, Filters};
use super::infrastructure::{all_infrastructures, known};
use crate::resolve::budget::{CountedList, Item};
use crate::resolve::context::Reader;
use crate::resolve::scalar::{self, Scalar, expression};
use crate::resolve::view::View;
use crate::rules;

/// Reads `environment:`, which has one infrastructure.
pub(super) fn single<'a>(view: &View<'a>, reader: &mut Reader<'_, 'a>) -> Target {
    let targets = listed(view, 2, reader);
    if targets.len() > 1 {
        let place = view.value("infrastructureDefinitions").map_or(view.span(), |list| list.span());
        reader.report(
            &rules::ENVIRONMENT_EXTRA_INFRASTRUCTURES,
            place,
            "`environment` deploys to one infrastructure: the first is drawn. Use `environments` \
             to deploy to several.",
        );
    }
    let nothing = || Target::placeholder("nothing", None, view.span());
    if targets.is_empty() && !reader.cx.budget.is_exceeded() {
        return filters::nothing_left_of(std::slice::from_ref(view), reader)
            .unwrap_or_else(nothing);
    }
    targets.into_iter().next().unwrap_or_else(nothing)
}

/// Reads the targets of environments, each of which was taken from the budget once; stops where they
/// are too many.
pub(super) fn all_listed<'a>(items: &[View<'a>], reader: &mut Reader<'_, 'a>) -> Vec<Target> {
    let mut targets = Vec::new();
    for item in items {
        targets.extend(listed(item, usize::MAX, reader));
        if reader.cx.budget.is_exceeded() {
            break;
        }
    }
    targets
}

/// Reads an environment of a list: one target for each infrastructure, at most `most`. There is none only
/// where filters choose none, or there are too many.
fn listed<'a>(view: &View<'a>, most: usize, reader: &mut Reader<'_, 'a>) -> Vec<Target> {
    if let Some(text) = expression(view) {
        scalar::report_runtime_input(view.span(), "The environment is", text, reader);
        return vec![Target::placeholder(text, None, view.span())];
    }
    let environment = name_of(view, reader);
    if view.value("filters").is_some() {
        let filters = Filters::written(view, reader);
        let chosen = filters.map(|filters| filters.infrastructures(&environment, most, reader));
        return chosen.unwrap_or_default();
    }
    if view.get("deployToAll").and_then(|all| scalar::flag(&all)) == Some(true) {
        let place = view.key_span("deployToAll");
        return all_infrastructures(&environment, most, view.span(), place, reader);
    }
    let definitions = view.value("infrastructureDefinitions");
    if let Some(list) = &definitions
        && let Some(text) = expression(list)
    {
        return vec![runtime_infrastructure(list.span(), text, environment, reader)];
    }
    let Some(definitions) = definitions.filter(|list| list.item_count() > 0) else {
        return vec![without_infrastructure(view, environment, reader)];
    };
    let count = definitions.item_count().min(most);
    let of = Some(environment.text.as_str());
    let span = definitions.span();
    let list = CountedList { name: "infrastructureDefinitions", of, count, span };
    if !reader.cx.budget.take_nested(Item::Target, &list) {
        return Vec::new();
    }
    let items = definitions.first_items(most);
    items.iter().map(|item| infrastructure(item, &environment, reader)).collect()
}

fn name_of(view: &View<'_>, reader: &mut Reader<'_, '_>) -> Reference {
    let reference = view.value("environmentRef");
    let reference = reference.as_ref();
    match reference.and_then(|reference| scalar::read(reference, reader)) {
        Some(Scalar::Known(name)) => Reference::known(name),
        Some(Scalar::Runtime(text)) => {
            let span = reference.map_or(view.span(), View::span);
            scalar::report_runtime_input(span, "The environment is", &text, reader);
            Reference::unknown(text)
        }
        None => {
            reader.report(
                &rules::MISSING_ENVIRONMENT,
                view.span(),
                "Expected `environmentRef:` with the identifier of an environment.",
            );
            Reference::unknown("no environment")
        }
    }
}

fn infrastructure(item: &View<'_>, environment: &Reference, reader: &mut Reader<'_, '_>) -> Target {
    let reference = match item.kind() {
        NodeKind::Scalar => Some(item.clone()),
        _ => item.value("identifier"),
    };
    match reference.as_ref().and_then(|reference| scalar::read(reference, reader)) {
        Some(Scalar::Known(name)) => {
            known(environment.clone(), &name, item.span(), &reader.cx.entities)
        }
        Some(Scalar::Runtime(text)) => {
            let place = reference.map_or(item.span(), |reference| reference.span());
            runtime_infrastructure(place, &text, environment.clone(), reader)
        }
        None => {
            reader.report(
                &rules::MISSING_INFRASTRUCTURE,
                item.span(),
                "Expected `identifier:` with the identifier of an infrastructure.",
            );
            Target::placeholder("no infrastructure", Some(environment.clone()), item.span())
        }
    }
}

fn runtime_infrastructure(
    span: Span,
    text: &str,
    environment: Reference,
    reader: &mut Reader<'_, '_>,
) -> Target {
    scalar::report_runtime_input(span, "The infrastructure is", text, reader);
    Target::placeholder(text, Some(environment), span)
}

fn without_infrastructure(
    view: &View<'_>,
    environment: Reference,
    reader: &mut Reader<'_, '_>,
) -> Target {
    if let Some(all) = view.value("deployToAll")
        && let Some(text) = scalar::unsettled(&all)
    {
        return runtime_infrastructure(all.span(), text, environment, reader);
    }
    // An environment that isn't known brings its infrastructures with it.
    if environment.is_known {
        let message = format!(
            "`{}` has no infrastructure here. Expected `infrastructureDefinitions:` with a list, \
             or `deployToAll: true`. A placeholder stands for it.",
            environment.text
        );
        reader.report(&rules::MISSING_INFRASTRUCTURE, view.span(), message);
    }
    Target::placeholder("no infrastructure", Some(environment), view.span())
}

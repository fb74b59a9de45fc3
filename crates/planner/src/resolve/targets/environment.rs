//! One environment and its infrastructures.

use std::cell::Cell;

use deployline_engine::{Reference, Service, Target};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::filters::{Filters, TargetChoice};
use super::infrastructure::{all_infrastructures, known};
use super::tags::ServiceTags;
use crate::resolve::budget::{CountedList, Item};
use crate::resolve::context::Reader;
use crate::resolve::scalar::{self, Scalar, expression};
use crate::resolve::view::View;
use crate::resolve::{found, no_effect, runtime_input};
use crate::{fix, rules};

/// Reads `environment:`, which has one infrastructure.
pub(super) fn single<'a>(
    view: &View<'a>,
    service: Option<&Service>,
    reader: &mut Reader<'_, 'a>,
) -> Target {
    let filters = Filters::written(view, reader);
    let service = service.filter(|_| filters.is_some());
    let service = service.map(|service| ServiceTags::of(service, reader.cx));
    let targets = listed(view, filters.as_ref(), 2, service.as_ref(), reader);
    if targets.len() > 1 {
        let place = match view.value("infrastructureDefinitions").filter(|_| filters.is_none()) {
            Some(list) if list.item_count() > 0 => list.span(),
            _ if filters.is_some() => view.key_span("filters"),
            _ => view.key_span("deployToAll"),
        };
        reader.report(
            &rules::ENVIRONMENT_EXTRA_INFRASTRUCTURES,
            place,
            "`environment` deploys to one infrastructure: the first is drawn. Use `environments` \
             to deploy to several.",
        );
    }
    let nothing = || Target::placeholder("nothing", None, view.span());
    if targets.is_empty() && !reader.cx.budget.is_exceeded() {
        return match &filters {
            Some(filters) => filters.nothing_left(reader),
            None => nothing(),
        };
    }
    targets.into_iter().next().unwrap_or_else(nothing)
}

/// Environments of a list, those without filters before the others, as the engine takes them.
pub(super) struct EnvironmentList<'l, 'a> {
    plain: Vec<&'l View<'a>>,
    filtered: Vec<(&'l View<'a>, Filters<'a>)>,
}

impl<'l, 'a> EnvironmentList<'l, 'a> {
    /// Sorts `items` by their own filters and those from above, which are put on each of them.
    pub(super) fn new(
        items: &'l [View<'a>],
        above: Option<&Filters<'a>>,
        reader: &mut Reader<'_, 'a>,
    ) -> Self {
        let mut list = Self { plain: Vec::with_capacity(items.len()), filtered: Vec::new() };
        for item in items {
            match Filters::on_each(above, Filters::written(item, reader)) {
                None => list.plain.push(item),
                Some(filters) => list.filtered.push((item, filters)),
            }
        }
        list
    }

    /// Reads the targets of the environments, each of which was taken from the budget once; for each
    /// service where its tags choose them.
    pub(super) fn choose(&self, services: &[Service], reader: &mut Reader<'_, 'a>) -> TargetChoice {
        let kept: Vec<Cell<bool>> = self.filtered.iter().map(|_| Cell::new(false)).collect();
        let by_service = self.filtered.iter().find(|(_, filters)| filters.depend_on_service());
        let choice = match by_service {
            Some((_, filters)) => filters.choose_by_service(services, reader, |service, reader| {
                self.targets(Some(service), &kept, reader)
            }),
            None => self.targets(None, &kept, reader).into(),
        };
        let is_some_kept = !self.plain.is_empty() || kept.iter().any(Cell::get);
        if is_some_kept && !reader.cx.budget.is_exceeded() {
            let left_out = self.filtered.iter().zip(&kept).filter(|(_, is_kept)| !is_kept.get());
            left_out.for_each(|((item, filters), _)| filters.report_left_out(item, reader));
        }
        choice
    }

    /// Reads the targets for a service, and which of the filtered environments have some; stops where they are
    /// too many.
    fn targets(
        &self,
        service: Option<&ServiceTags>,
        kept: &[Cell<bool>],
        reader: &mut Reader<'_, 'a>,
    ) -> Vec<Target> {
        let mut targets = Vec::new();
        for item in &self.plain {
            targets.extend(listed(item, None, usize::MAX, service, reader));
            if reader.cx.budget.is_exceeded() {
                return targets;
            }
        }
        for ((item, filters), is_kept) in self.filtered.iter().zip(kept) {
            let chosen = listed(item, Some(filters), usize::MAX, service, reader);
            is_kept.set(is_kept.get() || !chosen.is_empty());
            targets.extend(chosen);
            if reader.cx.budget.is_exceeded() {
                break;
            }
        }
        targets
    }

    /// Stands for the targets where filters left no environment any; `None` where there are no filters.
    pub(super) fn nothing_left(&self, reader: &mut Reader<'_, 'a>) -> Option<Target> {
        let (_, filters) = self.filtered.first()?;
        Some(filters.nothing_left(reader))
    }
}

/// Reads an environment of a list: one target for each infrastructure, at most `most`. There is none only
/// where filters choose none, or there are too many.
fn listed<'a>(
    view: &View<'a>,
    filters: Option<&Filters<'a>>,
    most: usize,
    service: Option<&ServiceTags>,
    reader: &mut Reader<'_, 'a>,
) -> Vec<Target> {
    if let Some(text) = expression(view) {
        scalar::report_runtime(view.span(), "The environment is", text, reader);
        return vec![Target::placeholder(text, None, view.span())];
    }
    let environment = name_of(view, reader);
    let definitions = ["infrastructureDefinitions", "infrastructureDefinition"]
        .into_iter()
        .find_map(|key| Some((key, view.value(key)?)));
    if let Some(filters) = filters {
        filters.check_in(view, reader);
    }
    let is_listed = definitions.is_some();
    let counts = |filters: &&Filters<'a>| !(is_listed && filters.are_refused_in(view));
    if let Some(filters) = filters.filter(counts) {
        if let Some((key, _)) = definitions.filter(|(_, list)| expression(list).is_none()) {
            no_effect::report(view, key, "filters", reader);
        }
        return filters.of_listed(view, &environment, most, service, reader);
    }
    let to_all =
        view.get("deployToAll").and_then(|all| scalar::settled_flag(&all, reader)) == Some(true);
    let Some((key, definitions)) = definitions.filter(|(_, list)| !is_empty(list)) else {
        return match to_all {
            true => all_alone(view, &environment, most, reader),
            false => vec![without_infrastructure(view, environment, reader)],
        };
    };
    if let Some(text) = expression(&definitions) {
        // The product writes "all of them" in this way.
        if to_all && runtime_input::is_input(text) {
            let place = view.key_span("deployToAll");
            return all_infrastructures(&environment, most, view.span(), place, "", reader);
        }
        return vec![runtime_infrastructure(definitions.span(), text, environment, reader)];
    }
    if to_all {
        no_effect::report(view, "deployToAll", key, reader);
    }
    if key == "infrastructureDefinition" || definitions.kind() != NodeKind::Sequence {
        return vec![infrastructure(&definitions, &environment, reader)];
    }
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

/// Returns `true` for a list without items, and for an empty text.
fn is_empty(definitions: &View<'_>) -> bool {
    match definitions.kind() {
        NodeKind::Sequence => definitions.item_count() == 0,
        NodeKind::Scalar => definitions.as_str().is_none_or(|text| text.trim().is_empty()),
        NodeKind::Mapping => false,
        NodeKind::Null => true,
    }
}

/// All infrastructures by `deployToAll` with nothing beside it.
fn all_alone(
    view: &View<'_>,
    environment: &Reference,
    most: usize,
    reader: &mut Reader<'_, '_>,
) -> Vec<Target> {
    const HINT: &str = " The product refuses `deployToAll: true` alone: write \
                        `infrastructureDefinitions: <+input>` beside it.";
    let place = view.key_span("deployToAll");
    let are_known = !reader.cx.entities.infrastructures(&environment.text).is_empty();
    if are_known && environment.is_known {
        let message = "The product refuses `deployToAll: true` alone. All infrastructures that the \
                       text has are drawn. Write `infrastructureDefinitions: <+input>` beside it, or \
                       a list.";
        reader.report(&rules::DEPLOY_TO_ALL_ALONE, place, message);
    }
    all_infrastructures(environment, most, view.span(), place, HINT, reader)
}

fn name_of(view: &View<'_>, reader: &mut Reader<'_, '_>) -> Reference {
    let reference = view.value("environmentRef");
    let reference = reference.as_ref();
    match reference.and_then(|reference| scalar::read(reference, reader)) {
        Some(Scalar::Known(name)) if name.trim().is_empty() => {
            let span = reference.map_or(view.span(), View::span);
            let message = "`environmentRef` is empty. Expected the identifier of an environment.";
            reader.report(&rules::MISSING_ENVIRONMENT, span, message);
            Reference::unknown("no environment")
        }
        Some(Scalar::Known(name)) => Reference::known(name),
        Some(Scalar::Runtime(text)) => {
            let place = reference.unwrap_or(view);
            let written = scalar::written(place);
            scalar::report_runtime(place.span(), "The environment is", written, reader);
            Reference::unknown(text)
        }
        Some(Scalar::Several(_)) | None => {
            let expected = "Expected `environmentRef:` with the identifier of an environment.";
            match reference {
                Some(it) => found::report(&rules::MISSING_ENVIRONMENT, it, expected, reader),
                None => reader.report(&rules::MISSING_ENVIRONMENT, view.span(), expected),
            }
            Reference::unknown("no environment")
        }
    }
}

fn infrastructure(item: &View<'_>, environment: &Reference, reader: &mut Reader<'_, '_>) -> Target {
    let reference = match item.kind() {
        NodeKind::Scalar => Some(item.clone()),
        _ => item.value("identifier").or_else(|| by_other_key(item, reader)),
    };
    match reference.as_ref().and_then(|reference| scalar::read(reference, reader)) {
        Some(Scalar::Known(name)) if !name.trim().is_empty() => {
            known(environment.clone(), &name, item.span(), &reader.cx.entities)
        }
        Some(Scalar::Runtime(text)) => {
            let place = reference.as_ref().unwrap_or(item);
            let written = scalar::written(place);
            scalar::report_runtime(place.span(), "The infrastructure is", written, reader);
            Target::placeholder(text, Some(environment.clone()), place.span())
        }
        found => {
            let expected = match found {
                Some(Scalar::Known(_)) => {
                    "The identifier is empty. Expected that of an infrastructure."
                }
                _ => "Expected `identifier:` with the identifier of an infrastructure.",
            };
            match &reference {
                Some(it) => found::report(&rules::MISSING_INFRASTRUCTURE, it, expected, reader),
                None => reader.report(&rules::MISSING_INFRASTRUCTURE, item.span(), expected),
            }
            Target::placeholder("no infrastructure", Some(environment.clone()), item.span())
        }
    }
}

/// The name of an infrastructure behind a key that other places use for it.
fn by_other_key<'v>(item: &View<'v>, reader: &mut Reader<'_, '_>) -> Option<View<'v>> {
    const OTHER_KEYS: [&str; 3] = ["ref", "infrastructureDefinitionRef", "infrastructureRef"];
    let (key, value) = OTHER_KEYS.iter().find_map(|key| item.entry(key))?;
    let name = key.as_str()?;
    let message = format!(
        "`{name}` stands here, and the product reads `identifier`: this infrastructure is refused. \
         It is drawn as meant."
    );
    // Beside an empty one, it would be there twice.
    let fix = fix::key(key, "identifier").filter(|_| item.get("identifier").is_none());
    reader.report_with_fix(&rules::INFRASTRUCTURE_KEY, key.span(), message, fix);
    (value.kind() == NodeKind::Scalar).then_some(value)
}

fn runtime_infrastructure(
    span: Span,
    text: &str,
    environment: Reference,
    reader: &mut Reader<'_, '_>,
) -> Target {
    scalar::report_runtime(span, "The infrastructure is", text, reader);
    Target::placeholder(text, Some(environment), span)
}

fn without_infrastructure(
    view: &View<'_>,
    environment: Reference,
    reader: &mut Reader<'_, '_>,
) -> Target {
    if let Some(all) = view.value("deployToAll")
        && let Some(text) = scalar::unsettled(&all)
        && scalar::settled_flag(&all, reader).is_none()
    {
        return runtime_infrastructure(all.span(), text, environment, reader);
    }
    let definitions = view.get("infrastructureDefinitions");
    if let Some(empty) = definitions.filter(|list| list.kind() == NodeKind::Scalar) {
        let message = "`infrastructureDefinitions` is empty. Expected a list with items like \
                       `- identifier: my_infrastructure`. A placeholder stands for it.";
        reader.report(&rules::MISSING_INFRASTRUCTURE, empty.span(), message);
    } else if environment.is_known && view.taker().is_none() {
        // An environment that isn't known brings its infrastructures with it, and of one beside
        // `useFromStage` that is said already.
        let message = format!(
            "`{}` has no infrastructure here. Expected `infrastructureDefinitions:` with a list, \
             or `<+input>` beside `deployToAll: true`. A placeholder stands for it.",
            environment.text
        );
        reader.report(&rules::MISSING_INFRASTRUCTURE, view.span(), message);
    }
    Target::placeholder("no infrastructure", Some(environment), view.span())
}

//! `environmentGroup`: its listed environments, or with `deployToAll` all that its document names.

use deployline_engine::{Reference, Service, Target};
use deployline_span::Span;
use deployline_yaml::Node;

use super::environment::EnvironmentList;
use super::filters::{Filters, TargetChoice};
use super::infrastructure::all_infrastructures;
use crate::document_kind::unscoped;
use crate::inputs::ANSWERS;
use crate::resolve::budget::{CountedList, Item};
use crate::resolve::context::Reader;
use crate::resolve::scalar::{self, Scalar, expression};
use crate::resolve::view::View;
use crate::resolve::{found, no_effect, runtime_input};
use crate::rules;

/// Reads the targets of a group.
pub(super) fn read<'a>(
    view: &View<'a>,
    services: &[Service],
    reader: &mut Reader<'_, 'a>,
) -> TargetChoice {
    let filters = Filters::written(view, reader);
    let name = name_of(view, reader);
    if let Some(targets) = listed(view, filters.as_ref(), services, reader) {
        return targets;
    }
    match &filters {
        Some(filters) => filters.report_missing_kind(reader),
        None if is_to_all(view, reader) || is_answered(name.as_ref(), reader) => {}
        None => return vec![undecided(view, name, reader)].into(),
    }
    let known = match &name {
        Some(Scalar::Known(name)) => Some(name.as_str()),
        _ => None,
    };
    let members = known.and_then(|name| members_of(name, view.key_span("envGroupRef"), reader));
    match filters {
        Some(filters) if members.is_some() || filters.depend_on_service() => {
            return filters.choose(members, services, reader);
        }
        _ => {}
    }
    if let Some(members) = members {
        let name = known.unwrap_or_default();
        return all_of(name, &members, view.span(), view.key_span("envGroupRef"), reader).into();
    }
    if reader.cx.budget.is_exceeded() {
        return Vec::new().into();
    }
    let key = if view.value("deployToAll").is_some() { "deployToAll" } else { "envGroupRef" };
    let target = match name {
        Some(Scalar::Runtime(text)) => unknown_group(view, &text, reader),
        Some(Scalar::Known(name)) => {
            unknown_members(&name, view.span(), view.key_span(key), reader)
        }
        Some(Scalar::Several(_)) | None => {
            unknown_members("the group", view.span(), view.key_span(key), reader)
        }
    };
    vec![target].into()
}

/// The identifier of the group; reports what is none.
fn name_of(view: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<Scalar> {
    let reference = view.value("envGroupRef")?;
    let name = scalar::read(&reference, reader);
    if let Some(Scalar::Several(_)) | None = name {
        let expected = "Expected `envGroupRef:` with the identifier of an environment group.";
        found::report(&rules::MISSING_ENVIRONMENT, &reference, expected, reader);
    }
    name
}

/// Reads the environments that the stage lists below the group; `None` where it lists none.
fn listed<'a>(
    view: &View<'a>,
    filters: Option<&Filters<'a>>,
    services: &[Service],
    reader: &mut Reader<'_, 'a>,
) -> Option<TargetChoice> {
    let listed = view.value("environments")?;
    let to_all = is_to_all(view, reader);
    if let Some(text) = expression(&listed) {
        // The product writes "all of them" in this way.
        if to_all && runtime_input::is_input(text) {
            return None;
        }
        return Some(vec![super::by_expression(&listed, text, reader)].into());
    }
    let count = listed.item_count();
    if count > 0 && to_all {
        no_effect::report(view, "deployToAll", "environments", reader);
    }
    let list = CountedList { name: "environments", of: None, count, span: listed.span() };
    if !reader.cx.budget.take(Item::Target, &list) {
        return Some(Vec::new().into());
    }
    let items = listed.items();
    let above = filters.filter(|filters| count > 0 && filters.choose_infrastructures(reader));
    let list = EnvironmentList::new(&items, above, reader);
    let mut choice = list.choose(services, reader);
    let is_exceeded = reader.cx.budget.is_exceeded();
    if choice.items.is_empty() && !is_exceeded {
        choice.items.extend(list.nothing_left(reader));
    }
    (!choice.items.is_empty() || is_exceeded).then_some(choice)
}

fn is_to_all(view: &View<'_>, reader: &mut Reader<'_, '_>) -> bool {
    view.get("deployToAll").and_then(|all| scalar::settled_flag(&all, reader)) == Some(true)
}

/// Returns `true` where the viewer says how many environments there are.
fn is_answered(name: Option<&Scalar>, reader: &Reader<'_, '_>) -> bool {
    let Some(Scalar::Known(name)) = name else { return false };
    reader.cx.entities.group(name).is_some_and(|group| group.span().source == ANSWERS)
}

/// Stands for the environments of a group with neither a list nor `deployToAll: true`.
fn undecided(view: &View<'_>, name: Option<Scalar>, reader: &mut Reader<'_, '_>) -> Target {
    let text = match name {
        Some(Scalar::Known(text)) => text,
        Some(Scalar::Runtime(text)) => return unknown_group(view, &text, reader),
        Some(Scalar::Several(_)) | None => "the group".to_owned(),
    };
    let written = view.get("deployToAll");
    if let Some(all) = written.filter(|all| scalar::unsettled(all).is_some()) {
        let by = scalar::unsettled(&all).unwrap_or_default();
        scalar::report_runtime(all.span(), "The list of environments is", by, reader);
    } else {
        let message = format!(
            "The stage has neither a list `environments` nor `deployToAll: true`, so it is not known to \
             which environments of the group `{text}` it deploys. A placeholder stands for them. Add one \
             of the two."
        );
        let place = view.key_span("envGroupRef");
        reader.report(&rules::ENVIRONMENT_GROUP_UNDECIDED, place, message);
    }
    Target::placeholder(format!("some of {text}"), None, view.span())
}

/// Stands for the environments of a group that an expression gives.
fn unknown_group(view: &View<'_>, text: &str, reader: &mut Reader<'_, '_>) -> Target {
    let place = view.value("envGroupRef").unwrap_or_else(|| view.clone());
    let written = scalar::written(&place);
    scalar::report_runtime(place.span(), "The environment group is", written, reader);
    Target::placeholder(text, None, place.span())
}

/// The environments that the group's document names, if there is such a document.
pub(in crate::resolve) fn members_of<'a>(
    name: &str,
    place: Span,
    reader: &mut Reader<'_, 'a>,
) -> Option<Vec<&'a str>> {
    let members = reader.cx.entities.group(name)?.get("envIdentifiers")?.items();
    let list = environments_of(name, members.len(), place);
    if !reader.cx.budget.inspect(members.len(), &list) {
        return None;
    }
    let names: Vec<&str> = members.filter_map(Node::as_str).collect();
    (!names.is_empty()).then_some(names)
}

fn environments_of(group: &str, count: usize, span: Span) -> CountedList<'_> {
    CountedList { name: "environments", of: Some(group), count, span }
}

/// All targets of the group with this name.
pub(in crate::resolve) fn all_of_group(
    name: &Reference,
    span: Span,
    reader: &mut Reader<'_, '_>,
) -> Vec<Target> {
    match members_of(&name.text, span, reader) {
        Some(members) => all_of(&name.text, &members, span, span, reader),
        None if name.is_known => vec![unknown_members(&name.text, span, span, reader)],
        None => vec![Target::placeholder(&name.text, None, span)],
    }
}

fn all_of(
    group: &str,
    members: &[&str],
    span: Span,
    place: Span,
    reader: &mut Reader<'_, '_>,
) -> Vec<Target> {
    let mut targets = Vec::new();
    let list = environments_of(group, members.len(), place);
    if !reader.cx.budget.take(Item::Target, &list) {
        return targets;
    }
    for name in members.iter().map(|name| Reference::known(*name)) {
        targets.extend(all_infrastructures(&name, usize::MAX, span, place, "", reader));
        if reader.cx.budget.is_exceeded() {
            break;
        }
    }
    targets
}

/// Stands for the environments of a group that the texts don't name.
fn unknown_members(name: &str, span: Span, place: Span, reader: &mut Reader<'_, '_>) -> Target {
    reader.report(
        &rules::ENVIRONMENT_GROUP_MEMBERS,
        place,
        format!(
            "The text does not list the environments of the group `{name}`. A placeholder stands for \
             all of them. Add a document `environmentGroup:` with `identifier: {}`.",
            unscoped(name)
        ),
    );
    Target::placeholder(format!("all of {name}"), None, span)
}

//! `environment` of the newer schema: one, several, a group, or what filters choose.

use deployline_engine::{Axis, Reference, Target};
use deployline_yaml::NodeKind;

use super::filters::{self, NewerFilters};
use super::flag::{FlagReader, flag_place, one};
use super::items::{self, Items};
use super::name::name_of;
use crate::resolve::budget::{CountedList, Item};
use crate::resolve::context::Reader;
use crate::resolve::given_list::{self, GivenList};
use crate::resolve::scalar::{self, Scalar, expression};
use crate::resolve::view::View;
use crate::resolve::{found, targets, unpublished};
use crate::rules;

/// Reads the targets of a stage.
pub(super) fn environments<'a>(
    view: &View<'a>,
    choice: Option<bool>,
    reader: &mut Reader<'_, 'a>,
) -> Axis<Target> {
    let Some(environment) = view.value("environment") else {
        let span = view.first_key_span();
        let message = "The stage names no environment. Expected `environment:`.";
        reader.report(&rules::MISSING_ENVIRONMENT, span, message);
        return one(Target::placeholder("no environment", None, span));
    };
    let place = view.key_span("environment");
    let list = |items: Vec<Target>, holders: &[&View<'a>], reader: &mut Reader<'_, 'a>| {
        let flag = FlagReader { choice, place, count: items.len() };
        let parallel = Some(flag.read(holders, reader));
        Axis { items, parallel, flag: flag_place(&environment) }
    };
    if environment.kind() == NodeKind::Sequence {
        let read_as = "It is read as `items` of one `environment`.";
        unpublished::report(place, "a list as `environment`", read_as, reader);
        let items = deploy_to_each(&environment, None, reader);
        return list(items, &[&environment], reader);
    }
    if let Some(group) = environment.value("group") {
        let items = of_group(&group, reader);
        return list(items, &[&environment, &group], reader);
    }
    let above = NewerFilters::written(&environment, reader);
    if let Some(items) = environment.value("items") {
        let items = deploy_to_each(&items, above.as_ref(), reader);
        return list(items, &[&environment], reader);
    }
    let is_one = ["id", "name"].iter().any(|key| environment.value(key).is_some());
    match above {
        Some(filters) if !is_one => {
            let items = filters.choose(None, reader);
            list(items, &[&environment], reader)
        }
        above => single(&environment, above.as_ref(), (choice, view), reader),
    }
}

/// The one environment, which may have several infrastructures.
fn single<'a>(
    environment: &View<'a>,
    filters: Option<&NewerFilters<'a>>,
    (choice, view): (Option<bool>, &View<'a>),
    reader: &mut Reader<'_, 'a>,
) -> Axis<Target> {
    let place = view.key_span("environment");
    if environment.kind() == NodeKind::Scalar && expression(environment).is_none() {
        let form = "the name alone as `environment`";
        unpublished::report(place, form, "It is read as its `id`.", reader);
    }
    let one = CountedList { name: "environment", of: None, count: 1, span: environment.span() };
    reader.cx.budget.take(Item::Target, &one);
    let name = name_of(environment, "environment", reader);
    let (items, is_list) = deploy_to(name, environment, filters, reader);
    let flag = FlagReader { choice, place, count: items.len() };
    let parallel = is_list.then(|| flag.read(&[environment], reader));
    Axis { items, parallel, flag: flag_place(environment).filter(|_| is_list) }
}

/// The environments of a group: those that it lists, what filters choose of it, or all of them.
fn of_group<'a>(group: &View<'a>, reader: &mut Reader<'_, 'a>) -> Vec<Target> {
    let filters = NewerFilters::written(group, reader);
    if let Some(items) = group.value("items") {
        return deploy_to_each(&items, filters.as_ref(), reader);
    }
    let name = name_of(group, "environment group", reader);
    let span = group.span();
    match filters {
        None => targets::all_of_group(&name, span, reader),
        Some(filters) => match targets::members_of_group(&name.text, span, reader) {
            Some(members) => filters.choose(Some(&members), reader),
            // The placeholder of the group stands for what they choose as well.
            None => targets::all_of_group(&name, span, reader),
        },
    }
}

fn deploy_to_each<'a>(
    list: &View<'a>,
    above: Option<&NewerFilters<'a>>,
    reader: &mut Reader<'_, 'a>,
) -> Vec<Target> {
    let given = items::read(list, "environments", reader);
    let count = match &given {
        Items::Written => list.item_count(),
        Items::Given(names) => names.len(),
        Items::Unknown(text) => return vec![Target::placeholder(text, None, list.span())],
    };
    let all = CountedList { name: "environment", of: None, count, span: list.span() };
    let mut targets = Vec::new();
    if !reader.cx.budget.take(Item::Target, &all) {
        return targets;
    }
    let named: Vec<(Reference, View<'a>)> = match given {
        Items::Given(names) => {
            names.into_iter().map(|name| (Reference::known(name), list.clone())).collect()
        }
        _ => list
            .items()
            .into_iter()
            .map(|item| (name_of(&item, "environment", reader), item))
            .collect(),
    };
    for (environment, item) in named {
        let own = NewerFilters::written(&item, reader);
        targets.extend(deploy_to(environment, &item, own.as_ref().or(above), reader).0);
        if reader.cx.budget.is_exceeded() {
            return targets;
        }
    }
    if targets.is_empty() && count > 0 {
        return filters::nothing_left(list.span(), reader);
    }
    not_empty(targets, list, reader)
}

fn not_empty(items: Vec<Target>, list: &View<'_>, reader: &mut Reader<'_, '_>) -> Vec<Target> {
    if !items.is_empty() {
        return items;
    }
    let expected = "Expected at least one item here.";
    found::report(&rules::EMPTY_ENVIRONMENTS, list, expected, reader);
    vec![Target::placeholder("no environment", None, list.span())]
}

/// Reads the targets of one environment; `true` beside them for a list, which `deploy-to` with one name
/// is not.
fn deploy_to<'a>(
    environment: Reference,
    item: &View<'a>,
    filters: Option<&NewerFilters<'a>>,
    reader: &mut Reader<'_, 'a>,
) -> (Vec<Target>, bool) {
    if let Some(filters) = filters {
        return (filters.choose_in(&environment, reader), true);
    }
    if !environment.is_known && item.value("deploy-to").is_none() {
        return (vec![Target::placeholder(&environment.text, None, item.span())], false);
    }
    let place = item.span();
    let all = |place, reader: &mut Reader<'_, 'a>| {
        targets::all_infrastructures(&environment, usize::MAX, item.span(), place, "", reader)
    };
    let Some(to) = item.value("deploy-to") else { return (all(place, reader), false) };
    let is_all = match expression(&to) {
        None => to.as_str() == Some("all"),
        Some(_) => matches!(scalar::read(&to, reader), Some(Scalar::Known(text)) if text == "all"),
    };
    if is_all {
        let read_as = "It is read as all infrastructures of the environment.";
        unpublished::report(to.span(), "`deploy-to: all`", read_as, reader);
        return (all(to.span(), reader), true);
    }
    infrastructures(&environment, &to, reader)
}

/// Reads the infrastructures in a `deploy-to`: one, a list, or an expression that gives either.
fn infrastructures(
    environment: &Reference,
    to: &View<'_>,
    reader: &mut Reader<'_, '_>,
) -> (Vec<Target>, bool) {
    let target = |name: Reference, span, reader: &Reader<'_, '_>| -> Target {
        if name.is_known {
            targets::known(environment.clone(), &name.text, span, &reader.cx.entities)
        } else {
            Target::placeholder(&name.text, Some(environment.clone()), span)
        }
    };
    let given = match expression(to).map(|_| given_list::read("deploy-to", to, reader)) {
        Some(GivenList::Known(names)) => Some(names),
        Some(GivenList::Unknown | GivenList::NoList(_)) | None => None,
    };
    if given.is_none() && to.kind() != NodeKind::Sequence {
        let name = name_of(to, "infrastructure", reader);
        return (vec![target(name, to.span(), reader)], false);
    }
    let of = Some(environment.text.as_str());
    let count = given.as_ref().map_or(to.item_count(), Vec::len);
    let list = CountedList { name: "deploy-to", of, count, span: to.span() };
    if !reader.cx.budget.take_nested(Item::Target, &list) {
        return (Vec::new(), true);
    }
    let items: Vec<Target> = match given {
        Some(names) => {
            let named = |name| target(Reference::known(name), to.span(), reader);
            names.into_iter().map(named).collect()
        }
        None => {
            let named = |place: &View<'_>| {
                let name = name_of(place, "infrastructure", reader);
                target(name, place.span(), reader)
            };
            to.items().iter().map(named).collect()
        }
    };
    (not_empty(items, to, reader), true)
}

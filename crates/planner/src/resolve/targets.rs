//! The target axis: environments and their infrastructures, flattened in the order of the text.
//!
//! Follows `docs/semantics.md`, "From YAML to an ordered list and a limit".

mod environment;
mod filter;
mod filter_keys;
mod filters;
mod gitops;
mod group;
mod infrastructure;
mod older;
mod selection;
mod source;
mod tags;

use deployline_engine::{Axis, FlagPlace, Service, Target};
use deployline_yaml::NodeKind;

use super::budget::{CountedList, Item};
use super::context::Reader;
use super::parallel::{self, FlagContext, ListKind};
use super::scalar::{self, expression};
use super::view::View;
use crate::rules;
use environment::EnvironmentList;
use filters::{Filters, TargetChoice};

pub(super) use gitops::read as read_gitops;
pub(super) use group::{all_of_group, members_of as members_of_group};
pub(super) use infrastructure::{all_infrastructures, known};
pub(super) use source::TargetSource;

/// Reads the axis, and the pairs with `services` that filters on their tags make.
pub(super) fn read<'a>(
    source: &TargetSource<'a>,
    services: &[Service],
    flag_context: FlagContext,
    reader: &mut Reader<'_, 'a>,
) -> (Axis<Target>, Option<Vec<(u32, u32)>>) {
    let single = |target| (Axis { items: vec![target], parallel: None, flag: None }, None);
    match source {
        TargetSource::Environments { view, own } => {
            let choice = environments(view, services, reader);
            list(view, own, ListKind::Environments, choice, flag_context, reader)
        }
        TargetSource::Group { view, own } => {
            let choice = group::read(view, services, reader);
            list(view, own, ListKind::EnvironmentGroup, choice, flag_context, reader)
        }
        TargetSource::Single(view) => single(environment::single(view, services.first(), reader)),
        TargetSource::Older(view) => single(older::read(view, reader)),
        TargetSource::NotTaken(span) => single(Target::placeholder("not taken", None, *span)),
        TargetSource::Refused(span) => single(Target::placeholder("no environment", None, *span)),
        TargetSource::Missing(span) => {
            reader.report(
                &rules::MISSING_ENVIRONMENT,
                *span,
                "The stage names no environment. Expected `environment:` with `environmentRef` and \
                 `infrastructureDefinitions`, or `environments:` with `values`.",
            );
            single(Target::placeholder("no environment", None, *span))
        }
    }
}

fn list(
    view: &View<'_>,
    own: &View<'_>,
    kind: ListKind,
    choice: TargetChoice,
    flag_context: FlagContext,
    reader: &mut Reader<'_, '_>,
) -> (Axis<Target>, Option<Vec<(u32, u32)>>) {
    let parallel = parallel::read(view, kind, flag_context, reader);
    let can_edit = own.is_own() && own.kind() == NodeKind::Mapping;
    let flag = can_edit.then(|| FlagPlace::in_metadata(own.span()));
    let TargetChoice { items, pairs } = choice;
    (Axis { items, parallel: Some(parallel), flag }, pairs)
}

fn environments<'a>(
    view: &View<'a>,
    services: &[Service],
    reader: &mut Reader<'_, 'a>,
) -> TargetChoice {
    let above = Filters::written(view, reader);
    let values = view.value("values");
    let above = match (above, &values) {
        (Some(filters), None) => {
            filters.report_missing_kind(reader);
            return filters.choose(None, services, reader);
        }
        (above, _) => above.filter(|filters| filters.choose_infrastructures(reader)),
    };
    let values = values.as_ref().unwrap_or(view);
    if let Some(text) = expression(values) {
        return vec![by_expression(values, text, reader)].into();
    }
    let count = values.item_count();
    let list = CountedList { name: "environments", of: None, count, span: values.span() };
    if !reader.cx.budget.take(Item::Target, &list) {
        return Vec::new().into();
    }
    let items = values.items();
    let list = EnvironmentList::new(&items, above.as_ref(), reader);
    let mut choice = list.choose(services, reader);
    if choice.items.is_empty() && !reader.cx.budget.is_exceeded() {
        let nothing = list.nothing_left(reader);
        choice.items.push(nothing.unwrap_or_else(|| no_environments(view, reader)));
    }
    choice
}

/// Stands for a whole list of environments that is given by an expression.
fn by_expression(list: &View<'_>, text: &str, reader: &mut Reader<'_, '_>) -> Target {
    scalar::report_list(list.span(), "The list of environments is", text, reader);
    Target::placeholder(text, None, list.span())
}

/// Stands for the environments of a list that has none.
fn no_environments(view: &View<'_>, reader: &mut Reader<'_, '_>) -> Target {
    reader.report(
        &rules::EMPTY_ENVIRONMENTS,
        view.span(),
        "The list of environments is empty. Expected `values:` with items like \
         `- environmentRef: my_environment`. A placeholder stands for them.",
    );
    Target::placeholder("no environment", None, view.span())
}

/// Targets that filters choose without regard to the service.
pub(super) fn filtered<'a>(view: &View<'a>, reader: &mut Reader<'_, 'a>) -> Vec<Target> {
    let filters = Filters::written(view, reader);
    filters.map(|filters| filters.environments(None, None, reader)).unwrap_or_default()
}

//! `filters` of the newer schema, which choose environments and infrastructures by their tags.
//!
//! ```text
//! filters: [{environments: all, infrastructures: [{tags: {in: {region: eu}}}]}]
//! ```
//!
//! A target is kept by a filter that keeps its environment and its infrastructure.

use deployline_engine::{Reference, Target};
use deployline_map::Set;
use deployline_span::Span;
use deployline_yaml::{Node, NodeKind};

use crate::document_kind::unscoped;
use crate::expression::Value;
use crate::resolve::budget::{Budget, CountedList, Item};
use crate::resolve::context::{Context, Reader};
use crate::resolve::found;
use crate::resolve::scalar::{self, expression};
use crate::resolve::targets;
use crate::resolve::values::ServiceTags;
use crate::resolve::view::View;
use crate::rules;

/// The filters of an environment, a list or a group.
pub(super) struct NewerFilters<'a> {
    key: Span,
    holder: View<'a>,
    /// `None` where only a run knows a tag.
    filters: Option<Vec<Filter>>,
    /// `true` for filters in the form of the older schema.
    is_older: bool,
}

/// One filter: what it keeps of both.
struct Filter {
    environments: Kept,
    infrastructures: Kept,
}

/// What a filter keeps.
#[derive(Default)]
struct Kept {
    /// Conditions of which one is enough; none where all are kept.
    any: Vec<Tagged>,
    /// Conditions that must hold, all of them.
    all: Vec<Tagged>,
}

/// A condition on tags.
struct Tagged {
    tags: Set<(String, String)>,
    /// `true` where an entity must have every one of them.
    is_every: bool,
}

impl<'a> NewerFilters<'a> {
    /// The filters of `holder`; `None` where it has none, or these are too many.
    pub(super) fn written(holder: &View<'a>, reader: &mut Reader<'_, 'a>) -> Option<Self> {
        let (key, list) = holder.entry("filters").filter(|(_, list)| !list.is_null())?;
        let key = key.span();
        if let Some(text) = expression(&list) {
            scalar::report_runtime(list.span(), "The list of filters is", text, reader);
            return Some(Self { key, holder: holder.clone(), filters: None, is_older: false });
        }
        if !reader.cx.budget.inspect(list.item_count(), &counted(list.item_count(), list.span())) {
            return None;
        }
        let items = list.items();
        let is_older = items.iter().any(|item| item.value("entities").is_some());
        if is_older {
            let message = "These filters are written in the form of the older schema. Here a filter has `environments` \
                           and `infrastructures`, each with `all` or conditions on tags.";
            reader.report(&rules::OTHER_SCHEMA, key, message);
            return Some(Self { key, holder: holder.clone(), filters: None, is_older });
        }
        let filters = items.iter().map(|item| filter(item, reader)).collect();
        Some(Self { key, holder: holder.clone(), filters, is_older })
    }

    /// The targets that are kept of these environments, or of all.
    pub(super) fn choose(
        &self,
        candidates: Option<&[&'a str]>,
        reader: &mut Reader<'_, 'a>,
    ) -> Vec<Target> {
        if self.is_older {
            return targets::filtered(&self.holder, reader);
        }
        let Some(filters) = &self.filters else { return vec![self.by_filter(None)] };
        if reader.cx.entities.environments().is_empty() {
            self.report_unknown_tags(reader);
            return vec![self.by_filter(None)];
        }
        let mut chosen = Vec::new();
        let mut environments = 0_usize;
        let count = candidates.map_or(reader.cx.entities.environments().len(), <[&str]>::len);
        for index in 0..count {
            let entities = &reader.cx.entities;
            let candidate = match candidates {
                None => entities.environments().get(index).copied(),
                Some(names) => entities.environment(names[index]),
            };
            let Some((name, entity)) = candidate else { continue };
            let of_it = self.of_environment(filters, (name, Some(entity)), reader);
            environments += usize::from(!of_it.is_empty());
            chosen.extend(of_it);
            if reader.cx.budget.is_exceeded() {
                return chosen;
            }
        }
        if environments > 1 {
            let order = if candidates.is_some() { "the group" } else { "their documents" };
            let message = format!(
                "The product doesn't say in which order it takes environments that filters choose. \
                 They are drawn in the order of {order}."
            );
            reader.report(&rules::FILTERED_ORDER, self.key, message);
        }
        if chosen.is_empty() {
            chosen = nothing_left(self.key, reader);
        }
        chosen
    }

    /// The infrastructures that are kept of one environment: maybe none.
    pub(super) fn choose_in(
        &self,
        environment: &Reference,
        reader: &mut Reader<'_, 'a>,
    ) -> Vec<Target> {
        let by_filter = || vec![self.by_filter(Some(environment.clone()))];
        let Some(filters) = self.filters.as_ref().filter(|_| environment.is_known) else {
            return by_filter();
        };
        if reader.cx.entities.infrastructures(&environment.text).is_empty() {
            self.report_unknown_tags(reader);
            return by_filter();
        }
        let entity = reader.cx.entities.environment(&environment.text).map(|(_, entity)| entity);
        self.of_environment(filters, (&environment.text, entity), reader)
    }

    /// The targets in an environment; without its document only its infrastructures are asked.
    fn of_environment(
        &self,
        filters: &[Filter],
        (name, entity): (&str, Option<Node<'a>>),
        reader: &mut Reader<'_, 'a>,
    ) -> Vec<Target> {
        let Context { entities, budget, .. } = &mut *reader.cx;
        let keeps = |filter: &&Filter, budget: &mut Budget| {
            entity.is_none_or(|entity| filter.environments.keeps(entity, self.key, budget))
        };
        let mut of_it: Vec<&Filter> = Vec::new();
        for filter in filters {
            if keeps(&filter, budget) {
                of_it.push(filter);
            }
        }
        let mut kept: Vec<&str> = Vec::new();
        for (infrastructure, entity) in entities.infrastructures(name) {
            if of_it.iter().any(|it| it.infrastructures.keeps(*entity, self.key, budget)) {
                kept.push(infrastructure);
            }
        }
        if !budget.take(Item::Target, &counted(kept.len(), self.key)) {
            return Vec::new();
        }
        let target = |infrastructure: &&str| {
            targets::known(Reference::known(name), infrastructure, self.holder.span(), entities)
        };
        kept.iter().map(target).collect()
    }

    fn by_filter(&self, environment: Option<Reference>) -> Target {
        let text = if environment.is_some() { "by filter" } else { "environments by filter" };
        Target::placeholder(text, environment, self.holder.span())
    }

    fn report_unknown_tags(&self, reader: &mut Reader<'_, '_>) {
        reader.report(
            &rules::FILTERS,
            self.key,
            "What these filters keep depends on tags that the text does not contain. A placeholder \
             stands for all of it. Add documents `environment:` and `infrastructureDefinition:` \
             with their tags.",
        );
    }
}

impl Kept {
    fn keeps(&self, entity: Node<'_>, place: Span, budget: &mut Budget) -> bool {
        let tags = entity.get("tags");
        let count = tags.map_or(0, |tags| tags.entries().len());
        let effort = (self.any.len() + self.all.len()).saturating_mul(count + 1) + 1;
        if !budget.inspect(effort, &counted(effort, place)) {
            return false;
        }
        let text = |node: Node<'_>| node.as_str().unwrap_or_default().to_owned();
        let tags = tags.into_iter().flat_map(Node::entries);
        let tags: Set<(String, String)> = tags.map(|(k, v)| (text(k), text(v))).collect();
        let holds = |condition: &Tagged| {
            let found = tags.iter().filter(|tag| condition.tags.contains(*tag)).count();
            if condition.is_every { found == condition.tags.len() } else { found > 0 }
        };
        (self.any.is_empty() || self.any.iter().any(holds)) && self.all.iter().all(holds)
    }
}

/// Stands for targets where filters left none; where they are of one service, this is left out.
pub(super) fn nothing_left(span: Span, reader: &mut Reader<'_, '_>) -> Vec<Target> {
    if reader.cx.values.service.is_some() {
        return Vec::new();
    }
    let message = "These filters keep no infrastructure. Compare their tags with those of the documents in \
                   this text.";
    reader.report(&rules::FILTERS_MATCH_NOTHING, span, message);
    vec![Target::placeholder("nothing", None, span)]
}

fn counted(count: usize, span: Span) -> CountedList<'static> {
    CountedList { name: "filters", of: None, count, span }
}

/// Reads one filter; `None` where only a run knows what it keeps.
fn filter(item: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<Filter> {
    if let Some(text) = expression(item) {
        scalar::report_runtime(item.span(), "The filter is", text, reader);
        return None;
    }
    let environments = kept(item.value("environments"), reader)?;
    let infrastructures = kept(item.value("infrastructures"), reader)?;
    Some(Filter { environments, infrastructures })
}

/// Reads what a filter keeps of one kind: `all`, conditions, or `or` and `and` with conditions.
fn kept(view: Option<View<'_>>, reader: &mut Reader<'_, '_>) -> Option<Kept> {
    let Some(view) = view else { return Some(Kept::default()) };
    if let Some(text) = expression(&view) {
        scalar::report_runtime(view.span(), "What the filter keeps is", text, reader);
        return None;
    }
    match view.kind() {
        NodeKind::Sequence => Some(Kept { any: conditions(&view, reader)?, all: Vec::new() }),
        NodeKind::Mapping if view.value("tags").is_some() => {
            Some(Kept { any: condition(&view, reader)?.into_iter().collect(), all: Vec::new() })
        }
        NodeKind::Mapping => {
            let mut list = |key: &str| match view.value(key) {
                Some(list) => conditions(&list, reader),
                None => Some(Vec::new()),
            };
            Some(Kept { any: list("or")?, all: list("and")? })
        }
        NodeKind::Null => Some(Kept::default()),
        NodeKind::Scalar => {
            if view.as_str() != Some("all") {
                let message = "Expected `all`, a list of conditions such as `- tags: {in: {region: eu}}`, or `or` and \
                               `and` with such lists. It is drawn as `all`.";
                reader.report(&rules::FILTER_INVALID, view.span(), message);
            }
            Some(Kept::default())
        }
    }
}

fn conditions(list: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<Vec<Tagged>> {
    if !reader.cx.budget.inspect(list.item_count(), &counted(list.item_count(), list.span())) {
        return None;
    }
    let mut all = Vec::new();
    for item in list.items() {
        all.extend(condition(&item, reader)?);
    }
    Some(all)
}

/// Reads one condition; an inner `None` where it says nothing.
#[expect(
    clippy::option_option,
    reason = "a condition that is not known differs from one that is not there"
)]
fn condition(item: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<Option<Tagged>> {
    let of = |key| item.at(&["tags", key]);
    let (map, is_every) = match (of("in"), of("all")) {
        (Some(map), _) => (map, false),
        (None, Some(map)) => (map, true),
        (None, None) => {
            let message = "Expected `tags:` with `in` (any of these tags) or `all` (every one). The condition is \
                           drawn as if it held.";
            reader.report(&rules::FILTER_INVALID, item.first_key_span(), message);
            return Some(None);
        }
    };
    if let Some(text) = expression(&map) {
        if let Ok(Value::Map(entries)) = reader.evaluate(text) {
            let tags = entries.into_iter().map(|(key, value)| (key, value.into_text()));
            return Some(Some(Tagged { tags: tags.collect(), is_every }));
        }
        report_unknown(&map, "The tags of the filter are", reader);
        return None;
    }
    let count = map.node().entries().len();
    if !reader.cx.budget.inspect(count, &counted(count, map.span())) {
        return None;
    }
    let mut tags = Set::new();
    for (key, value) in map.entries() {
        match scalar::read(&value, reader) {
            Some(scalar::Scalar::Runtime(_)) => {
                report_unknown(&value, "The tag of the filter is", reader);
                return None;
            }
            Some(scalar::Scalar::Known(text)) => {
                tags.insert((key.as_str().unwrap_or_default().to_owned(), text));
            }
            None if value.is_null() => {
                tags.insert((key.as_str().unwrap_or_default().to_owned(), String::new()));
            }
            Some(scalar::Scalar::Several(_)) | None => {
                let expected = "Expected one value of the tag. A placeholder stands for what the filter keeps.";
                found::report(&rules::FILTER_INVALID, &value, expected, reader);
                return None;
            }
        }
    }
    Some(Some(Tagged { tags, is_every }))
}

/// Reports tags without a value here: those of a service stand in its document.
fn report_unknown(view: &View<'_>, subject: &str, reader: &mut Reader<'_, '_>) {
    let text = scalar::written(view);
    match &reader.cx.values.service {
        Some(ServiceTags { name, tags: None }) if text.contains("service.tags") => {
            let message = format!(
                "These filters use the tags of the service `{name}`, which the text does not contain. A placeholder \
                 stands for its targets. Add a document `service:` with `identifier: {}` and its tags.",
                unscoped(name)
            );
            reader.report(&rules::FILTERS, view.span(), message);
        }
        _ => scalar::report_runtime(view.span(), subject, text, reader),
    }
}

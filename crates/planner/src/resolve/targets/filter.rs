//! One filter: the kinds of entities that it is for, and the tags that it keeps.

use deployline_map::Set;
use deployline_span::Span;
use deployline_yaml::Node;

use super::tags::{GivenTags, Tags, is_tags_of_pipeline, tags, tags_of_view, with_tags_of_service};
use crate::expression::is_expression;
use crate::resolve::budget::{Budget, CountedList};
use crate::resolve::context::Reader;
use crate::resolve::view::View;

/// One filter as read.
pub(super) struct Filter {
    /// `environments`, `infrastructures`, `gitOpsClusters`.
    entities: Vec<String>,
    condition: Condition,
    pub(super) span: Span,
}

enum Condition {
    All,
    AnyTag(Set<(String, String)>),
    EveryTag(Set<(String, String)>),
}

impl Filter {
    /// Reads a filter; `None` where there is too much to inspect.
    pub(super) fn read(
        filter: &View<'_>,
        given: &GivenTags<'_>,
        reader: &mut Reader<'_, '_>,
    ) -> Option<Self> {
        let (entities, wanted) = (filter.value("entities"), filter.at(&["spec", "tags"]));
        let names = entities.as_ref().map_or(0, View::item_count);
        let tags_count = wanted.as_ref().map_or(0, |tags| tags.node().entries().len());
        let count = names + tags_count.max(given.of_service.len());
        if !reader.cx.budget.inspect(count, &counted(count, filter.span())) {
            return None;
        }
        let mut wanted = match wanted {
            Some(text) if text.as_str().is_some_and(is_tags_of_pipeline) => tags(given.of_pipeline),
            Some(text) if text.as_str().is_some() => given.of_service.to_vec(),
            wanted => wanted.as_ref().map(tags_of_view).unwrap_or_default(),
        };
        for (_, value) in &mut wanted {
            if is_expression(value) {
                *value = reader.substitute(&with_tags_of_service(value, given.of_service));
            }
        }
        let wanted = wanted.into_iter().collect();
        let condition = match (filter.str_of("type"), filter.at(&["spec", "matchType"])) {
            (Some("tags"), Some(kind)) if kind.as_str() == Some("all") => {
                Condition::EveryTag(wanted)
            }
            (Some("tags"), _) => Condition::AnyTag(wanted),
            _ => Condition::All,
        };
        let entities = entities.map(|list| list.items()).unwrap_or_default();
        let entities = entities.iter().filter_map(|entity| entity.as_str().map(str::to_owned));
        Some(Self { entities: entities.collect(), condition, span: filter.span() })
    }

    /// Looks the few tags of an entity up in those that are wanted, which may be many.
    fn keeps(&self, of_entity: &Tags) -> bool {
        match &self.condition {
            Condition::All => true,
            Condition::AnyTag(wanted) => of_entity.iter().any(|tag| wanted.contains(tag)),
            Condition::EveryTag(wanted) => {
                let found = of_entity.iter().filter(|tag| wanted.contains(tag));
                found.collect::<Set<_>>().len() == wanted.len()
            }
        }
    }

    fn is_for(&self, kind: &str) -> bool {
        self.entities.iter().any(|name| name == kind)
    }
}

/// Number of the filters for `kind` that keep the entity; 1 where there is none for it.
pub(super) fn kept_by(
    filters: &[Filter],
    kind: &str,
    entity: Node<'_>,
    budget: &mut Budget,
) -> usize {
    let of_entity = entity.get("tags");
    let count = of_entity.map_or(0, |tags| tags.entries().len());
    let effort =
        filters.iter().map(|filter| filter.entities.len() + count).sum::<usize>() + count + 1;
    let place = filters.first().map_or(entity.span(), |filter| filter.span);
    if !budget.inspect(effort, &counted(filters.len(), place)) {
        return 0;
    }
    let mut of_kind = filters.iter().filter(|filter| filter.is_for(kind)).peekable();
    if of_kind.peek().is_none() {
        return 1;
    }
    let of_entity = tags(of_entity);
    of_kind.filter(|filter| filter.keeps(&of_entity)).count()
}

/// A list of filters, for the budget.
pub(super) fn counted(count: usize, span: Span) -> CountedList<'static> {
    CountedList { name: "filters", of: None, count, span }
}

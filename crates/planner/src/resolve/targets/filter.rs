//! One filter: the kinds of entities that it is for, and the tags that it keeps.

use deployline_span::Span;
use deployline_yaml::Node;

use crate::resolve::budget::{Budget, CountedList};
use crate::resolve::view::View;

/// Tags by name; a tag without a value has an empty one.
pub(super) type Tags = Vec<(String, String)>;

pub(super) fn tags(node: Option<Node<'_>>) -> Tags {
    let entries = node.into_iter().flat_map(Node::entries);
    let text = |node: Node<'_>| node.as_str().unwrap_or_default().to_owned();
    entries.map(|(key, value)| (text(key), text(value))).collect()
}

/// The tags that expressions in filters stand for.
pub(super) struct GivenTags<'t> {
    pub(super) of_service: &'t [(String, String)],
    pub(super) of_pipeline: Option<Node<'t>>,
}

/// One filter as read.
pub(super) struct Filter {
    /// `environments`, `infrastructures`, `gitOpsClusters`.
    entities: Vec<String>,
    condition: Condition,
    pub(super) span: Span,
}

enum Condition {
    All,
    AnyTag(Tags),
    EveryTag(Tags),
}

impl Filter {
    /// Reads a filter; `None` where there is too much to inspect.
    pub(super) fn read(
        filter: &View<'_>,
        given: &GivenTags<'_>,
        budget: &mut Budget,
    ) -> Option<Self> {
        let (entities, wanted) = (filter.value("entities"), filter.at(&["spec", "tags"]));
        let names = entities.as_ref().map_or(0, View::item_count);
        let tags_count = wanted.as_ref().map_or(0, |tags| tags.node().entries().len());
        let count = names + tags_count.max(given.of_service.len());
        if !budget.inspect(count, &counted(count, filter.span())) {
            return None;
        }
        let wanted = match wanted {
            Some(text) if text.as_str() == Some("<+pipeline.tags>") => tags(given.of_pipeline),
            Some(text) if text.as_str().is_some() => given.of_service.to_vec(),
            wanted => tags(wanted.map(|tags| tags.node())),
        };
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

    /// The values of the tags that it keeps.
    pub(super) fn tags_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let tags = match &mut self.condition {
            Condition::All => &mut [][..],
            Condition::AnyTag(tags) | Condition::EveryTag(tags) => tags,
        };
        tags.iter_mut().map(|(_, value)| value)
    }

    fn keeps(&self, of_entity: &Tags) -> bool {
        let has = |tag: &(String, String)| of_entity.contains(tag);
        match &self.condition {
            Condition::All => true,
            Condition::AnyTag(wanted) => wanted.iter().any(has),
            Condition::EveryTag(wanted) => wanted.iter().all(has),
        }
    }

    fn is_for(&self, kind: &str) -> bool {
        self.entities.iter().any(|name| name == kind)
    }

    /// Number of comparisons that an entity with so many tags takes.
    fn effort(&self, tags: usize) -> usize {
        let wanted = match &self.condition {
            Condition::All => 0,
            Condition::AnyTag(wanted) | Condition::EveryTag(wanted) => wanted.len(),
        };
        self.entities.len() + wanted.saturating_mul(tags)
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
    let effort = filters.iter().map(|filter| filter.effort(count)).sum::<usize>() + count + 1;
    let place = filters.first().map_or(entity.span(), |filter| filter.span);
    if !budget.inspect(effort, &counted(filters.len(), place)) {
        return 0;
    }
    let mut of_kind = filters.iter().filter(|filter| filter.is_for(kind)).peekable();
    let of_entity = tags(of_entity);
    if of_kind.peek().is_none() {
        return 1;
    }
    of_kind.filter(|filter| filter.keeps(&of_entity)).count()
}

/// A list of filters, for the budget.
pub(super) fn counted(count: usize, span: Span) -> CountedList<'static> {
    CountedList { name: "filters", of: None, count, span }
}

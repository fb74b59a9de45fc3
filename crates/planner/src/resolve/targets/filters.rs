//! Filters: which environments and infrastructures their documents' tags choose.
//!
//! Follows `docs/semantics.md`, "What the YAML alone cannot say" and "Details, settled", "Filters".

use deployline_engine::{Reference, Service, Target};
use deployline_span::Span;
use deployline_yaml::Node;

use super::environment::known;
use super::unknown;
use crate::resolve::entities::unscoped;
use crate::resolve::interner::Interner;
use crate::resolve::room::{Item, List, Room};
use crate::resolve::text::expression;
use crate::resolve::view::View;
use crate::resolve::{Context, key_span};
use crate::rules;

/// Tags by name; a tag without a value has an empty one.
type Tags = Vec<(String, String)>;

struct Filter {
    /// `environments`, `infrastructures`, `gitOpsClusters`.
    entities: Vec<String>,
    keeps: Keeps,
    span: Span,
}

enum Keeps {
    All,
    Any(Tags),
    Every(Tags),
}

/// The targets that filters below `environments` or a group choose, of `candidates` where given.
pub(super) fn environments<'a>(
    view: &View<'a>,
    candidates: Option<Vec<&'a str>>,
    cx: &mut Context<'a>,
) -> Vec<Target> {
    let place = key_span(view, "filters");
    if let Some(target) = by_unknown_tags(view, None, cx) {
        return vec![target];
    }
    let filters = read(view, &[], cx);
    let targets = chosen(&filters, candidates.as_deref(), view.span(), cx);
    if cx.room.is_full() {
        return targets;
    }
    settle(targets, candidates.is_none(), place, cx)
}

/// The infrastructures that filters below one environment choose, at most so many: maybe none.
pub(super) fn infrastructures(
    view: &View<'_>,
    environment: &Reference,
    most: usize,
    cx: &mut Context<'_>,
) -> Vec<Target> {
    let place = key_span(view, "filters");
    if let Some(target) = by_unknown_tags(view, Some(environment), cx) {
        return vec![target];
    }
    let filters = read(view, &[], cx);
    if cx.entities.infrastructures(&environment.text).is_empty() {
        return vec![unknown("by filter", Some(environment.clone()), not_told(place, cx))];
    }
    of_environment(&filters, environment, most, view.span(), cx)
}

/// What to draw where the filters below the environments of a list left none of them any
/// infrastructure; `None` where no filter did that.
pub(super) fn nothing_left_of(items: &[View<'_>], cx: &mut Context<'_>) -> Option<Target> {
    let filtered = items.iter().find(|item| item.value("filters").is_some())?;
    let place = nothing_left(key_span(filtered, "filters"), cx);
    Some(unknown("nothing", None, place))
}

/// What to draw where the tags of a filter are known only to a run.
fn by_unknown_tags(
    view: &View<'_>,
    environment: Option<&Reference>,
    cx: &mut Context<'_>,
) -> Option<Target> {
    let filters = written(view, cx)?;
    let tags = filters.iter().find_map(|filter| {
        filter.at(&["spec", "tags"]).filter(|tags| expression(tags).is_some())
    })?;
    super::runtime(tags.span(), expression(&tags)?, "The tags of the filter are", cx);
    Some(unknown("by filter", environment.cloned(), tags.span()))
}

/// Filters whose result depends on the tags of the service.
pub(in crate::resolve) struct ByServiceTags<'a> {
    view: View<'a>,
    candidates: Option<Vec<&'a str>>,
}

/// Those of `view`, if one of them names `<+service.tags>`.
pub(super) fn by_service_tags<'a>(
    view: &View<'a>,
    candidates: Option<Vec<&'a str>>,
    cx: &mut Context<'a>,
) -> Option<ByServiceTags<'a>> {
    let filters = written(view, cx)?;
    let names_them = |filter: &View<'a>| {
        let tags = filter.at(&["spec", "tags"]);
        tags.is_some_and(|tags| tags.as_str().is_some_and(|text| text.contains("<+service.tags>")))
    };
    filters.iter().any(names_them).then(|| ByServiceTags { view: view.clone(), candidates })
}

impl<'a> ByServiceTags<'a> {
    /// All targets that some service has, and the pairs: for each service, each of its targets.
    pub(super) fn targets(
        &self,
        services: &[Service],
        cx: &mut Context<'a>,
    ) -> (Vec<Target>, Vec<(u32, u32)>) {
        let place = key_span(&self.view, "filters");
        let mut targets = Interner::default();
        let mut pairs = Vec::new();
        for (service, number) in services.iter().zip(0..) {
            let of_it = self.of_service(service, place, cx);
            if cx.room.is_full() {
                break;
            }
            pairs.extend(of_it.iter().map(|target| (number, targets.index_of(target))));
        }
        let mut targets = targets.items;
        if targets.is_empty() && !cx.room.is_full() {
            targets.push(unknown("nothing", None, nothing_left(place, cx)));
            pairs.push((0, 0));
        }
        (targets, pairs)
    }

    fn of_service(&self, service: &Service, place: Span, cx: &mut Context<'a>) -> Vec<Target> {
        let Some(entity) = cx.entities.service(&service.name.text) else {
            let name = &service.name.text;
            cx.report(
                &rules::FILTERS,
                place,
                format!(
                    "These filters use the tags of the service `{name}`, which are not in this \
                     text. A placeholder stands for its targets; a document `service:` with \
                     `identifier: {}` would tell.",
                    unscoped(name)
                ),
            );
            return vec![unknown(&format!("by the tags of {name}"), None, self.view.span())];
        };
        let filters = read(&self.view, &tags(entity.get("tags")), cx);
        let told = !cx.entities.environments().is_empty();
        let chosen = chosen(&filters, self.candidates.as_deref(), self.view.span(), cx);
        if told { chosen } else { vec![unknown("by filter", None, not_told(place, cx))] }
    }
}

/// The list of filters, unless there is too much to look at.
fn written<'a>(view: &View<'a>, cx: &mut Context<'_>) -> Option<Vec<View<'a>>> {
    let filters = view.value("filters")?;
    let list = list(filters.node().items().len(), filters.span());
    cx.room.look_at(list.count, &list).then(|| filters.items())
}

fn list(count: usize, span: Span) -> List<'static> {
    List { name: "filters", of: None, count, span }
}

/// Reads the list of filters; `<+service.tags>` stands for `of_service`.
fn read(view: &View<'_>, of_service: &[(String, String)], cx: &mut Context<'_>) -> Vec<Filter> {
    let filters = written(view, cx).unwrap_or_default();
    filters.iter().map_while(|filter| read_one(filter, of_service, cx)).collect()
}

fn read_one(
    filter: &View<'_>,
    of_service: &[(String, String)],
    cx: &mut Context<'_>,
) -> Option<Filter> {
    let (entities, wanted) = (filter.value("entities"), filter.at(&["spec", "tags"]));
    let names = entities.as_ref().map_or(0, |list| list.node().items().len());
    let tags_count = wanted.as_ref().map_or(0, |tags| tags.node().entries().len());
    let count = names + tags_count.max(of_service.len());
    if !cx.room.look_at(count, &list(count, filter.span())) {
        return None;
    }
    let wanted = match wanted {
        Some(tags) if tags.as_str().is_some() => of_service.to_vec(),
        wanted => tags(wanted.map(|tags| tags.node())),
    };
    let keeps = match (filter.str_of("type"), filter.at(&["spec", "matchType"])) {
        (Some("tags"), Some(kind)) if kind.as_str() == Some("all") => Keeps::Every(wanted),
        (Some("tags"), _) => Keeps::Any(wanted),
        _ => Keeps::All,
    };
    let entities = entities.map(|list| list.items()).unwrap_or_default();
    let entities = entities.iter().filter_map(|entity| entity.as_str().map(str::to_owned));
    Some(Filter { entities: entities.collect(), keeps, span: filter.span() })
}

fn tags(node: Option<Node<'_>>) -> Tags {
    let entries = node.into_iter().flat_map(Node::entries);
    let text = |node: Node<'_>| node.as_str().unwrap_or_default().to_owned();
    entries.map(|(key, value)| (text(key), text(value))).collect()
}

impl Filter {
    fn keeps(&self, of_entity: &Tags) -> bool {
        let has = |tag: &(String, String)| of_entity.contains(tag);
        match &self.keeps {
            Keeps::All => true,
            Keeps::Any(wanted) => wanted.iter().any(has),
            Keeps::Every(wanted) => wanted.iter().all(has),
        }
    }

    fn is_for(&self, kind: &str) -> bool {
        self.entities.iter().any(|name| name == kind)
    }

    /// How much it takes to ask it about an entity with so many tags.
    fn effort(&self, tags: usize) -> usize {
        let wanted = match &self.keeps {
            Keeps::All => 0,
            Keeps::Any(wanted) | Keeps::Every(wanted) => wanted.len(),
        };
        self.entities.len() + wanted.saturating_mul(tags)
    }
}

/// Whether the filters for `kind` keep the entity: any of them does, or there are none.
fn keep(filters: &[Filter], kind: &str, entity: Node<'_>, room: &mut Room) -> bool {
    let of_entity = entity.get("tags");
    let count = of_entity.map_or(0, |tags| tags.entries().len());
    let effort = filters.iter().map(|filter| filter.effort(count)).sum::<usize>() + count + 1;
    let place = filters.first().map_or(entity.span(), |filter| filter.span);
    if !room.look_at(effort, &list(filters.len(), place)) {
        return false;
    }
    let mut of_kind = filters.iter().filter(|filter| filter.is_for(kind)).peekable();
    let of_entity = tags(of_entity);
    of_kind.peek().is_none() || of_kind.any(|filter| filter.keeps(&of_entity))
}

fn chosen<'a>(
    filters: &[Filter],
    candidates: Option<&[&'a str]>,
    span: Span,
    cx: &mut Context<'a>,
) -> Vec<Target> {
    let count = candidates.map_or(cx.entities.environments().len(), <[&str]>::len);
    let mut targets = Vec::new();
    for index in 0..count {
        let candidate = match candidates {
            None => cx.entities.environments().get(index).copied(),
            Some(names) => cx.entities.environment(names[index]),
        };
        let Some((name, entity)) = candidate else { continue };
        if keep(filters, "environments", entity, &mut cx.room) {
            let environment = Reference::known(name);
            targets.extend(of_environment(filters, &environment, usize::MAX, span, cx));
        }
        if cx.room.is_full() {
            break;
        }
    }
    targets
}

fn of_environment(
    filters: &[Filter],
    environment: &Reference,
    most: usize,
    span: Span,
    cx: &mut Context<'_>,
) -> Vec<Target> {
    let all = cx.entities.infrastructures(&environment.text).iter();
    let kept = all.filter(|(_, entity)| keep(filters, "infrastructures", *entity, &mut cx.room));
    let kept: Vec<&str> = kept.map(|(name, _)| *name).take(most).collect();
    let place = filters.first().map_or(span, |filter| filter.span);
    if !cx.room.hold(Item::Target, &list(kept.len(), place)) {
        return Vec::new();
    }
    kept.iter().map(|name| known(environment.clone(), name, span, cx)).collect()
}

/// What to draw where the filters chose nothing: why depends on what the texts hold.
fn settle(
    targets: Vec<Target>,
    looks_everywhere: bool,
    place: Span,
    cx: &mut Context<'_>,
) -> Vec<Target> {
    if !targets.is_empty() {
        return targets;
    }
    let told = !cx.entities.environments().is_empty();
    let span = if told { nothing_left(place, cx) } else { not_told(place, cx) };
    let text = if looks_everywhere { "environments by filter" } else { "its group by filter" };
    vec![unknown(text, None, span)]
}

fn nothing_left(place: Span, cx: &mut Context<'_>) -> Span {
    cx.report(
        &rules::FILTERS_MATCH_NOTHING,
        place,
        "No infrastructure is left by these filters. Compare their tags with those of the \
         documents in this text.",
    );
    place
}

fn not_told(place: Span, cx: &mut Context<'_>) -> Span {
    cx.report(
        &rules::FILTERS,
        place,
        "What these filters keep is not in this text. A placeholder stands for all of it; documents \
         `environment:` and `infrastructureDefinition:` with their tags would tell.",
    );
    place
}

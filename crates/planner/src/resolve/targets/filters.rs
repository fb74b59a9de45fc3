//! Filters, which choose environments and infrastructures by the tags in their documents.
//!
//! Follows `docs/semantics.md`, "What the YAML alone cannot say" and "Details", "Filters".

use deployline_engine::{Reference, Service, Target};
use deployline_span::Span;

use super::filter::{Filter, counted, keep, tags};
use super::infrastructure::known;
use crate::document_kind::unscoped;
use crate::resolve::budget::Item;
use crate::resolve::context::{Context, Reader};
use crate::resolve::interner::Interner;
use crate::resolve::scalar::{self, expression};
use crate::resolve::view::View;
use crate::rules;

/// Targets, and the pairs of service and target to deploy where these are not all of them.
pub(super) struct TargetChoice {
    pub(super) items: Vec<Target>,
    pub(super) pairs: Option<Vec<(u32, u32)>>,
}

impl From<Vec<Target>> for TargetChoice {
    fn from(items: Vec<Target>) -> Self {
        Self { items, pairs: None }
    }
}

/// The filters of a list, a group or one environment, as they are written.
pub(super) struct Filters<'a> {
    /// Place of the key `filters`.
    key: Span,
    /// Place of the mapping that has it.
    holder: Span,
    items: Vec<View<'a>>,
}

impl<'a> Filters<'a> {
    /// The filters of `holder`; `None` where it has none, or these are too many to inspect.
    pub(super) fn written(holder: &View<'a>, reader: &mut Reader<'_, 'a>) -> Option<Self> {
        let (key, filters) = holder.entry("filters").filter(|(_, filters)| !filters.is_null())?;
        let list = counted(filters.item_count(), filters.span());
        let items = reader.cx.budget.inspect(list.count, &list).then(|| filters.items())?;
        Some(Self { key: key.span(), holder: holder.span(), items })
    }

    /// Returns `true` where the result depends on the tags of each service.
    pub(super) fn depend_on_service(&self) -> bool {
        self.items.iter().any(|filter| {
            let tags = filter.at(&["spec", "tags"]);
            tags.is_some_and(|tags| tags.as_str().is_some_and(|it| it.contains("<+service.tags>")))
        })
    }

    /// The targets that are chosen of `candidates`, or of all environments, for each service.
    pub(super) fn choose(
        &self,
        candidates: Option<Vec<&'a str>>,
        services: &[Service],
        reader: &mut Reader<'_, 'a>,
    ) -> TargetChoice {
        if self.depend_on_service() {
            self.choose_by_service(candidates.as_deref(), services, reader)
        } else {
            self.environments(candidates, reader).into()
        }
    }

    /// The targets that are chosen of `candidates`, or of all environments, for any service.
    pub(super) fn environments(
        &self,
        candidates: Option<Vec<&'a str>>,
        reader: &mut Reader<'_, 'a>,
    ) -> Vec<Target> {
        if let Some(target) = self.by_unknown_tags(None, reader) {
            return vec![target];
        }
        let filters = self.read(&[], reader);
        let targets = chosen(&filters, candidates.as_deref(), self.holder, reader.cx);
        if !targets.is_empty() || reader.cx.budget.is_exceeded() {
            return targets;
        }
        let text = match candidates {
            None => "environments by filter",
            Some(_) => "its group by filter",
        };
        if reader.cx.entities.environments().is_empty() {
            self.report_unknown_tags(reader);
        } else {
            report_nothing_left(self.key, reader);
        }
        vec![Target::placeholder(text, None, self.key)]
    }

    /// The infrastructures of one environment that are chosen, at most so many: maybe none.
    pub(super) fn infrastructures(
        &self,
        environment: &Reference,
        most: usize,
        reader: &mut Reader<'_, 'a>,
    ) -> Vec<Target> {
        if let Some(target) = self.by_unknown_tags(Some(environment), reader) {
            return vec![target];
        }
        let filters = self.read(&[], reader);
        if reader.cx.entities.infrastructures(&environment.text).is_empty() {
            self.report_unknown_tags(reader);
            return vec![Target::placeholder("by filter", Some(environment.clone()), self.key)];
        }
        of_environment(&filters, environment, most, self.holder, reader.cx)
    }

    /// All targets that some service has, and the pairs: for each service, each of its targets.
    fn choose_by_service(
        &self,
        candidates: Option<&[&'a str]>,
        services: &[Service],
        reader: &mut Reader<'_, 'a>,
    ) -> TargetChoice {
        let mut targets = Interner::default();
        let mut pairs = Vec::new();
        for (service, number) in services.iter().zip(0..) {
            let of_service = self.of_service(candidates, service, reader);
            if reader.cx.budget.is_exceeded() {
                break;
            }
            pairs.extend(of_service.iter().map(|target| (number, targets.index_of(target))));
        }
        let mut items = targets.items;
        if items.is_empty() && !reader.cx.budget.is_exceeded() {
            report_nothing_left(self.key, reader);
            items.push(Target::placeholder("nothing", None, self.key));
            pairs.push((0, 0));
        }
        TargetChoice { items, pairs: Some(pairs) }
    }

    fn of_service(
        &self,
        candidates: Option<&[&'a str]>,
        service: &Service,
        reader: &mut Reader<'_, 'a>,
    ) -> Vec<Target> {
        let name = &service.name.text;
        let Some(entity) = reader.cx.entities.service(name) else {
            reader.report(
                &rules::FILTERS,
                self.key,
                format!(
                    "These filters use the tags of the service `{name}`, which the text does not \
                     contain. A placeholder stands for its targets. Add a document `service:` with \
                     `identifier: {}` and its tags.",
                    unscoped(name)
                ),
            );
            let text = format!("by the tags of {name}");
            return vec![Target::placeholder(text, None, self.holder)];
        };
        let filters = self.read(&tags(entity.get("tags")), reader);
        if reader.cx.entities.environments().is_empty() {
            self.report_unknown_tags(reader);
            return vec![Target::placeholder("by filter", None, self.key)];
        }
        chosen(&filters, candidates, self.holder, reader.cx)
    }

    /// Stands for what a filter chooses whose tags only a run knows.
    fn by_unknown_tags(
        &self,
        environment: Option<&Reference>,
        reader: &mut Reader<'_, '_>,
    ) -> Option<Target> {
        let tags = self.items.iter().find_map(|filter| {
            filter.at(&["spec", "tags"]).filter(|tags| expression(tags).is_some())
        })?;
        let (span, text) = (tags.span(), expression(&tags)?);
        scalar::report_runtime_input(span, "The tags of the filter are", text, reader);
        Some(Target::placeholder("by filter", environment.cloned(), span))
    }

    /// Reads the filters; `<+service.tags>` stands for `of_service`.
    fn read(&self, of_service: &[(String, String)], reader: &mut Reader<'_, '_>) -> Vec<Filter> {
        let budget = &mut reader.cx.budget;
        self.items.iter().map_while(|filter| Filter::read(filter, of_service, budget)).collect()
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

/// Stands for the targets of a list where the filters below its environments left none of them any
/// infrastructure; `None` where no filter did that.
pub(super) fn nothing_left_of(items: &[View<'_>], reader: &mut Reader<'_, '_>) -> Option<Target> {
    let filtered = items.iter().find(|item| item.value("filters").is_some())?;
    let key = filtered.key_span("filters");
    report_nothing_left(key, reader);
    Some(Target::placeholder("nothing", None, key))
}

fn report_nothing_left(key: Span, reader: &mut Reader<'_, '_>) {
    reader.report(
        &rules::FILTERS_MATCH_NOTHING,
        key,
        "These filters keep no infrastructure. Compare their tags with those of the documents in \
         this text.",
    );
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
        if keep(filters, "environments", entity, &mut cx.budget) {
            let environment = Reference::known(name);
            targets.extend(of_environment(filters, &environment, usize::MAX, span, cx));
        }
        if cx.budget.is_exceeded() {
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
    let Context { entities, budget, .. } = cx;
    let all = entities.infrastructures(&environment.text).iter();
    let kept = all.filter(|(_, entity)| keep(filters, "infrastructures", *entity, budget));
    let kept: Vec<&str> = kept.map(|(name, _)| *name).take(most).collect();
    let place = filters.first().map_or(span, |filter| filter.span);
    if !budget.take(Item::Target, &counted(kept.len(), place)) {
        return Vec::new();
    }
    kept.iter().map(|name| known(environment.clone(), name, span, entities)).collect()
}

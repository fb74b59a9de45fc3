//! Filters, which choose environments and infrastructures by the tags in their documents.
//!
//! Follows `docs/semantics.md`, "What the YAML alone cannot say" and "Details", "Filters".

use deployline_engine::{Reference, Service, Target};
use deployline_span::Span;

use super::filter::counted;
use super::filter_keys::{self, FirstOfKinds, KINDS, TagExpressions};
use super::selection::{Chosen, Selection};
use super::tags::ServiceTags;
use crate::document_kind::unscoped;
use crate::resolve::context::Reader;
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
#[derive(Clone)]
pub(super) struct Filters<'a> {
    /// Place of the key `filters`.
    key: Span,
    /// Place of the mapping that has it.
    holder: Span,
    items: Vec<View<'a>>,
    firsts: FirstOfKinds<'a>,
    tags: TagExpressions<'a>,
}

impl<'a> Filters<'a> {
    /// The filters of `holder`; `None` where it has none, or these are too many to inspect.
    pub(super) fn written(holder: &View<'a>, reader: &mut Reader<'_, 'a>) -> Option<Self> {
        let (key, filters) = holder.entry("filters").filter(|(_, filters)| !filters.is_null())?;
        let list = counted(filters.item_count(), filters.span());
        let items = reader.cx.budget.inspect(list.count, &list).then(|| filters.items())?;
        let (firsts, tags) = filter_keys::read(&items, reader)?;
        Some(Self { key: key.span(), holder: holder.span(), items, firsts, tags })
    }

    /// The filters on one environment of a list: its own and those of the whole list.
    pub(super) fn on_each(above: Option<&Self>, own: Option<Self>) -> Option<Self> {
        match (above, own) {
            (None, own) => own,
            (Some(above), None) => Some(above.clone()),
            (Some(above), Some(mut own)) => {
                own.items.extend(above.items.iter().cloned());
                for (own, above) in own.firsts.iter_mut().zip(&above.firsts) {
                    *own = own.take().or_else(|| above.clone());
                }
                own.tags.extend(&above.tags);
                Some(own)
            }
        }
    }

    /// Returns `true` where the result depends on the tags of each service.
    pub(super) fn depend_on_service(&self) -> bool {
        self.tags.of_service.is_some()
    }

    /// The first filter for `kind`, and its `entities`.
    fn place_of(&self, kind: &str) -> Option<&(View<'a>, View<'a>)> {
        KINDS.into_iter().zip(&self.firsts).find(|(of, _)| *of == kind)?.1.as_ref()
    }

    /// Says whether these filters choose infrastructures. Those of environments choose nothing of a list.
    pub(super) fn choose_infrastructures(&self, reader: &mut Reader<'_, 'a>) -> bool {
        let choose = self.place_of("infrastructures").is_some();
        if !choose {
            let message = "These filters have no effect beside listed environments: of these only \
                           filters of `infrastructures` choose. Add that kind to `entities`, or \
                           remove the filters.";
            reader.report(&rules::NO_EFFECT, self.key, message);
        }
        choose
    }

    /// The targets that are chosen of `candidates`, or of all environments, for each service.
    pub(super) fn choose(
        &self,
        candidates: Option<Vec<&'a str>>,
        services: &[Service],
        reader: &mut Reader<'_, 'a>,
    ) -> TargetChoice {
        let is_group = candidates.is_some();
        let choice = if self.depend_on_service() {
            self.choose_by_service(services, reader, |service, reader| {
                self.environments(candidates.as_deref(), Some(service), reader)
            })
        } else {
            self.environments(candidates.as_deref(), None, reader).into()
        };
        self.report_order(&choice.items, is_group, reader);
        choice
    }

    /// Reports filters that stand alone and are for one kind only.
    pub(super) fn report_missing_kind(&self, reader: &mut Reader<'_, 'a>) {
        if let Some(missing) = KINDS.into_iter().find(|kind| self.place_of(kind).is_none()) {
            let message = format!(
                "No filter is for `{missing}`, and without a list the product needs one for \
                 `environments` and one for `infrastructures`. All {missing} are drawn. Add \
                 `{missing}` to the `entities` of a filter."
            );
            reader.report(&rules::FILTERS_INCOMPLETE, self.key, message);
        }
    }

    /// Reports that the order of several chosen environments is a guess.
    fn report_order(&self, targets: &[Target], is_group: bool, reader: &mut Reader<'_, 'a>) {
        let known = targets.iter().filter(|target| !target.is_placeholder());
        let mut names = known.map(|target| &target.environment);
        let first = names.next();
        if names.any(|name| Some(name) != first) {
            let order = if is_group { "the group" } else { "their documents" };
            let message = format!(
                "The product doesn't say in which order it takes environments that filters choose. \
                 They are drawn in the order of {order}."
            );
            reader.report(&rules::FILTERED_ORDER, self.key, message);
        }
    }

    /// The targets that are chosen of `candidates`, or of all environments, for a service.
    pub(super) fn environments(
        &self,
        candidates: Option<&[&'a str]>,
        service: Option<&ServiceTags>,
        reader: &mut Reader<'_, 'a>,
    ) -> Vec<Target> {
        if let Some(target) = self.by_unknown_tags(None, service, reader) {
            return vec![target];
        }
        let Chosen { targets, is_part_unknown } =
            self.selection(service, reader).environments(candidates, reader);
        if is_part_unknown {
            self.report_unknown_tags(reader);
        }
        if !targets.is_empty() || reader.cx.budget.is_exceeded() {
            return targets;
        }
        let text = match (service, candidates) {
            (Some(_), _) => "by filter",
            (None, None) => "environments by filter",
            (None, Some(_)) => "its group by filter",
        };
        if reader.cx.entities.environments().is_empty() {
            self.report_unknown_tags(reader);
        } else if service.is_some() {
            // Another service may have some.
            return targets;
        } else {
            report_nothing_left(self.key, reader);
        }
        vec![Target::placeholder(text, None, self.key)]
    }

    /// The infrastructures of one environment of the text that are chosen, at most so many: maybe none.
    pub(super) fn of_listed(
        &self,
        view: &View<'a>,
        environment: &Reference,
        most: usize,
        service: Option<&ServiceTags>,
        reader: &mut Reader<'_, 'a>,
    ) -> Vec<Target> {
        let by_filter =
            || vec![Target::placeholder("by filter", Some(environment.clone()), self.key)];
        if self.are_refused_in(view) {
            return by_filter();
        }
        if let Some(target) = self.by_unknown_tags(Some(environment), service, reader) {
            return vec![target];
        }
        if reader.cx.entities.infrastructures(&environment.text).is_empty() {
            self.report_unknown_tags(reader);
            return by_filter();
        }
        self.selection(service, reader).infrastructures(environment, most, reader)
    }

    /// Returns `true` where these are filters of environments inside `environment`, and none chooses its
    /// infrastructures.
    pub(super) fn are_refused_in(&self, environment: &View<'a>) -> bool {
        let are_own = environment.value("filters").is_some();
        are_own
            && self.place_of("environments").is_some()
            && self.place_of("infrastructures").is_none()
    }

    /// Reports a filter of environments inside one environment.
    pub(super) fn check_in(&self, environment: &View<'a>, reader: &mut Reader<'_, 'a>) {
        if environment.value("filters").is_some()
            && let Some((filter, entities)) = self.place_of("environments")
        {
            self.report_inner_environments(environment, filter, entities.span(), reader);
        }
    }

    fn report_inner_environments(
        &self,
        environment: &View<'a>,
        filter: &View<'a>,
        entities: Span,
        reader: &mut Reader<'_, 'a>,
    ) {
        let is_own = environment.span().source == filter.span().source
            && environment.span().range().contains(&(filter.span().start as usize));
        if is_own {
            let message = "The product refuses a filter of `environments` inside one environment. The \
                           environment is drawn. Write `entities: [infrastructures]`.";
            let diagnostic = rules::REFUSED_TOGETHER.at(entities, message);
            let place = environment.key_span("environmentRef");
            reader.add(diagnostic.with_related(place, "The environment is here"));
        }
    }

    /// The targets of all services, and the pairs: for each service, each of its targets.
    pub(super) fn choose_by_service(
        &self,
        services: &[Service],
        reader: &mut Reader<'_, 'a>,
        targets_of: impl Fn(&ServiceTags, &mut Reader<'_, 'a>) -> Vec<Target>,
    ) -> TargetChoice {
        let mut targets = Interner::default();
        let mut pairs = Vec::new();
        let mut left_out = Vec::new();
        for (service, number) in services.iter().zip(0..) {
            let of_service = targets_of(&ServiceTags::of(service, reader.cx), reader);
            if reader.cx.budget.is_exceeded() {
                break;
            }
            if of_service.is_empty() {
                left_out.push(service);
            }
            pairs.extend(of_service.iter().map(|target| (number, targets.index_of(target))));
        }
        let mut items = targets.items;
        if items.is_empty() && !reader.cx.budget.is_exceeded() {
            items.push(self.nothing_left(reader));
            pairs.push((0, 0));
        } else if !reader.cx.budget.is_exceeded() {
            left_out.into_iter().for_each(|service| self.report_service_left_out(service, reader));
        }
        TargetChoice { items, pairs: Some(pairs) }
    }

    /// Stands for what a filter chooses whose tags are not known.
    fn by_unknown_tags(
        &self,
        environment: Option<&Reference>,
        service: Option<&ServiceTags>,
        reader: &mut Reader<'_, '_>,
    ) -> Option<Target> {
        if let Some(ServiceTags { name, tags: None }) = service
            && self.depend_on_service()
        {
            self.report_unknown_service(name, reader);
            let text = format!("by the tags of {name}");
            return Some(Target::placeholder(text, environment.cloned(), self.holder));
        }
        let of_service = self.tags.of_service.as_ref().filter(|_| service.is_none());
        let tags = self.tags.open.as_ref().or(of_service)?;
        let (span, text) = (tags.span(), expression(tags)?);
        scalar::report_runtime(span, "The tags of the filter are", text, reader);
        Some(Target::placeholder("by filter", environment.cloned(), span))
    }

    fn report_unknown_service(&self, name: &str, reader: &mut Reader<'_, '_>) {
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
    }

    fn selection(&self, service: Option<&ServiceTags>, reader: &mut Reader<'_, 'a>) -> Selection {
        Selection::read(&self.items, (self.key, self.holder), service, reader)
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

    /// Reports an environment of the text of which the filters keep no infrastructure.
    pub(super) fn report_left_out(&self, environment: &View<'a>, reader: &mut Reader<'_, '_>) {
        let name = environment.str_of("environmentRef").unwrap_or("this environment");
        let message = format!(
            "The filters keep no infrastructure of `{name}`, so the stage leaves it out. Compare their tags \
             with those of its infrastructures, or remove the environment."
        );
        self.report_left_out_at(environment.key_span("environmentRef"), message, reader);
    }

    fn report_service_left_out(&self, service: &Service, reader: &mut Reader<'_, '_>) {
        let message = format!(
            "The filters keep no infrastructure for the service `{}`, so the stage leaves it out. Compare its \
             tags with those of the infrastructures, or remove the service.",
            service.name.text
        );
        self.report_left_out_at(service.span, message, reader);
    }

    fn report_left_out_at(&self, place: Span, message: String, reader: &mut Reader<'_, '_>) {
        let diagnostic = rules::FILTERS_LEAVE_OUT.at(place, message);
        reader.add(diagnostic.with_related(self.key, "The filters"));
    }

    /// Stands for targets where the filters left none.
    pub(super) fn nothing_left(&self, reader: &mut Reader<'_, '_>) -> Target {
        report_nothing_left(self.key, reader);
        Target::placeholder("nothing", None, self.key)
    }
}

fn report_nothing_left(key: Span, reader: &mut Reader<'_, '_>) {
    reader.report(
        &rules::FILTERS_MATCH_NOTHING,
        key,
        "These filters keep no infrastructure. Compare their tags with those of the documents in \
         this text.",
    );
}

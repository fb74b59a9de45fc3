//! What filters keep of the environments and infrastructures that the texts have.

use deployline_engine::{Reference, Target};
use deployline_span::Span;

use super::filter::{Filter, counted, kept_by};
use super::infrastructure::known;
use super::tags::{GivenTags, ServiceTags};
use crate::resolve::budget::Item;
use crate::resolve::context::{Context, Reader};
use crate::resolve::view::View;
use crate::rules;

/// Targets that filters choose.
#[derive(Default)]
pub(super) struct Chosen {
    pub(super) targets: Vec<Target>,
    /// `true` where a placeholder stands for something that the texts don't describe.
    pub(super) is_part_unknown: bool,
}

/// Filters whose tags are known, ready to compare with those of entities.
pub(super) struct Selection {
    filters: Vec<Filter>,
    /// Place of the key `filters`.
    key: Span,
    /// Place of the mapping that has it.
    holder: Span,
}

impl Selection {
    /// Reads filters; `<+service.tags>` and `<+pipeline.tags>` stand for what these have.
    pub(super) fn read(
        filters: &[View<'_>],
        (key, holder): (Span, Span),
        service: Option<&ServiceTags>,
        reader: &mut Reader<'_, '_>,
    ) -> Self {
        let of_service = service.and_then(|service| service.tags.as_deref()).unwrap_or_default();
        let given = GivenTags { of_service, of_pipeline: reader.cx.pipeline_tags };
        let read = filters.iter().map_while(|filter| Filter::read(filter, &given, reader));
        Self { filters: read.collect(), key, holder }
    }

    /// The targets that are kept of `candidates`, or of all environments. A placeholder stands for a candidate
    /// without a document, and for an environment whose infrastructures have none.
    pub(super) fn environments(
        &self,
        candidates: Option<&[&str]>,
        reader: &mut Reader<'_, '_>,
    ) -> Chosen {
        let count = candidates.map_or(reader.cx.entities.environments().len(), <[&str]>::len);
        let mut chosen = Chosen::default();
        for index in 0..count {
            let entities = &reader.cx.entities;
            let (name, entity) = match candidates {
                None => match entities.environments().get(index) {
                    Some((name, entity)) => (*name, Some(*entity)),
                    None => continue,
                },
                Some(names) => match entities.environment(names[index]) {
                    Some((name, entity)) => (name, Some(entity)),
                    None => (names[index], None),
                },
            };
            let is_described = !entities.infrastructures(name).is_empty();
            let budget = &mut reader.cx.budget;
            let keeps = |entity| kept_by(&self.filters, "environments", entity, budget) > 0;
            let environment = Reference::known(name);
            match entity.map(keeps) {
                Some(false) => {}
                Some(true) if is_described => {
                    chosen.targets.extend(self.infrastructures(&environment, usize::MAX, reader));
                }
                Some(true) | None => {
                    let target = Target::placeholder("by filter", Some(environment), self.holder);
                    chosen.targets.push(target);
                    chosen.is_part_unknown = true;
                }
            }
            if reader.cx.budget.is_exceeded() {
                break;
            }
        }
        chosen
    }

    /// The infrastructures that are kept of an environment, at most so many.
    pub(super) fn infrastructures(
        &self,
        environment: &Reference,
        most: usize,
        reader: &mut Reader<'_, '_>,
    ) -> Vec<Target> {
        let Context { entities, budget, .. } = &mut *reader.cx;
        let mut kept: Vec<&str> = Vec::new();
        let mut kept_twice = None;
        for (name, entity) in entities.infrastructures(&environment.text) {
            let count = kept_by(&self.filters, "infrastructures", *entity, budget);
            if count > 1 {
                kept_twice = kept_twice.or(Some(*name));
            }
            if count > 0 && kept.len() < most {
                kept.push(name);
            }
        }
        let place = self.filters.first().map_or(self.holder, |filter| filter.span);
        if !budget.take(Item::Target, &counted(kept.len(), place)) {
            return Vec::new();
        }
        let targets =
            kept.iter().map(|name| known(environment.clone(), name, self.holder, entities));
        let targets = targets.collect();
        if let Some(name) = kept_twice {
            let message = format!(
                "Several of these filters keep the infrastructure `{name}`: the product may deploy to \
                 it once for each. It is drawn once. Let one filter keep it."
            );
            reader.report(&rules::FILTERS_OVERLAP, self.key, message);
        }
        targets
    }
}

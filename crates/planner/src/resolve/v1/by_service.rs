//! Targets that filters choose by the tags of each service.
//!
//! Follows `docs/semantics.md`, "Schema v1".

use deployline_engine::{Axis, Listed, Parallel, Service, Target};
use deployline_map::Set;
use deployline_span::Span;

use super::filters;
use crate::resolve::context::{Context, Reader};
use crate::resolve::interner::Interner;
use crate::resolve::values::ServiceTags;
use crate::rules;

/// Targets of a stage, and the pairs with its services where these choose them.
pub(super) struct Targets {
    pub(super) axis: Axis<Target>,
    pub(super) pairs: Option<Vec<(u32, u32)>>,
}

/// Reads the targets of a stage: for each service, where an expression asks for its tags.
pub(super) fn read<'a>(
    place: Span,
    services: &[Service],
    targets: &dyn Fn(&mut Reader<'_, 'a>) -> Axis<Target>,
    reader: &mut Reader<'_, 'a>,
) -> Targets {
    reader.cx.values.asks_service_tags = false;
    let taken = reader.cx.budget.taken();
    let (axis, findings) = reader.apart(targets);
    if !reader.cx.values.asks_service_tags || services.is_empty() || reader.cx.budget.is_exceeded()
    {
        reader.add_findings(findings);
        return Targets { axis, pairs: None };
    }
    reader.cx.budget.give_back_to(taken);
    of_each(place, services, targets, (axis, reader))
}

fn of_each<'a>(
    place: Span,
    services: &[Service],
    targets: &dyn Fn(&mut Reader<'_, 'a>) -> Axis<Target>,
    (axis, reader): (Axis<Target>, &mut Reader<'_, 'a>),
) -> Targets {
    let mut all = Interner::default();
    let (mut pairs, mut left_out, mut reported) = (Vec::new(), Vec::new(), Set::new());
    for (service, number) in services.iter().zip(0..) {
        let tags = tags_of(service, reader.cx);
        let outside = reader.cx.values.service.replace(tags);
        let (of_service, findings) = reader.apart(targets);
        reader.cx.values.service = outside;
        reader.add_findings(findings.only_new(&mut reported));
        if reader.cx.budget.is_exceeded() {
            break;
        }
        if of_service.items.is_empty() {
            left_out.push(service);
        }
        pairs.extend(of_service.items.iter().map(|target| (number, all.index_of(target))));
    }
    let mut items = all.items;
    if items.is_empty() && !reader.cx.budget.is_exceeded() {
        items = filters::nothing_left(place, reader);
        pairs.push((0, 0));
    } else {
        left_out.into_iter().for_each(|service| report_left_out(service, place, reader));
    }
    if services.len() > 1 {
        let message = "The tags of each service choose its targets. No public source says in which order the newer \
                       schema takes them: they are drawn service by service, as in the older schema.";
        reader.report(&rules::FILTERED_ORDER, place, message);
    }
    Targets { axis: Axis { items, ..axis }, pairs: Some(pairs) }
}

fn tags_of(service: &Service, cx: &Context<'_>) -> ServiceTags {
    let entity = cx.entities.service(&service.name.text);
    let tags = entity.map(|entity| {
        let entries = entity.get("tags").into_iter().flat_map(deployline_yaml::Node::entries);
        let text = |node: deployline_yaml::Node<'_>| node.as_str().unwrap_or_default().to_owned();
        entries.map(|(key, value)| (text(key), text(value))).collect()
    });
    ServiceTags { name: service.name.text.clone(), tags }
}

fn report_left_out(service: &Service, place: Span, reader: &mut Reader<'_, '_>) {
    let message = format!(
        "The filters keep no infrastructure for the service `{}`, so the stage leaves it out. Compare its tags with those \
         of the infrastructures, or remove the service.",
        service.name.text
    );
    let found = rules::FILTERS_LEAVE_OUT.at(service.span, message);
    reader.add(found.with_related(place, "The filters"));
}

/// The list that pairs make: one at a time where no list runs side by side, else all at once.
pub(super) fn listed(
    pairs: Vec<(u32, u32)>,
    services: Option<Parallel>,
    targets: Option<Parallel>,
) -> Listed {
    let is_sequence = ![services, targets].into_iter().flatten().any(|axis| axis.value);
    Listed { pairs, limit: is_sequence.then_some(1) }
}

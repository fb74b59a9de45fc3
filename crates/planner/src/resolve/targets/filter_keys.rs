//! The keys of a filter as they are written: what is wrong with them, and what its tags depend on.

use super::filter::counted;
use super::tags::{is_tags_of_pipeline, is_tags_of_service, names_tags_of_service};
use crate::resolve::context::Reader;
use crate::resolve::scalar::expression;
use crate::resolve::view::View;
use crate::{fix, rules};

const TYPES: [&str; 2] = ["all", "tags"];
const MATCH_TYPES: [&str; 2] = ["all", "any"];
const ENTITIES: [&str; 3] = ["environments", "infrastructures", "gitOpsClusters"];

/// Kinds of entities that filters choose.
pub(super) const KINDS: [&str; 2] = ["environments", "infrastructures"];

/// The first filter for each of [`KINDS`], with its `entities`.
pub(super) type FirstOfKinds<'a> = [Option<(View<'a>, View<'a>)>; 2];

/// Expressions in the tags of filters.
#[derive(Clone, Default)]
pub(super) struct TagExpressions<'a> {
    /// The first that names tags of the service.
    pub(super) of_service: Option<View<'a>>,
    /// The first without a value.
    pub(super) open: Option<View<'a>>,
}

impl<'a> TagExpressions<'a> {
    /// Adds those of another list of filters.
    pub(super) fn extend(&mut self, other: &Self) {
        self.of_service = self.of_service.take().or_else(|| other.of_service.clone());
        self.open = self.open.take().or_else(|| other.open.clone());
    }

    /// Adds an expression that gives all tags of a filter.
    fn add_whole(&mut self, view: View<'a>, text: &str) {
        if is_tags_of_service(text) {
            self.of_service.get_or_insert(view);
        } else if !is_tags_of_pipeline(text) {
            self.open.get_or_insert(view);
        }
    }

    /// Adds an expression that gives the value of one tag.
    fn add_value(&mut self, view: View<'a>, text: &str, reader: &mut Reader<'_, 'a>) {
        if names_tags_of_service(text) {
            self.of_service.get_or_insert(view);
        } else if self.open.is_none() && reader.evaluate(text).is_err() {
            self.open = Some(view);
        }
    }
}

/// Checks the keys of filters, and finds what they are for and the expressions in their tags; `None` where
/// these are too many.
pub(super) fn read<'a>(
    filters: &[View<'a>],
    reader: &mut Reader<'_, 'a>,
) -> Option<(FirstOfKinds<'a>, TagExpressions<'a>)> {
    let (mut firsts, mut found) = (FirstOfKinds::default(), TagExpressions::default());
    for filter in filters.iter().filter(|filter| expression(filter).is_none()) {
        let (entities, spec) = (filter.value("entities"), filter.value("spec"));
        check(filter, entities.as_ref(), spec.as_ref(), reader);
        if let Some(entities) = entities {
            keep_firsts(&mut firsts, filter, &entities);
        }
        let Some(tags) = spec.and_then(|spec| spec.value("tags")) else { continue };
        if let Some(text) = expression(&tags) {
            found.add_whole(tags.clone(), text);
            continue;
        }
        let count = tags.node().entries().len();
        if !reader.cx.budget.inspect(count, &counted(count, filter.span())) {
            return None;
        }
        for (_, value) in tags.entries() {
            if let Some(text) = expression(&value) {
                found.add_value(value.clone(), text, reader);
            }
        }
    }
    Some((firsts, found))
}

fn keep_firsts<'a>(firsts: &mut FirstOfKinds<'a>, filter: &View<'a>, entities: &View<'a>) {
    if firsts.iter().all(Option::is_some) {
        return;
    }
    let names = entities.items();
    for (first, kind) in firsts.iter_mut().zip(KINDS) {
        if first.is_none() && names.iter().any(|name| name.as_str() == Some(kind)) {
            *first = Some((filter.clone(), entities.clone()));
        }
    }
}

fn check(
    filter: &View<'_>,
    entities: Option<&View<'_>>,
    spec: Option<&View<'_>>,
    reader: &mut Reader<'_, '_>,
) {
    check_word((filter, "type"), (&TYPES, "It is drawn as `all`."), reader);
    if let Some(spec) = spec.filter(|spec| spec.value("matchType").is_some()) {
        check_word((spec, "matchType"), (&MATCH_TYPES, "It is drawn as `any`."), reader);
    }
    let Some(entities) =
        entities.filter(|list| list.item_count() > 0 || expression(list).is_some())
    else {
        let message = "Expected `entities:` with a list of what the filter is for: `environments`, \
                       `infrastructures` or both. The filter is for nothing.";
        return reader.report(&rules::FILTER_INVALID, filter.first_key_span(), message);
    };
    for entity in entities.first_items(ENTITIES.len()) {
        if expression(&entity).is_none() {
            report_other_word(
                &entity,
                &ENTITIES,
                "The filter is for nothing of this name.",
                reader,
            );
        }
    }
}

/// Reports a key that is missing or has another value than one of `words`.
fn check_word(
    (holder, key): (&View<'_>, &str),
    (words, drawn): (&[&'static str], &str),
    reader: &mut Reader<'_, '_>,
) {
    match holder.value(key) {
        Some(value) if expression(&value).is_some() => {}
        Some(value) => report_other_word(&value, words, drawn, reader),
        None => {
            let message = || format!("Expected `{key}:` with {}. {drawn}", or(words));
            reader.report_with(&rules::FILTER_INVALID, holder.first_key_span(), &message);
        }
    }
}

fn report_other_word(
    value: &View<'_>,
    words: &[&'static str],
    drawn: &str,
    reader: &mut Reader<'_, '_>,
) {
    let written = value.as_str();
    if written.is_some_and(|written| words.contains(&written)) {
        return;
    }
    if reader.count_unlisted(&rules::FILTER_INVALID, value.span()) {
        return;
    }
    let found = written.map_or("a list or mapping".to_owned(), |text| format!("`{text}`"));
    let message = format!("Expected {} here, not {found}. {drawn}", or(words));
    let fix = fix::spelling(value.node(), &mut words.iter().copied());
    reader.report_with_fix(&rules::FILTER_INVALID, value.span(), message, fix);
}

/// The words in a sentence: `` `all` or `tags` ``.
fn or(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" or ")
}

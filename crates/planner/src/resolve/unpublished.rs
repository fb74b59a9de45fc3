//! Forms of the newer schema that its documentation shows and its published schema doesn't know: they are read,
//! with a note.
//!
//! Follows `docs/semantics.md`, "Schema v1".

use deployline_span::Span;

use super::context::Reader;
use super::view::View;
use crate::rules;

/// A key as the published schema spells it, and as others do.
pub(super) struct Spelling {
    pub(super) published: &'static str,
    pub(super) others: &'static [&'static str],
}

/// The value of a key in any of its spellings; reports one that the published schema doesn't know.
pub(super) fn value<'a>(
    holder: &View<'a>,
    spelling: &Spelling,
    reader: &mut Reader<'_, '_>,
) -> Option<View<'a>> {
    let published = spelling.published;
    if let Some(value) = holder.value(published) {
        return Some(value);
    }
    let other = |name: &&'static str| Some((*name, holder.value(name)?));
    let (name, value) = spelling.others.iter().find_map(other)?;
    let message = format!(
        "`{name}` is a spelling of the documentation. The published schema has `{published}`, and it is read as \
         that. Write `{published}`."
    );
    reader.report(&rules::UNPUBLISHED_FORM, holder.key_span(name), message);
    Some(value)
}

/// Reports a form that only the documentation shows, and says as what it is read.
pub(super) fn report(span: Span, form: &str, read_as: &str, reader: &mut Reader<'_, '_>) {
    let message = format!(
        "The documentation shows {form}, and the published schema doesn't know it. {read_as}"
    );
    reader.report(&rules::UNPUBLISHED_FORM, span, message);
}

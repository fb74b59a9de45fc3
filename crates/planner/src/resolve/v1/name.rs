//! Identifiers of services, environments, infrastructures and groups of the newer schema.

use deployline_engine::Reference;

use crate::resolve::context::Reader;
use crate::resolve::scalar::{self, Scalar};
use crate::resolve::unpublished::{self, Spelling};
use crate::resolve::view::View;
use crate::rules;

const ID: Spelling = Spelling { published: "id", others: &["name"] };

/// An identifier, or a mapping with `id`.
pub(super) fn name_of(item: &View<'_>, reader: &mut Reader<'_, '_>) -> Reference {
    let inner = unpublished::value(item, &ID, reader);
    let place = inner.as_ref().unwrap_or(item);
    match scalar::read(place, reader) {
        Some(Scalar::Known(name)) => Reference::known(name),
        Some(Scalar::Runtime(text)) => {
            scalar::report_runtime(place.span(), "The name is", &text, reader);
            Reference::unknown(text)
        }
        None => {
            reader.report(
                &rules::MISSING_IDENTIFIER,
                item.span(),
                "Expected an identifier, or `id:` with one.",
            );
            Reference::unknown("no identifier")
        }
    }
}

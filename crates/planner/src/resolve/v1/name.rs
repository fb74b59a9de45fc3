//! Identifiers of services, environments, infrastructures and groups of the newer schema.

use deployline_engine::Reference;

use crate::resolve::context::Reader;
use crate::resolve::found;
use crate::resolve::scalar::{self, Scalar};
use crate::resolve::unpublished::{self, Spelling};
use crate::resolve::view::View;
use crate::rules;

const ID: Spelling = Spelling { published: "id", others: &["name"] };

/// The identifier of `what` (a service, an environment), or a mapping with `id`.
pub(super) fn name_of(item: &View<'_>, what: &str, reader: &mut Reader<'_, '_>) -> Reference {
    let inner = unpublished::value(item, &ID, reader);
    let place = inner.as_ref().unwrap_or(item);
    match scalar::read(place, reader) {
        Some(Scalar::Known(name)) => Reference::known(name),
        Some(Scalar::Runtime(text)) => {
            let subject = format!("The {what} is");
            scalar::report_runtime(place.span(), &subject, scalar::written(place), reader);
            Reference::unknown(text)
        }
        Some(Scalar::Several(_)) | None => {
            let expected = format!("Expected the identifier of one {what}, or `id:` with it.");
            found::report(&rules::MISSING_IDENTIFIER, place, &expected, reader);
            Reference::unknown("no identifier")
        }
    }
}

//! Keys that the product doesn't read beside others.

use super::context::Reader;
use super::view::View;
use crate::rules;

/// Reports that the product doesn't read `key` of `holder` beside `other`.
pub(super) fn report(holder: &View<'_>, key: &str, other: &str, reader: &mut Reader<'_, '_>) {
    let message =
        format!("`{key}` has no effect beside `{other}`: the product doesn't read it. Remove it.");
    reader.report(&rules::NO_EFFECT, holder.key_span(key), message);
}

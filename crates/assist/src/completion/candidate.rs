//! A name that may stand at the cursor.

/// A name, and a few words about it.
pub(super) struct Candidate<'t> {
    pub(super) name: &'t str,
    pub(super) detail: String,
}

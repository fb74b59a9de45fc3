//! An item of the list of stages.

use deployline_span::Span;

use super::view::View;

/// An item of the list, or of a `parallel:` group in it.
pub(super) struct Item<'a> {
    /// Index of its entry in the list; in a DAG its own.
    pub(super) entry: u32,
    pub(super) view: View<'a>,
    /// Key of the group around it.
    pub(super) group: Option<Span>,
}

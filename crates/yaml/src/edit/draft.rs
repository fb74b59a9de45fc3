//! The text while it changes, and edits of its bytes.

use std::ops::Range;

use deployline_span::Span;

use crate::{Document, Node, TextEdit};

/// A text with the document that changes, as the changes before have left them.
pub(super) struct Draft<'a> {
    pub(super) text: &'a str,
    pub(super) document: &'a Document,
}

/// Puts `insert` in the place of these bytes of the text that holds `node`.
pub(super) fn replace(node: Node<'_>, range: Range<usize>, insert: String) -> TextEdit {
    TextEdit { span: Span::new(node.span().source, range.start, range.end), insert }
}

pub(super) fn insert(node: Node<'_>, at: usize, insert: String) -> TextEdit {
    replace(node, at..at, insert)
}

pub(super) fn delete(node: Node<'_>, range: Range<usize>) -> TextEdit {
    replace(node, range, String::new())
}

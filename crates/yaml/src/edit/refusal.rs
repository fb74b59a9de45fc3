//! The reasons why a text can't be changed.

use deployline_span::Span;

use crate::{LineIndex, Node, NodeKind};

pub(super) const ALIASED: &str = "The value comes from an alias: other places share it.";
pub(super) const GONE: &str = "This is not in the text as it is now.";
pub(super) const NOT_SAFE: &str = "This can't be changed safely here; change it in the YAML.";
pub(super) const COMMENT_IN_THE_WAY: &str = "A comment is in the way; change it in the YAML.";
pub(super) const UNREAD: &str =
    "A line here can't be read, so what it says would be lost or said twice: mend it first.";
pub(super) const NOT_A_LIST: &str = "Expected a list here.";
pub(super) const NOT_A_MAPPING: &str = "Expected keys and values here.";
pub(super) const NOT_A_SCALAR: &str = "Expected a single value here.";

/// The beginning of [`UNREAD`], in the place of which a line's number can stand.
const UNREAD_LINE: &str = "A line here";

/// A reason why a text can't be changed, and the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The reason, for people.
    pub reason: &'static str,
    /// The place that stands in the way.
    pub span: Span,
}

impl Refusal {
    /// The reason, with the number of the line to mend where one of `text` can't be read.
    ///
    /// ```
    /// let text = "a:\n  b: c: d\n";
    /// let document = &deployline_yaml::parse(text).documents[0];
    /// let refusal = deployline_yaml::edit::set(text, document.root(), &["a", "b"], "1");
    /// assert_eq!(
    ///     refusal.expect_err("`b` may be there already").message(text),
    ///     "Line 2 can't be read, so what it says would be lost or said twice: mend it first."
    /// );
    /// ```
    pub fn message(&self, text: &str) -> String {
        match self.reason.strip_prefix(UNREAD_LINE) {
            Some(rest) => {
                let start = self.span.range().start;
                format!("Line {}{rest}", LineIndex::new(text).line_column(text, start).line)
            }
            None => self.reason.to_owned(),
        }
    }

    /// A refusal that points at the beginning of a node.
    pub(super) fn at(reason: &'static str, node: Node<'_>) -> Self {
        Self { reason, span: first_key_or_node(node) }
    }
}

/// A short place to point at: the first key of a mapping, or the node.
pub(super) fn first_key_or_node(node: Node<'_>) -> Span {
    match node.kind() {
        NodeKind::Mapping if !node.is_aliased() => {
            node.entries().next().map_or(node.span(), |(key, _)| key.span())
        }
        _ => node.span(),
    }
}

//! The reasons why a text can't be changed.

use deployline_span::Span;

use crate::{Node, NodeKind};

pub(super) const ALIASED: &str = "The value comes from an alias: other places share it.";
pub(super) const GONE: &str = "This is not in the text as it is now.";
pub(super) const NOT_SAFE: &str = "This can't be changed safely here; change it in the YAML.";
pub(super) const COMMENT_IN_THE_WAY: &str = "A comment is in the way; change it in the YAML.";
pub(super) const NOT_A_LIST: &str = "Expected a list here.";
pub(super) const NOT_A_MAPPING: &str = "Expected keys and values here.";
pub(super) const NOT_A_SCALAR: &str = "Expected a single value here.";

/// A reason why a text can't be changed, and the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The reason, for people.
    pub reason: &'static str,
    /// The place that stands in the way.
    pub span: Span,
}

impl Refusal {
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

//! Locks: why a place can't be changed.

use deployline_span::Span;
use deployline_yaml::{Document, Node, NodeKind, ScalarStyle};

use super::{Field, Lock};

const ALIASED: &str = "The value comes from an alias: other places share it.";
const SHARED: &str = "An alias shares this with other places: the change would be theirs too.";
const EXPRESSION: &str = "An expression stands here, and its value comes from elsewhere.";
const SEVERAL_LINES: &str = "This text has several lines; change it in the YAML.";
const NOT_SINGLE: &str = "Expected a single value here; change it in the YAML.";
const NOT_LIST: &str = "Expected a list here; change it in the YAML.";
const NOT_KEYS: &str = "Expected keys and values here; change it in the YAML.";

/// The values of a document that aliases repeat.
pub(crate) struct AliasedSpans(Vec<Span>);

impl AliasedSpans {
    pub(crate) fn of(document: &Document) -> Self {
        Self(document.shared())
    }

    /// A value inside of `span` that an alias repeats.
    pub(crate) fn any_in(&self, span: Span) -> Option<Span> {
        self.0.iter().copied().find(|shared| span.start <= shared.start && shared.end <= span.end)
    }

    /// The lock of a node, whatever it is.
    pub(super) fn lock(&self, node: Node<'_>) -> Option<Lock> {
        if node.is_aliased() {
            return Some(lock(ALIASED, node));
        }
        self.0.binary_search(&node.span()).is_ok().then(|| lock(SHARED, node))
    }

    /// The lock of a list, or of nothing where there could be one.
    pub(super) fn list_lock(&self, node: Option<Node<'_>>) -> Option<Lock> {
        let node = node?;
        self.lock(node).or_else(|| match node.kind() {
            NodeKind::Sequence | NodeKind::Null => None,
            NodeKind::Scalar if is_expression(node) => Some(lock(EXPRESSION, node)),
            _ => Some(lock(NOT_LIST, node)),
        })
    }

    /// The lock of a mapping, or of nothing where there could be one.
    pub(super) fn map_lock(&self, node: Option<Node<'_>>) -> Option<Lock> {
        let node = node?;
        self.lock(node).or_else(|| match node.kind() {
            NodeKind::Mapping | NodeKind::Null => None,
            NodeKind::Scalar if is_expression(node) => Some(lock(EXPRESSION, node)),
            _ => Some(lock(NOT_KEYS, node)),
        })
    }

    /// The value at `path` below the mapping `node`, locked where that is.
    pub(super) fn field(&self, node: Node<'_>, path: &[&str], outer: Option<&Lock>) -> Field {
        let mut field = Field { text: None, span: start_of(node), lock: outer.cloned() };
        let Some((key, rest)) = path.split_first() else { return self.value(node, outer) };
        let Some(child) = node.get(key) else { return field };
        if rest.is_empty() {
            return self.value(child, outer);
        }
        field.lock = field.lock.or_else(|| self.map_lock(Some(child)));
        if child.kind() == NodeKind::Mapping {
            return self.field(child, rest, field.lock.as_ref());
        }
        field
    }

    /// A field that may hold an expression, such as a condition.
    pub(super) fn expression_field(
        &self,
        node: Node<'_>,
        path: &[&str],
        outer: Option<&Lock>,
    ) -> Field {
        let mut field = self.field(node, path, outer);
        field.lock = field.lock.filter(|lock| lock.reason != EXPRESSION || field.text.is_none());
        field
    }

    /// A field that refers to something. A bare `<+input>` only says that a run asks for it, as a new stage
    /// does: a name can take its place. Any other expression says something that would be lost.
    pub(super) fn reference(&self, node: Node<'_>, outer: Option<&Lock>) -> Field {
        let mut field = self.value(node, outer);
        if field.text.as_deref() == Some("<+input>") {
            field.lock = field.lock.filter(|lock| lock.reason != EXPRESSION);
        }
        field
    }

    pub(super) fn value(&self, node: Node<'_>, outer: Option<&Lock>) -> Field {
        let lock_of = || match node.kind() {
            NodeKind::Null => None,
            NodeKind::Scalar if is_expression(node) => Some(lock(EXPRESSION, node)),
            NodeKind::Scalar if node.style() == Some(ScalarStyle::Block) => {
                Some(lock(SEVERAL_LINES, node))
            }
            NodeKind::Scalar => None,
            _ => Some(lock(NOT_SINGLE, node)),
        };
        Field {
            text: node.as_str().map(str::to_owned),
            span: node.span(),
            lock: outer.cloned().or_else(|| self.lock(node)).or_else(lock_of),
        }
    }
}

pub(super) fn lock(reason: &'static str, node: Node<'_>) -> Lock {
    Lock { reason, span: start_of(node) }
}

/// A short place to point at: a mapping's first key.
pub(crate) fn start_of(node: Node<'_>) -> Span {
    match node.kind() {
        NodeKind::Mapping if !node.is_aliased() => {
            node.entries().next().map_or(node.span(), |(key, _)| key.span())
        }
        _ => node.span(),
    }
}

pub(crate) fn is_expression(node: Node<'_>) -> bool {
    node.as_str().is_some_and(deployline_planner::is_expression)
}

//! Where a value is in the tree.

use deployline_span::Span;

use super::{Refusal, SHARED};
use crate::{Document, Node, NodeKind};

/// One step down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the value of a key.
    Key(String),
    /// To an item of a list.
    Index(usize),
}

/// Steps from the root of a document.
pub type Path = Vec<Step>;

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// A node and what it hangs from.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) node: Node<'a>,
    pub(super) parent: Option<Node<'a>>,
    /// The key it is the value of.
    pub(super) key: Option<Node<'a>>,
    /// Which of the parent's items or entries it is.
    pub(super) position: usize,
}

/// Follows a path, through no alias.
pub(super) fn find<'a>(document: &'a Document, path: &[Step]) -> Result<Place<'a>, Refusal> {
    let node = document.root();
    let mut place = Place { node, parent: None, key: None, position: 0 };
    for step in path {
        let Some(below) = below(place.node, step) else {
            let reason = "This is not in the text as it is now.";
            return Err(Refusal { reason, span: start_of(place.node) });
        };
        if below.node.is_aliased() {
            return Err(Refusal { reason: SHARED, span: below.node.span() });
        }
        place = below;
    }
    Ok(place)
}

fn below<'a>(parent: Node<'a>, step: &Step) -> Option<Place<'a>> {
    match step {
        Step::Index(index) => {
            let node = parent.items().nth(*index)?;
            Some(Place { node, parent: Some(parent), key: None, position: *index })
        }
        Step::Key(key) => {
            // Of a key written twice, the last one counts.
            let (position, (key, node)) = parent
                .entries()
                .enumerate()
                .filter(|(_, (k, _))| k.as_str() == Some(key))
                .last()?;
            Some(Place { node, parent: Some(parent), key: Some(key), position })
        }
    }
}

/// A short place to point at.
pub(super) fn start_of(node: Node<'_>) -> Span {
    match node.kind() {
        NodeKind::Mapping if !node.is_aliased() => {
            node.entries().next().map_or(node.span(), |(key, _)| key.span())
        }
        _ => node.span(),
    }
}

/// What `path` has become after an item was inserted into `list` at `at`.
pub(super) fn after_insertion(path: &[Step], list: &[Step], at: usize) -> Path {
    let mut path = path.to_vec();
    if path.len() > list.len()
        && path.starts_with(list)
        && let Step::Index(index) = &mut path[list.len()]
        && *index >= at
    {
        *index += 1;
    }
    path
}

//! Paths from the root of a document to a node.

use super::refusal::{ALIASED, GONE, Refusal};
use crate::{Document, Node};

/// One step down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

/// The node that a path leads to, and what holds it.
#[derive(Clone, Copy)]
pub(super) struct PathTarget<'a> {
    pub(super) node: Node<'a>,
    pub(super) parent: Option<Node<'a>>,
    /// The key it is the value of.
    pub(super) key: Option<Node<'a>>,
    /// Index among the parent's items or entries.
    pub(super) position: usize,
}

/// Follows a path, through no alias.
pub(super) fn follow<'a>(document: &'a Document, path: &[Step]) -> Result<PathTarget<'a>, Refusal> {
    let node = document.root();
    let root = PathTarget { node, parent: None, key: None, position: 0 };
    path.iter().try_fold(root, |target, step| {
        let below = child(target.node, step).ok_or_else(|| Refusal::at(GONE, target.node))?;
        if below.node.is_aliased() {
            return Err(Refusal { reason: ALIASED, span: below.node.span() });
        }
        Ok(below)
    })
}

/// The child of `parent` that a step leads to.
pub(super) fn child<'a>(parent: Node<'a>, step: &Step) -> Option<PathTarget<'a>> {
    match step {
        Step::Index(index) => {
            let node = parent.items().nth(*index)?;
            Some(PathTarget { node, parent: Some(parent), key: None, position: *index })
        }
        Step::Key(key) => {
            // Of a key written twice, the last one counts.
            let (position, (key, node)) = parent
                .entries()
                .enumerate()
                .filter(|(_, (k, _))| k.as_str() == Some(key))
                .last()?;
            Some(PathTarget { node, parent: Some(parent), key: Some(key), position })
        }
    }
}

/// Returns what `path` becomes when an item is inserted into `list` at `at`.
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

//! A step that waits, as it is written.

use deployline_span::Span;
use deployline_yaml::Node;

/// A step that waits, as its text says: values may be expressions.
#[derive(Clone)]
pub(super) struct WrittenWait {
    /// Its index in the tree.
    pub(super) step: u32,
    pub(super) kind: WrittenKind,
    pub(super) value: Option<Text>,
    pub(super) timeout: Option<Text>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum WrittenKind {
    Time,
    Approval,
    Barrier,
    /// Held until the stage ends, or `false` until the pipeline ends.
    Queue {
        is_of_stage: bool,
    },
}

/// A scalar and the keys that lead to it from its step.
#[derive(Clone)]
pub(super) struct Text {
    pub(super) path: &'static [&'static str],
    pub(super) text: String,
    pub(super) span: Span,
}

impl Text {
    pub(super) fn read(step: Node<'_>, path: &'static [&'static str]) -> Option<Self> {
        let node = step.at(path)?;
        Some(Self { path, text: node.as_str()?.to_owned(), span: node.span() })
    }
}

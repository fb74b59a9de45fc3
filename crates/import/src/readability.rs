//! Readability of a text: it decides whether a change of the text was for the better.

use std::cmp::Reverse;

use deployline_planner::{ParsedTexts, document_kind, is_pipeline};
use deployline_yaml::Document;

/// Kind of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DocumentKind {
    /// A pipeline, or a part of one.
    Pipeline,
    /// Something that a pipeline refers to, by its root key: `service`, `inputSet` and the like.
    Entity(&'static str),
    /// Neither.
    Other,
}

impl DocumentKind {
    pub(super) fn of(document: &Document) -> Self {
        let root = document.root();
        match document_kind(root) {
            Some(kind) => Self::Entity(kind),
            None if is_pipeline(root) => Self::Pipeline,
            None => Self::Other,
        }
    }
}

/// More is better: first that there is something to plan, then that less is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Readability {
    is_known: bool,
    problem_count: Reverse<usize>,
}

impl Readability {
    pub(super) fn of(text: &str) -> Self {
        Self::of_parsed(&ParsedTexts::new(&[text]))
    }

    pub(super) fn of_parsed(parsed: &ParsedTexts) -> Self {
        let mut kinds = parsed.documents().iter().map(DocumentKind::of);
        let is_known = kinds.any(|kind| kind != DocumentKind::Other);
        Self { is_known, problem_count: Reverse(parsed.syntax_error_count()) }
    }

    /// True where nothing is left to mend.
    pub(super) fn is_whole(self) -> bool {
        self.is_known && self.problem_count.0 == 0
    }
}

/// The best of some texts, where it is better than `than`; of equal ones the first.
pub(super) fn best(
    than: Readability,
    texts: impl IntoIterator<Item = String>,
) -> Option<(String, Readability)> {
    let mut best = None;
    let mut most = than;
    for text in texts {
        let readability = Readability::of(&text);
        if readability > most {
            best = Some((text, readability));
            most = readability;
        }
        if most.is_whole() {
            break;
        }
    }
    best
}

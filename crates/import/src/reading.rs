//! How much of a text can be made sense of: what decides whether a change of it was for the better.

use std::cmp::Reverse;

use deployline_planner::{document_kind, is_pipeline};
use deployline_yaml::{Diagnostic, Document, parse};

/// What a document is to a pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It, or a part of it.
    Pipeline,
    /// Something that it refers to, by its root key: `service`, `inputSet` and the like.
    Entity(&'static str),
    /// Nothing.
    Other,
}

impl Kind {
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
pub(super) struct Reading {
    is_known: bool,
    problem_count: Reverse<usize>,
}

impl Reading {
    pub(super) fn of(text: &str) -> Self {
        let parsed = parse(text);
        let is_known = parsed.documents.iter().any(|it| Kind::of(it) != Kind::Other);
        let problems = parsed.diagnostics.iter().filter(|found| Diagnostic::is_syntax(found));
        Self { is_known, problem_count: Reverse(problems.count()) }
    }

    /// Whether nothing is left to mend.
    pub(super) fn is_whole(self) -> bool {
        self.is_known && self.problem_count.0 == 0
    }
}

/// The best of some texts, where it is better than `than`; of equal ones the first.
pub(super) fn best(
    than: Reading,
    texts: impl IntoIterator<Item = String>,
) -> Option<(String, Reading)> {
    let mut best = None;
    let mut most = than;
    for text in texts {
        let reading = Reading::of(&text);
        if reading > most {
            best = Some((text, reading));
            most = reading;
        }
        if most.is_whole() {
            break;
        }
    }
    best
}

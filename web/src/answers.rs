//! Planning with answers: the documents that they become, read by the planner.
//!
//! Their code is loaded later. Only a link and the panel "Inputs" bring answers, and both wait for
//! [`load`]: so it is there whenever there are answers.

use deployline_inputs::Answers;
use deployline_inputs::answers::{self, AnswerDocuments};
use deployline_planner::{Analysis, Inputs, ParsedTexts};
use deployline_yaml::Document;

use crate::chunk::{NotLoaded, chunk, poll_once};
use crate::source::Source;

/// Functions of the chunk.
#[derive(Clone, Copy)]
struct Planning {
    for_planner: fn(&[Document], &Inputs, &Answers) -> Option<AnswerDocuments>,
    relocate: fn(&mut Analysis, &AnswerDocuments),
}

/// The documents that answers became.
pub(crate) struct Answered {
    pub(crate) documents: AnswerDocuments,
    relocate: fn(&mut Analysis, &AnswerDocuments),
}

impl Answered {
    /// Puts what was found in these documents in the place of the answers.
    pub(crate) fn relocate(&self, analysis: &mut Analysis) {
        (self.relocate)(analysis, &self.documents);
    }
}

chunk!(links: load_planning -> Planning = Planning {
    for_planner: answers::for_planner,
    relocate: answers::relocate,
});

/// Loads what answers need.
///
/// # Errors
/// Where it does not arrive.
pub(crate) async fn load() -> Result<(), NotLoaded> {
    load_planning().await.map(|_| ())
}

/// Adds the answers of a source to its text, which is parsed.
pub(crate) fn add(source: &Source, parsed: ParsedTexts) -> (ParsedTexts, Option<Answered>) {
    let Source { inputs, answers, .. } = source;
    let planning = if answers.is_empty() { None } else { poll_once(load_planning()) };
    let answered = planning.and_then(Result::ok).and_then(|planning| {
        let documents = (planning.for_planner)(parsed.documents(), inputs, answers)?;
        Some(Answered { documents, relocate: planning.relocate })
    });
    match answered {
        Some(answered) => (parsed.with_answers(&answered.documents.text), Some(answered)),
        None => (parsed, None),
    }
}

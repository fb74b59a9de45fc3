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

/// Plans a source, of which the text is parsed, with its answers. Gives the documents that these became.
pub(crate) fn plan(source: &Source, parsed: ParsedTexts) -> (Analysis, Option<AnswerDocuments>) {
    let Source { inputs, answers, assumptions, .. } = source;
    let planning = if answers.is_empty() { None } else { poll_once(load_planning()) };
    let planning = planning.and_then(Result::ok);
    let mut made = None;
    let mut analysis = parsed.plan(inputs, assumptions, |documents| {
        made = planning.and_then(|planning| (planning.for_planner)(documents, inputs, answers));
        made.as_ref().map(|made| made.text.clone())
    });
    if let (Some(made), Some(planning)) = (&made, planning) {
        (planning.relocate)(&mut analysis, made);
    }
    (analysis, made)
}

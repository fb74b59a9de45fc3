//! Planning with answers: the documents that they become, read by the planner.
//!
//! Their code is loaded later. Only a link and the panel "Inputs" bring answers, and both wait for
//! [`load`]: so it is there whenever there are answers.

use deployline_inputs::{Answers, answers};
use deployline_planner::{Analysis, Inputs, analyze_with};
use deployline_yaml::Document;

use crate::chunk::{NotLoaded, chunk, poll_once};
use crate::source::Source;

type ForPlanner = fn(&[Document], &Inputs, &Answers) -> Option<answers::AnswerDocuments>;
type Relocate = fn(&mut Analysis, &answers::AnswerDocuments);

chunk!(links: load_for_planner -> ForPlanner = answers::for_planner);
chunk!(links: load_relocate -> Relocate = answers::relocate);

/// Loads what answers need.
///
/// # Errors
/// Where it does not arrive.
pub(crate) async fn load() -> Result<(), NotLoaded> {
    load_for_planner().await.map(|_| ())
}

/// Plans a source with its answers.
pub(crate) fn analyze(source: &Source) -> Analysis {
    let Source { text, inputs, answers, assumptions, .. } = source;
    let loaded = if answers.is_empty() { None } else { loaded() };
    let mut made = None;
    let mut analysis = analyze_with(&[text], inputs, assumptions, |documents| {
        made = loaded.and_then(|(for_planner, _)| for_planner(documents, inputs, answers));
        made.as_ref().map(|made| made.text.clone())
    });
    if let (Some(made), Some((_, relocate))) = (&made, loaded) {
        relocate(&mut analysis, made);
    }
    analysis
}

fn loaded() -> Option<(ForPlanner, Relocate)> {
    Some((poll_once(load_for_planner())?.ok()?, poll_once(load_relocate())?.ok()?))
}

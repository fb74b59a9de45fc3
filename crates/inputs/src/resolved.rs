//! The pipeline as it would run, as YAML: what other stages, templates, input sets, entities and
//! answers say stands where it counts.
//!
//! 1. `tree` writes down what is not in its place yet: what is taken, expanded or filled in;
//! 2. `axes` does so for the services and environments of a stage;
//! 3. `edits` puts it in place: the resolved text is the source with the fewest lines changed;
//! 4. `diff` shows these lines.
//!
//! Values that only a run knows stay, with a comment. So does what can't be written in its place: the
//! documents that settle it are part of the resolved text.

mod axes;
mod diff;
mod documents;
mod edits;
mod stages;
mod tree;

use deployline_planner::{ANSWERS, Inputs, Views, views};
use deployline_span::{SourceId, Span};
use deployline_yaml::{Document, TextEdit};

use crate::walk;
use crate::{Answers, Field, Origin};

pub use diff::{Line, LineKind, Row, folded, lines};

/// A pipeline as it would run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// The text, with the entities that it still needs.
    pub text: String,
    /// Changes of the source for it.
    pub edits: Vec<TextEdit>,
    /// True where it is too large to be written as a whole, so that some of it stays as it is.
    pub is_cut: bool,
}

/// Resolves `text`, whose documents come first in `documents`, maybe with those made from answers
/// behind them.
///
/// ```
/// use deployline_planner::Inputs;
/// use deployline_inputs::{Answers, resolved::resolved};
/// let text = "\
/// stages:
///   - stage:
///       identifier: test
///       spec:
///         service: {serviceRef: cart}
///         environment: {environmentRef: test, infrastructureDefinitions: [{identifier: eu}]}
///   - stage:
///       identifier: live
///       spec:
///         service: {useFromStage: {stage: test}}
///         environment: {environmentRef: live, deployToAll: true} # many
/// ---
/// infrastructureDefinition: {identifier: us, environmentRef: live}
/// ";
/// let documents = deployline_yaml::parse(text).documents;
/// let resolved = resolved(text, &documents, &Inputs::default(), &Answers::new());
/// let changed = "\
///         service:
///           serviceRef: cart
///         environment:
///           environmentRef: live
///           infrastructureDefinitions:
///             - identifier: us # many
/// ";
/// assert!(resolved.text.contains(changed), "{}", resolved.text);
/// ```
pub fn resolved(
    text: &str,
    documents: &[Document],
    inputs: &Inputs,
    answers: &Answers,
) -> Resolved {
    let views = views(documents, inputs);
    let mut edits = edits::Edits::new(text);
    let mut trees = tree::Trees::new(views.settled.clone());
    for found in walk::open_places(&views, documents, inputs, answers) {
        let input = found.input;
        if input.origin == Origin::Open || input.field == Field::Nothing {
            edits.comment(input.span);
            trees.keep_open(input.span);
        }
    }
    stages::resolve(&views, documents, inputs, &mut edits, &mut trees);
    documents::remove_used(documents, &mut edits);
    let mut edits = edits.finish();
    let mut resolved = TextEdit::apply_all(&edits, text);
    if needs_entities(&views) {
        let made = documents.iter().filter(|document| document.source() == ANSWERS);
        let length = resolved.len();
        documents::append(made, &mut resolved, &mut trees);
        let end = Span::new(SourceId(0), text.len(), text.len());
        edits.push(TextEdit { span: end, insert: resolved[length..].to_owned() });
    }
    Resolved { text: resolved, edits, is_cut: trees.is_full() }
}

/// True where some stage still refers to entities that were made from answers.
fn needs_entities(views: &Views<'_>) -> bool {
    views.pipeline.schema == deployline_engine::Schema::V1
        || views.pipeline.stages.iter().any(|stage| !axes::can_be_expanded(stage))
}

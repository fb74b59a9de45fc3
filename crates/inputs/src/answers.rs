//! The viewer's answers as YAML: an input set, and documents of the entities and templates that no text
//! describes.
//!
//! The planner reads that text as any other ([`deployline_planner::ParsedTexts::with_answers`]), so that an answer
//! has the same effect whether it is kept as an assumption or added to the pipeline's own text.

mod document;
mod input_set;
mod placeholder_template;
mod placeholders;
mod relocate;

use deployline_map::Set;
use deployline_planner::{ANSWERS, Inputs, views};
use deployline_yaml::{Budget, Document, lines, parse_with};

use crate::open_place::OpenPlace;
use crate::{Answers, walk};

pub use document::AnswerDocuments;
use document::Audience;
pub use relocate::{relocate, relocate_diagnostics};

/// Makes the documents that settle what the answers settle, for the planner only.
pub fn for_planner(
    documents: &[Document],
    inputs: &Inputs,
    answers: &Answers,
) -> Option<AnswerDocuments> {
    if answers.is_empty() {
        return None;
    }
    let made = answer_documents(written(documents), inputs, answers, Audience::Planner);
    (!made.text.is_empty()).then_some(made)
}

/// The same as documents that people may copy, keep and add to the pipeline's text.
///
/// ```
/// use deployline_planner::Inputs;
/// use deployline_inputs::{Answers, answers};
/// let text = "stage: {identifier: a, spec: {service: {serviceRef: <+input>}}}";
/// let documents = deployline_yaml::parse(text).documents;
/// let answers = Answers::from([("a: service › serviceRef".to_owned(), "cart".to_owned())]);
/// assert_eq!(
///     answers::for_people(&documents, &Inputs::default(), &answers).text,
///     "inputSet:
///   name: Given by hand
///   identifier: given_by_hand
///   pipeline:
///     stages:
///       - stage:
///           identifier: a
///           spec:
///             service:
///               serviceRef: cart
/// "
/// );
/// ```
pub fn for_people(documents: &[Document], inputs: &Inputs, answers: &Answers) -> AnswerDocuments {
    answer_documents(written(documents), inputs, answers, Audience::People)
}

/// Appends documents to a text.
pub fn append_documents(text: &str, documents: &str) -> String {
    let line_break = lines::line_break(text, text.len());
    let mut out = text.to_owned();
    if !out.is_empty() && !out.ends_with(lines::BREAKS) {
        out += line_break;
    }
    for line in "---\n".lines().chain(documents.lines()) {
        out += line;
        out += line_break;
    }
    out
}

/// The documents of the texts themselves: what was made from answers comes last.
fn written(documents: &[Document]) -> &[Document] {
    let count = documents.iter().take_while(|document| document.source() != ANSWERS).count();
    &documents[..count]
}

fn answer_documents(
    documents: &[Document],
    inputs: &Inputs,
    answers: &Answers,
    audience: Audience,
) -> AnswerDocuments {
    let views = views(documents, inputs);
    let open = walk::open_places(&views, documents, inputs, answers);
    let mut out = AnswerDocuments::default();
    if let Some(pipeline) = input_set::pipeline(&open, audience, &mut out) {
        let identifier = views.pipeline.identifier.as_deref();
        out.push(&[("inputSet", input_set::around(identifier, pipeline))]);
    }
    let keys: Set<&str> = open.iter().map(|place| place.input.key.as_str()).collect();
    if out.text.is_empty() || answers.keys().all(|key| keys.contains(key.as_str())) {
        push_placeholders(&mut out, &open);
        return out;
    }
    // An answer has opened more: an environment that it names is asked for its infrastructures.
    let parsed = parse_with(&out.text, ANSWERS, Budget::default());
    let filled: Vec<Document> = documents.iter().cloned().chain(parsed.documents).collect();
    let views = deployline_planner::views(&filled, inputs);
    push_placeholders(&mut out, &walk::open_places(&views, &filled, inputs, answers));
    out
}

/// Adds documents of the templates and entities that no text describes.
fn push_placeholders(out: &mut AnswerDocuments, open: &[OpenPlace<'_>]) {
    let templates = placeholder_template::documents(open).into_iter();
    for (document, included) in templates.chain(placeholders::documents(open)) {
        out.push(&[document]);
        out.included.extend(included);
    }
}

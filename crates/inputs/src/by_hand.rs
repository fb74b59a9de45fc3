//! What the viewer gave by hand, as the YAML that would say it: an input set, and documents of the
//! entities and templates that no text describes.
//!
//! The planner reads that text as any other ([`deployline_planner::analyze_with`]), so that an answer
//! has the same effect whether it is kept as an assumption or added to the pipeline's own text.

mod input_set;
mod settle;
mod template;
mod world;

use std::ops::Range;

use deployline_planner::{BY_HAND, Inputs};
use deployline_span::Span;
use deployline_yaml::write::{Layout, Value, Writer};
use deployline_yaml::{Budget, Document, parse_with};

use crate::walk::{self, Found, Settles};
use crate::{Answers, Origin};

pub use settle::settle;

/// A text made from answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByHand {
    /// YAML documents with `---` between them; empty where no answer means anything.
    pub text: String,
    /// Which of its bytes answer which place of the main text.
    source_map: Vec<(Range<u32>, Span)>,
    /// The keys of the answers that it holds.
    pub holds: Vec<String>,
    /// The flags that it holds.
    pub holds_flags: Vec<(String, deployline_engine::AxisName)>,
    /// How many answers no document could hold: what an expression other than `<+input>` yields.
    pub stays: usize,
}

/// For whom the text is made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// The planner: it takes the flags from [`Inputs`], and lets any expression be settled.
    Planner,
    /// People, and the product: only `<+input>` can be filled.
    People,
}

/// The text that settles what the answers settle, for the planner only.
pub fn for_planner(documents: &[Document], inputs: &Inputs, answers: &Answers) -> Option<ByHand> {
    if answers.is_empty() {
        return None;
    }
    let made = made(written(documents), inputs, answers, Reader::Planner);
    (!made.text.is_empty()).then_some(made)
}

/// The same as documents that people may copy, keep and add to the pipeline's text.
///
/// ```
/// use deployline_planner::Inputs;
/// use deployline_inputs::{Answers, by_hand};
/// let text = "stage: {identifier: a, spec: {service: {serviceRef: <+input>}}}";
/// let documents = deployline_yaml::parse(text).documents;
/// let answers = Answers::from([("a: service › serviceRef".to_owned(), "cart".to_owned())]);
/// assert_eq!(
///     by_hand::for_people(&documents, &Inputs::default(), &answers).text,
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
pub fn for_people(documents: &[Document], inputs: &Inputs, answers: &Answers) -> ByHand {
    made(written(documents), inputs, answers, Reader::People)
}

/// A text with other documents behind it.
pub fn added(text: &str, documents: &str) -> String {
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = text.to_owned();
    if !out.is_empty() && !out.ends_with(['\n', '\r']) {
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
    let count = documents.iter().take_while(|document| document.source() != BY_HAND).count();
    &documents[..count]
}

fn made(documents: &[Document], inputs: &Inputs, answers: &Answers, reader: Reader) -> ByHand {
    let mut out = Out::default();
    let found = walk::found(documents, inputs, answers);
    let identifier = deployline_planner::views(documents, inputs).pipeline.identifier;
    if let Some(pipeline) = input_set::pipeline(&found, reader, &mut out.made) {
        out.document(&[("inputSet", input_set::around(identifier.as_deref(), pipeline))]);
    }
    // What was filled in may ask for more: an environment that has been named for its infrastructures.
    let filled: Vec<Document>;
    let (mut more, mut all) = (None, &found);
    if !out.made.text.is_empty() && is_any_unknown(answers, &found) {
        let parsed = parse_with(&out.made.text, BY_HAND, Budget::default());
        filled = documents.iter().cloned().chain(parsed.documents).collect();
        all = more.insert(walk::found(&filled, inputs, answers));
    }
    for (document, holds) in template::documents(all).into_iter().chain(world::documents(all)) {
        out.document(&[document]);
        out.made.holds.extend(holds);
    }
    out.made
}

fn is_any_unknown(answers: &Answers, found: &[Found<'_>]) -> bool {
    answers.keys().any(|key| !found.iter().any(|found| found.input.key == *key))
}

/// Whether the viewer gave it, and what.
fn answer<'f>(found: &'f Found<'_>) -> Option<&'f str> {
    found.input.value.as_deref().filter(|_| found.input.origin == Origin::ByHand)
}

/// A document with its root key, and the answers that are in it.
type Made<'t> = ((&'t str, Value), Vec<String>);

#[derive(Default)]
struct Out {
    made: ByHand,
}

impl Out {
    fn document(&mut self, entries: &[(&str, Value)]) {
        let mut writer = Writer::new(Layout::default());
        writer.text = std::mem::take(&mut self.made.text);
        if !writer.text.is_empty() {
            writer.text += "---\n";
        }
        for (key, value) in entries {
            writer.entry(0, key, value);
            writer.new_line(0);
        }
        self.made.text = writer.text;
        self.made.source_map.extend(writer.source_map);
    }
}

/// Whether an answer becomes a document of its own.
fn is_document(found: &Found<'_>) -> bool {
    matches!(found.settles, Settles::Count(_) | Settles::Template(_))
}

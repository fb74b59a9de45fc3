//! Open inputs of a pipeline, answers to them, and the resolved text.
//!
//! - [`open_inputs`] lists everything that an input set or another document could tell, and what only a
//!   run knows:
//!   1. `described` knows which entities the texts describe;
//!   2. `question` knows which places may hold an expression, and what it stands for;
//!   3. `walk` goes through the stages as the planner reads them, and finds both;
//! - [`answers`] makes the YAML that settles it, from the viewer's answers;
//! - [`resolved::resolved`] puts everything that is looked up elsewhere in its place.
//!
//! This crate knows Harness' keys and no pixel, DOM, clock or I/O.

pub mod answers;
mod described;
mod open_place;
mod order;
mod path;
mod question;
pub mod resolved;
mod walk;

use deployline_engine::AxisName;
use deployline_map::Map;
use deployline_planner::{Inputs, views};
use deployline_span::Span;
use deployline_yaml::Document;

/// The viewer's answers by [`OpenInput::key`], as they were typed or picked. An answer that can't be read, as a
/// number that is none, leaves its input open.
pub type Answers = Map<String, String>;

/// Something that the YAML leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenInput {
    /// The same for as long as the stage and the place in it are called the same.
    pub key: String,
    /// Span of what is open, in the main text.
    pub span: Span,
    /// The name of the stage, the first one where several ask for the same.
    pub stage: String,
    /// The place in the stage: `services › values`. Empty for what stands elsewhere.
    pub place: String,
    /// The question.
    pub question: String,
    /// Kind of answer.
    pub field: Field,
    /// Present value, where it is settled.
    pub value: Option<String>,
    /// Origin of the value.
    pub origin: Origin,
    /// The stage and the axis whose flag this is: answered by [`Inputs::parallel`].
    pub axis: Option<(String, AxisName)>,
}

/// Kinds of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// A name.
    Text,
    /// One of these.
    Choice(Vec<String>),
    /// A whole number of at least so much.
    Number {
        /// 0 or 1.
        least: u32,
    },
    /// A number of entities where the text names none: at least 1.
    Count,
    /// `true` or `false`.
    Flag,
    /// Names with commas between them, or how many there are.
    Names,
    /// Nothing: only a run knows, or a document that has to be written.
    Nothing,
}

/// Origin of a present value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// There is none.
    Open,
    /// The default of the input.
    Default,
    /// An input set in the text.
    InputSet,
    /// The viewer's answer.
    Answer,
}

/// Lists everything that the main text of `documents` leaves open, in its order. Documents that were made
/// from the answers may be among them.
///
/// ```
/// use deployline_planner::Inputs;
/// use deployline_inputs::{Answers, Field, open_inputs};
/// let text = "stage: {name: A, spec: {service: {serviceRef: '<+input>.allowedValues(a, b)'}}}";
/// let documents = deployline_yaml::parse(text).documents;
/// let open = open_inputs(&documents, &Inputs::default(), &Answers::new());
/// assert_eq!(open[0].question, "Which service?");
/// assert_eq!(open[0].field, Field::Choice(vec!["a".into(), "b".into()]));
/// ```
pub fn open_inputs(documents: &[Document], inputs: &Inputs, answers: &Answers) -> Vec<OpenInput> {
    let views = views(documents, inputs);
    walk::open_places(&views, documents, inputs, answers)
        .into_iter()
        .map(|found| found.input)
        .collect()
}

/// Number of inputs that nothing settles yet.
pub fn open_count(inputs: &[OpenInput]) -> usize {
    inputs.iter().filter(|input| input.origin == Origin::Open).count()
}

/// The names in an answer: those between its commas, or, where it is a number, as many placeholders.
pub(crate) fn names(answer: &str, placeholder: &str) -> Vec<String> {
    if let Some(count) = count(answer) {
        return (1..=count).map(|number| format!("{placeholder}_{number}")).collect();
    }
    answer.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Most placeholders of one kind.
const MAX_ITEMS: u32 = 10_000;

/// A number of placeholders.
pub(crate) fn count(answer: &str) -> Option<u32> {
    answer.trim().parse().ok().filter(|count| (1..=MAX_ITEMS).contains(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_for_as_many_names() {
        for (answer, expected) in [
            ("a, b ,, c", &["a", "b", "c"][..]),
            ("2", &["service_1", "service_2"]),
            (" ", &[]),
            ("0", &["0"]),
        ] {
            assert_eq!(names(answer, "service"), expected, "{answer:?}");
        }
    }
}

//! The part of an expression that the text doesn't settle, and the reason.

use super::parts::{TextPart, parts};

/// The longest part that a message names, in characters.
const MAX_SHOWN: usize = 80;

/// The most outcomes that a condition may ask for: four values of each are combined.
pub(crate) const MAX_OUTCOMES: usize = 5;

/// Advice on an input of a pipeline that a stage runs.
pub(crate) const INPUTS_OF_STAGE: &str =
    " `inputs` of the stage that runs this pipeline can give it.";

/// A part of an expression whose value is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Missing {
    /// The part as it would be written: `<+trigger.type>`.
    pub(crate) part: String,
    pub(crate) why: Why,
}

/// Reason why a part has no value here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// It comes about in a run.
    Run,
    /// It is kept outside of the texts: in the account, in an entity, in the pipeline around a part.
    Elsewhere,
    /// It is a runtime input, or a variable that is one, and nothing fills it in.
    Input,
    /// Nothing has this name.
    NoSuchName {
        /// A name that is spelt like it.
        nearest: Option<String>,
    },
    /// It leads back to itself.
    Loop,
    /// It takes too much to compute.
    TooLong,
    /// It is asked for before it exists.
    TooEarly,
    /// It is the outcome of a stage that may still run.
    NotEnded,
    /// It is the outcome of a stage that is not chosen for the run.
    NotChosen,
    /// It is of a single child of a loop.
    OfChild,
    /// It is one outcome more than are combined.
    TooManyOutcomes,
    /// It is neither true nor false.
    NoFlag,
    /// It is in a form that is not read here.
    Unread,
}

/// What stands inside of the brackets of one expression.
fn inside(part: &str) -> Option<&str> {
    match parts(part).next()? {
        TextPart::Expression { written, inner } if written == part => Some(inner),
        TextPart::Expression { .. } | TextPart::Literal(_) => None,
    }
}

/// A text as a message shows it: of a long one, its start.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

impl Missing {
    /// The value of a path is missing.
    pub(crate) fn of_path(path: &str, why: Why) -> Self {
        Self::of_text(&format!("<+{path}>"), why)
    }

    /// The value of a text is missing.
    pub(crate) fn of_text(text: &str, why: Why) -> Self {
        Self { part: shortened(text.trim()), why }
    }

    /// The part as a text spells it, in which it may stand in brackets of another kind, or with more around it.
    pub(crate) fn part_in<'m>(&'m self, text: &'m str) -> &'m str {
        let Some(inner) = inside(&self.part).filter(|_| !text.contains(&self.part)) else {
            return &self.part;
        };
        let is_it = |part: &TextPart<'m>| matches!(part, TextPart::Expression { inner: it, .. } if *it == inner);
        match parts(text).find(is_it) {
            Some(TextPart::Expression { written, .. }) => written,
            _ if text.contains(inner) => inner,
            _ => &self.part,
        }
    }

    /// Returns `true` where it is a path as a whole.
    pub(super) fn is_of_path(&self, path: &str) -> bool {
        self.part == Self::of_path(path, Why::Unread).part
    }

    /// The same as a text in `${{ … }}` spells it.
    pub(super) fn in_braces(self) -> Self {
        match inside(&self.part) {
            Some(inner) => Self { part: format!("${{{{ {inner} }}}}"), ..self },
            None => self,
        }
    }

    /// A sentence on how to give it, with a blank before it; empty where one can't. A pipeline that a stage runs gets
    /// its values from there.
    pub(crate) fn advice(&self, is_child: bool) -> &'static str {
        match self.why {
            Why::Input if is_child => INPUTS_OF_STAGE,
            Why::Input if self.part.contains("inputs.") => {
                " An input set (`kind: input-set`) in the same text can give it."
            }
            Why::Input => " An input set (`inputSet:`) in the same text can fill it in.",
            _ => "",
        }
    }

    /// Relative clause behind the part: `which only a run knows`.
    pub(crate) fn reason(&self) -> String {
        match &self.why {
            Why::Run => "which only a run knows".to_owned(),
            Why::Elsewhere => "which this text does not hold".to_owned(),
            Why::Input if self.part.contains("inputs.") => "an input without a value".to_owned(),
            Why::Input => "a runtime input without a value".to_owned(),
            Why::NoSuchName { nearest: None } => "which does not exist".to_owned(),
            Why::NoSuchName { nearest: Some(nearest) } => {
                format!("which does not exist (did you mean `{nearest}`?)")
            }
            Why::Loop => "which refers to itself".to_owned(),
            Why::TooLong => "which is too long or too deep to compute".to_owned(),
            Why::TooEarly => {
                "which differs between the runs, and is asked before there are any".to_owned()
            }
            Why::NotEnded => "which is asked before that stage has ended".to_owned(),
            Why::NotChosen => "of a stage that is not chosen for this run".to_owned(),
            Why::OfChild => {
                "of a single child of a loop, which Deployline does not compute".to_owned()
            }
            Why::TooManyOutcomes => {
                format!("one outcome more than the {MAX_OUTCOMES} that Deployline combines")
            }
            Why::NoFlag => "which is neither true nor false".to_owned(),
            Why::Unread => "which Deployline does not compute".to_owned(),
        }
    }
}

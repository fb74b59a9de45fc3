//! An assumption and its value.

use std::fmt;

use deployline_engine::Ms;

use super::keys::word_of;

/// An assumption about a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// Its name; of one about a stage with the stage's identifier, as in `parallel:deploy/services`.
    pub key: String,
    /// Value that the picture is drawn with.
    pub value: AssumedValue,
    /// Reason why the text does not settle it.
    pub why: &'static str,
    /// All values it may have; empty where it is any number from 1, or stages.
    pub choices: Vec<AssumedValue>,
}

/// A value of an assumption.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AssumedValue {
    /// One of some words.
    Word(&'static str),
    /// Yes or no.
    Flag(bool),
    /// A number from 1.
    Number(u32),
    /// A duration.
    Duration(Ms),
    /// Identifiers of stages, in the order of the text.
    Stages(Vec<String>),
}

impl fmt::Display for AssumedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Duration(duration) => duration.fmt(f),
            Self::Stages(stages) => {
                let words: Vec<_> = stages.iter().map(|stage| word_of(stage)).collect();
                f.write_str(&words.join(","))
            }
        }
    }
}

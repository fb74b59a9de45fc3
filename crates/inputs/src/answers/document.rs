//! The documents made from answers, as data.

use std::ops::Range;

use deployline_span::Span;
use deployline_yaml::write::{Layout, Value, Writer};

use crate::Origin;
use crate::open_place::{AnswerTarget, OpenPlace};

/// YAML documents made from answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerDocuments {
    /// The documents with `---` between them; empty where no answer can be read.
    pub text: String,
    /// Bytes of the text with the place of the main text that they answer.
    pub(super) source_map: Vec<(Range<u32>, Span)>,
    /// Keys of the answers that are in it.
    pub included: Vec<String>,
    /// Flags that are in it.
    pub included_flags: Vec<(String, deployline_engine::AxisName)>,
    /// Number of answers that no document can hold: values of expressions other than `<+input>`.
    pub left_out: usize,
}

/// Readers of the documents.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    /// The planner: it takes the flags from [`Inputs`], and lets any expression be settled.
    Planner,
    /// People, and the product: only `<+input>` can be filled.
    People,
}

impl AnswerDocuments {
    /// Adds a document with these entries.
    pub(super) fn push(&mut self, entries: &[(&str, Value)]) {
        let mut writer = Writer::new(Layout::default());
        writer.text = std::mem::take(&mut self.text);
        if !writer.text.is_empty() {
            writer.text += "---\n";
        }
        for (key, value) in entries {
            writer.entry(0, key, value);
            writer.new_line(0);
        }
        self.text = writer.text;
        self.source_map.extend(writer.source_map);
    }
}

/// The viewer's answer to an open input.
pub(super) fn answer<'f>(place: &'f OpenPlace<'_>) -> Option<&'f str> {
    place.input.value.as_deref().filter(|_| place.input.origin == Origin::Answer)
}

/// True where an answer becomes a document of its own.
pub(super) fn is_document(place: &OpenPlace<'_>) -> bool {
    matches!(place.target, AnswerTarget::Count(_) | AnswerTarget::Template(_))
}

/// A document with its root key, and the keys of the answers that are in it.
pub(super) type PlaceholderDocument<'t> = ((&'t str, Value), Vec<String>);

//! A condition as it is written.

use deployline_span::Span;
use deployline_yaml::NodeKind;

use crate::expression::{Missing, Why};
use crate::resolve::context::Reader;
use crate::resolve::runtime_input;
use crate::resolve::view::View;
use crate::rules;

/// A condition as it is written.
#[derive(Clone, Copy)]
pub(super) struct Written<'t> {
    pub(super) text: &'t str,
    /// The expression that is asked for it.
    pub(super) asked: &'t str,
    pub(super) span: Span,
}

impl<'t> Written<'t> {
    /// `None` where nothing is written.
    pub(super) fn of(view: &'t View<'_>) -> Option<Self> {
        let text = view.as_str().filter(|text| !text.trim().is_empty())?;
        Some(Self { text, asked: text, span: view.span() })
    }

    /// As [`Written::of`]; reports what is no text.
    pub(super) fn read(view: &'t View<'_>, reader: &mut Reader<'_, '_>) -> Option<Self> {
        let what = match view.kind() {
            NodeKind::Sequence => "a list",
            NodeKind::Mapping => "a mapping",
            NodeKind::Scalar | NodeKind::Null => return Self::of(view),
        };
        let message = format!(
            "A condition is a text with an expression, and this is {what}. It is drawn as true."
        );
        reader.report(&rules::WHEN_CONDITION, view.span(), message);
        None
    }

    /// The condition; of a runtime input, its default.
    pub(super) fn settled(self) -> Result<&'t str, Missing> {
        match runtime_input::parse(self.text) {
            None => Ok(self.asked),
            Some(input) => input.default.ok_or_else(|| Missing::of_text(self.text, Why::Input)),
        }
    }
}

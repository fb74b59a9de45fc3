//! A condition as it is written.

use deployline_span::Span;

use crate::expression::{Missing, Why};
use crate::resolve::runtime_input;
use crate::resolve::view::View;

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

    /// The condition; of a runtime input, its default.
    pub(super) fn settled(self) -> Result<&'t str, Missing> {
        match runtime_input::parse(self.text) {
            None => Ok(self.asked),
            Some(input) => input.default.ok_or_else(|| Missing::of_text(self.text, Why::Input)),
        }
    }
}

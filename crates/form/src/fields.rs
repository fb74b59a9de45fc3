//! The parts all controls are made of.

use deployline_span::Span;

/// Why a control can't change the text, and the place that stands in the way: the form says the
/// reason and offers to go there.
pub type Lock = deployline_yaml::edit::Refusal;

/// One value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// The value as text, expressions as they are written; `None` where there is none.
    pub text: Option<String>,
    /// The bytes of the value; where there is none, of what would hold it.
    pub span: Span,
    /// Why it can't be changed.
    pub lock: Option<Lock>,
}

impl Field {
    /// Whether it reads `true`.
    pub fn is_true(&self) -> bool {
        self.text.as_deref().is_some_and(|text| text.eq_ignore_ascii_case("true"))
    }
}

/// One of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// How it is called: the reference, identifier or value.
    pub name: Field,
    /// The bytes of the whole item.
    pub span: Span,
    /// Why it can't be moved or removed.
    pub lock: Option<Lock>,
}

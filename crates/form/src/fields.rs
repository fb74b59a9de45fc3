//! Parts of all controls.

use deployline_span::Span;

/// Reason why a control can't change the text, and the place that stands in the way: the form says the
/// reason and offers to go there.
pub type Lock = deployline_yaml::edit::Refusal;

/// One value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// The value as text, expressions as they are written; `None` where there is none.
    pub text: Option<String>,
    /// The bytes of the value; where there is none, of what would hold it.
    pub span: Span,
    /// Reason and place where it can't be changed.
    pub lock: Option<Lock>,
}

impl Field {
    /// True where it reads `true`.
    pub fn is_true(&self) -> bool {
        self.text.as_deref().is_some_and(|text| text.eq_ignore_ascii_case("true"))
    }
}

/// One of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its name: the reference, identifier or value.
    pub name: Field,
    /// The bytes of the whole item.
    pub span: Span,
    /// Lock of moving and removing it.
    pub lock: Option<Lock>,
}

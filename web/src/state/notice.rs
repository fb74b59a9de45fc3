//! What the user should know about the last thing they did, and what they may do about it.

use std::rc::Rc;

use super::Tab;

/// A line at the top of the page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Notice {
    pub(crate) text: String,
    /// Whether something could not be done.
    pub(crate) is_problem: bool,
    /// What else could be done.
    pub(crate) offer: Option<Offer>,
}

/// What a notice offers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Offer {
    /// The text as it was pasted, or before something was added to it.
    TakeBack(Rc<str>),
    /// Closed tabs, and which of them was shown.
    Reopen(Vec<Rc<Tab>>, usize),
    /// The example, in the place of all that is open.
    StartAfresh,
}

impl Notice {
    pub(crate) fn problem(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_problem: true, offer: None }
    }

    pub(crate) fn note(text: impl Into<String>, offer: Option<Offer>) -> Self {
        Self { text: text.into(), is_problem: false, offer }
    }
}

impl Offer {
    /// The words on its button.
    pub(crate) fn caption(&self) -> &'static str {
        match self {
            Self::TakeBack(_) => "Take it back",
            Self::Reopen(..) => "Open again",
            Self::StartAfresh => "Start afresh",
        }
    }
}

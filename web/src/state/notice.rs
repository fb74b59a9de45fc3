//! Messages about the last thing the user did, with an offer to go on.

use std::rc::Rc;

use super::{Dialog, Tab};

/// A line at the top of the page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Notice {
    pub(crate) text: String,
    /// `true` where something could not be done.
    pub(crate) is_problem: bool,
    /// Next step that it offers.
    pub(crate) offer: Option<Offer>,
}

/// An offer of a notice.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Offer {
    /// The text of a tab as it was pasted, or before something was added to it.
    Undo { tab: u32, text: Rc<str> },
    /// A tab as it was before a link replaced what belongs to its text.
    Restore(Rc<Tab>),
    /// Closed tabs, and which of them was shown.
    Reopen(Vec<Rc<Tab>>, usize),
    /// The example, in the place of all open texts.
    CloseAll,
    /// A dialog that could not be loaded.
    OpenDialog(Dialog),
}

impl Notice {
    pub(crate) fn problem(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_problem: true, offer: None }
    }

    pub(crate) fn note(text: impl Into<String>, offer: Option<Offer>) -> Self {
        Self { text: text.into(), is_problem: false, offer }
    }

    /// Checks whether it offers to undo a change of a tab.
    pub(super) fn is_undoable(&self) -> bool {
        matches!(self.offer, Some(Offer::Undo { .. } | Offer::Restore(_)))
    }
}

impl Offer {
    /// Caption of its button.
    pub(crate) fn caption(&self) -> &'static str {
        match self {
            Self::Undo { .. } | Self::Restore(_) => "Undo",
            Self::Reopen(..) => "Open again",
            Self::CloseAll => "Start afresh",
            Self::OpenDialog(_) => "Try again",
        }
    }
}

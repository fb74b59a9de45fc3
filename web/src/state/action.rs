//! What a user can do.

use std::rc::Rc;

use deployline_engine::{Assumptions, At, AxisName, DurationKey, Ms};
use deployline_import::FileText;
use deployline_share::Shared;

use super::{Offer, Opened, Panel, Stays, Theme, View};

/// What the user did.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// Opened texts, of which something is to be told.
    Open(Vec<Opened>, Option<String>),
    /// Opened a link.
    OpenLink(Rc<Shared>),
    /// Dropped or picked files; some could not be read, and why.
    Receive(Vec<FileText>, Vec<String>),
    /// Added files to the text as further documents, of which something is to be told.
    Attach(Vec<FileText>, String),
    /// Showed another open text.
    ShowTab(u32),
    /// Closed one.
    CloseTab(u32),
    /// Gave one a name.
    RenameTab(u32, String),
    /// Took what a notice offers.
    Accept(Offer),
    /// Typed.
    Type(Rc<str>),
    /// Pasted, in the place of all there was.
    Paste(Rc<str>),
    /// Flipped checkboxes that stand for places in the text: the text after it.
    Rewrite(Rc<str>),
    /// Flipped a checkbox that stands for an expression.
    Choose { stage: String, axis: AxisName, parallel: bool },
    /// Takes back what was chosen for an expression.
    Unchoose { stage: String, axis: AxisName },
    /// Gave something that the YAML leaves open, or took it back.
    Answer(String, Option<String>),
    /// Took back all that was given by hand.
    ForgetAnswers,
    /// Added what was given by hand to the text: the text after it, and what it can't hold.
    AddAnswers(Rc<str>, Stays),
    /// Assumed something about the run, or no longer.
    Assume(Assumption),
    /// Picked a deployment, or none.
    Select(Option<At>),
    /// Looked at the picture in another way.
    Look(View),
    /// Kept the present plan to compare with, or let go of it.
    Pin(bool),
    /// Chose what stands beside the YAML.
    ShowPanel(Panel),
    /// Switched light and dark.
    SetTheme(Theme),
    /// Something could not be done.
    Notify(String),
    /// Has read the notice.
    DismissNotice,
}

/// Something that is assumed about the run; `None` takes it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Assumption {
    /// How long everything takes of which nothing else is said.
    DefaultDuration(Ms),
    /// How long some take.
    Duration(DurationKey, Option<Ms>),
    /// Plausible durations from a seed.
    Uneven(Option<u64>),
    /// How many the account lets run at once.
    AccountLimit(Option<u32>),
    /// Whether a deployment fails: stage identifier and index.
    Failure(String, u32, bool),
    /// Nothing any more.
    Reset,
}

impl Assumption {
    /// Takes it into those there are.
    pub(super) fn add_to(self, assumptions: &mut Assumptions) {
        match self {
            Self::DefaultDuration(duration) => assumptions.duration = duration,
            Self::Duration(key, Some(duration)) => {
                assumptions.durations.insert(key, duration);
            }
            Self::Duration(key, None) => {
                assumptions.durations.remove(&key);
            }
            Self::Uneven(seed) => assumptions.uneven = seed,
            Self::AccountLimit(limit) => assumptions.account_limit = limit,
            Self::Failure(stage, index, true) => {
                assumptions.failures.insert((stage, index));
            }
            Self::Failure(stage, index, false) => {
                assumptions.failures.remove(&(stage, index));
            }
            Self::Reset => *assumptions = Assumptions::default(),
        }
    }
}

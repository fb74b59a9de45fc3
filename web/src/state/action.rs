//! Actions of the user.

use std::rc::Rc;

use deployline_engine::{
    AccountPlan, Assumptions, AxisName, DeploymentId, DurationKey, Failure, MAX_DURATION, Ms,
};
use deployline_import::{Cleaned, FileText};
use deployline_share::OpenedLink;

use super::{Offer, OpenedText, Panel, Theme, View};
use crate::derived::{Derived, Shared};
use crate::flags::{BothFlags, Flip};
use crate::source::{RemainingAnswers, Source};

/// An action of the user.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// Opened texts; with a message about them.
    Open(Vec<OpenedText>, Option<String>),
    /// Opened a link.
    OpenLink(Rc<OpenedLink>),
    /// Brought a text of so many bytes, which is going to be read.
    AnnounceReading(usize),
    /// Dropped or picked files; some could not be read, and why.
    Receive(Vec<FileText>, Vec<String>),
    /// Added files to the text as further documents; with a message about it.
    Attach(Vec<FileText>, String),
    /// Showed another open text.
    ShowTab(u32),
    /// Closed one.
    CloseTab(u32),
    /// Gave one a name.
    RenameTab(u32, String),
    /// Accepted the offer of a notice.
    Accept(Offer),
    /// Typed.
    Type(Rc<str>),
    /// Pasted, in the place of all there was.
    Paste(Rc<str>),
    /// Pasted a large text, `of`, that is cleaned now that it was read.
    Clean { of: Rc<str>, cleaned: Cleaned },
    /// Changed the text `of` by a control of the page.
    Edit { of: Rc<str>, text: Rc<str> },
    /// Flipped a checkbox of a stage of the plan.
    Flip(Flip, Shared<Derived>),
    /// Chose both flags of a stage of the plan.
    SetFlags(BothFlags, Shared<Derived>),
    /// Chose a value for a flag that is an expression.
    Choose { stage: String, axis: AxisName, parallel: bool },
    /// Took back the value of a flag that is an expression.
    Unchoose { stage: String, axis: AxisName },
    /// Gave an answer to something that the YAML leaves open, or took it back.
    Answer(String, Option<String>),
    /// Took back all answers.
    ForgetAnswers,
    /// Took back all answers, choices and assumptions.
    Reset,
    /// Added the answers to the text: the text after it, and answers that it can't hold.
    AddAnswers(Rc<str>, RemainingAnswers),
    /// Assumed something about the run, or no longer.
    Assume(Assumption),
    /// Chose the value of something that the YAML does not say.
    Change(SourceChange),
    /// Marked the bars that depend on the assumption with a key, or none.
    ShowDependents(Option<Rc<str>>),
    /// Picked a deployment, or none.
    Select(Option<DeploymentId>),
    /// Looked at the picture in another way.
    Look(View),
    /// Moved the playhead, or took it away.
    MovePlayhead(Option<Ms>),
    /// Switched between the real run and waves.
    ShowWaves(bool),
    /// Pinned the present plan to compare with, or unpinned it.
    Pin(bool),
    /// Chose the panel beside the YAML.
    ShowPanel(Panel),
    /// Switched light and dark.
    SetTheme(Theme),
    /// Asked for a dialog.
    OpenDialog(Dialog),
    /// The dialog of the request with a number was loaded and opened, or could not be.
    DialogLoaded { number: u32, is_loaded: bool },
    /// Something could not be done.
    Notify(String),
    /// Something that the user should know, beside what the notice says.
    AddNote(String),
    /// Closed the notice.
    DismissNotice,
}

/// A change of what decides a plan, by a part of the page that is loaded later.
#[derive(Clone)]
pub(crate) struct SourceChange(pub(crate) Rc<dyn Fn(&mut Source)>);

impl std::fmt::Debug for SourceChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SourceChange")
    }
}

/// A dialog of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialog {
    Share,
    Export,
}

/// An assumption about the run; `None` takes it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Assumption {
    /// Duration of everything without a duration of its own.
    DefaultDuration(Ms),
    /// Duration of some.
    Duration(DurationKey, Option<Ms>),
    /// Plausible durations from a seed.
    Uneven(Option<u64>),
    /// Plan of the account.
    AccountPlan(AccountPlan),
    /// Limit of the account: how many run at once.
    AccountLimit(Option<u32>),
    /// Failure of a deployment, or none: stage identifier and index.
    Failure(String, u32, Option<Failure>),
    /// Length of a rollback; `None` for half the work.
    Rollback(Option<Ms>),
}

impl Assumption {
    /// Adds it to the present ones.
    pub(super) fn add_to(self, assumptions: &mut Assumptions) {
        match self {
            Self::DefaultDuration(duration) => assumptions.duration = duration.min(MAX_DURATION),
            Self::Duration(key, Some(duration)) => {
                // Dragged and multiplied ones end where typed ones do.
                assumptions.durations.insert(key, duration.min(MAX_DURATION));
            }
            Self::Duration(key, None) => {
                assumptions.durations.remove(&key);
            }
            Self::Uneven(seed) => assumptions.uneven = seed,
            Self::AccountPlan(plan) => assumptions.account_plan = plan,
            Self::AccountLimit(limit) => assumptions.account_limit = limit,
            Self::Failure(stage, index, Some(failure)) => {
                assumptions.failures.insert((stage, index), failure);
            }
            Self::Failure(stage, index, None) => {
                assumptions.failures.remove(&(stage, index));
            }
            Self::Rollback(length) => {
                assumptions.rollback = length.map(|length| length.min(MAX_DURATION));
            }
        }
    }
}

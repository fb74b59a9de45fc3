//! Conditions of a stage, and which of its runs they leave out.

use deployline_span::Span;

/// A condition of a stage or of its loop, as far as the text settles it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The condition as it is written.
    pub text: String,
    /// Its place in the text.
    pub span: Span,
    /// `true` for the condition of a loop or a multi-deployment as a whole.
    pub is_of_loop: bool,
    /// The deployments for which it is false.
    pub skips: Skips,
    /// The part that the text doesn't settle; `None` where it is decided.
    pub missing: Option<String>,
    /// Value that counts where a part is missing.
    pub assumed: bool,
    /// The deployments for which it would be false with the other value; `None` where it is decided.
    pub otherwise: Option<Skips>,
}

/// Deployments of a stage that a condition skips.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Skips {
    /// All run.
    #[default]
    None,
    /// None runs.
    All,
    /// `true` for one that is skipped, of which there are not all: by index in a loop and in a list of pairs, else
    /// by service and target, the services outermost, so that no flag changes it.
    Some(Vec<bool>),
}

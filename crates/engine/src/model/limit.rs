//! Limits of a stage, of number and of time, and the effect of a failure on what waits for them.

use deployline_span::Span;

use crate::Ms;

/// A limit and where it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// At least 1.
    pub value: u32,
    /// The number in the text.
    pub span: Span,
}

/// A `timeout`: what takes longer is given up. It changes no time here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeout {
    /// The longest that it may take.
    pub after: Ms,
    /// The duration in the text.
    pub span: Span,
}

/// Effect of a failed deployment on those of its stage that have not started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnFailure {
    /// Nothing.
    #[default]
    RunAll,
    /// They never start.
    SkipQueued,
    /// They never start, and those that run are cancelled at that instant.
    FailFast,
}

//! A plan in the formats that leave the program.
//!
//! Each format has its own structures here, at the edge; the core's types carry none of it. Lines
//! and columns are computed here, times stay whole milliseconds.

mod plan_json;
mod text;

use deployline_planner::{Diagnostic, Plan, Schedule, Severity};

pub use plan_json::{json, yaml};
pub use text::{printable, text};

/// Everything a format may show.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The deployments in order.
    pub plan: &'a Plan,
    /// When they run.
    pub schedule: &'a Schedule,
    /// What was found on the way.
    pub diagnostics: &'a [Diagnostic],
    /// The texts, by the number in a diagnostic's span.
    pub sources: &'a [Source],
}

impl Report<'_> {
    /// Whether some diagnostic is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// A text and what to call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its file name, or what stands for one.
    pub name: String,
    /// The text.
    pub text: String,
}

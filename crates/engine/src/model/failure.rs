//! Failure strategies: what a failure becomes.
//!
//! Follows `docs/semantics.md`, "When a deployment fails".

use std::sync::Arc;

use crate::Ms;

/// Rules of a stage, and those of its steps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FailureStrategies {
    /// Rules of the stage itself.
    pub of_stage: Vec<FailureRule>,
    /// Steps with rules of their own or of a group around them.
    pub of_steps: Vec<StepRules>,
}

/// A step with the rules that count before those of its stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRules {
    /// Identifier of the step.
    pub step: String,
    /// Rules of the step and of each group around it, the innermost first; levels without rules are left
    /// out.
    pub levels: Vec<Arc<[FailureRule]>>,
}

/// A rule: some errors, and the action on them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureRule {
    /// Errors it is for.
    pub errors: Vec<ErrorType>,
    /// Action on them.
    pub action: FailureAction,
}

/// Action on a failure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FailureAction {
    /// It goes on, and counts as success for everything else.
    Ignore,
    /// It goes on, as a success.
    MarkAsSuccess,
    /// It has failed; nothing is rolled back. The same where no rule fits.
    #[default]
    MarkAsFailure,
    /// The whole run stops.
    Abort,
    /// It has failed, and its stage is rolled back while it holds its slot.
    StageRollback,
    /// Rolls the group of the step back in the same way.
    StepGroupRollback,
    /// Everything that has run is rolled back.
    PipelineRollback {
        /// `true` where those that wait in the same stage are skipped whatever `onFailure` says.
        fail_all: bool,
    },
    /// It goes on with the default values of what it waited for.
    ProceedWithDefaultValues,
    /// It runs again, so many times at most.
    Retry {
        /// Number of attempts after the first.
        count: u32,
        /// Wait before each attempt; the last one repeats, none is 0.
        intervals: Vec<Ms>,
        /// What the last failure becomes.
        then: Box<FailureAction>,
    },
    /// A person decides, or nobody does for so long.
    ManualIntervention {
        /// Longest wait.
        timeout: Ms,
        /// What the failure becomes after it.
        then: Box<FailureAction>,
    },
}

/// Kind of error that a rule may name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorType {
    /// Every type that a level doesn't name itself. Of a failure: a type that no rule names.
    #[default]
    AllErrors,
    /// The type at this place of [`ErrorType::NAMES`].
    Named(u8),
}

impl ErrorType {
    /// All types but `AllErrors`.
    pub const NAMES: [&str; 17] = [
        "Unknown",
        "Authentication",
        "Connectivity",
        "Timeout",
        "Authorization",
        "Verification",
        "DelegateProvisioning",
        "PolicyEvaluationFailure",
        "InputTimeoutError",
        "ApprovalRejection",
        "DelegateRestart",
        "UserMarkedFailure",
        "InfrastructureFailure",
        "PluginImageFailure",
        "ResourceLimitsFailure",
        "ConfigurationFailure",
        "RetryableTransientFailure",
    ];
    /// `Timeout`
    pub const TIMEOUT: Self = Self::Named(3);
    /// The name of [`ErrorType::AllErrors`].
    pub const ALL_ERRORS: &str = "AllErrors";

    /// Reads a name; its case doesn't matter.
    ///
    /// ```
    /// use deployline_engine::ErrorType;
    /// assert_eq!(ErrorType::from_name("timeout").map(ErrorType::name), Some("Timeout"));
    /// assert_eq!(ErrorType::from_name("allerrors"), Some(ErrorType::AllErrors));
    /// assert_eq!(ErrorType::from_name("Timeouts"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case(Self::ALL_ERRORS) {
            return Some(Self::AllErrors);
        }
        let at = Self::NAMES.iter().position(|known| known.eq_ignore_ascii_case(name))?;
        Some(Self::Named(u8::try_from(at).ok()?))
    }

    /// Its name, as the product writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::AllErrors => Self::ALL_ERRORS,
            Self::Named(at) => Self::NAMES.get(usize::from(at)).copied().unwrap_or_default(),
        }
    }
}

impl FailureAction {
    /// Number of attempts that it lets a deployment make, the first one included.
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Retry { count, .. } => count.saturating_add(1),
            Self::ManualIntervention { then, .. } => then.attempts(),
            _ => 1,
        }
    }
}

impl FailureStrategies {
    /// Returns `true` where neither the stage nor a step has rules.
    pub fn is_empty(&self) -> bool {
        self.of_stage.is_empty() && self.of_steps.is_empty()
    }

    /// Returns `true` where a level that counts for a step, or for the stage, names this type of error.
    pub fn names(&self, step: Option<&str>, error: ErrorType) -> bool {
        self.levels(step).any(|rules| rules.iter().any(|rule| rule.errors.contains(&error)))
    }

    /// Returns what an error becomes, in a step or, without one, in the stage: the innermost level that
    /// names it wins, and `AllErrors` of a level stands for every type that this level doesn't name.
    pub fn action(&self, step: Option<&str>, error: ErrorType) -> &FailureAction {
        let action = self.levels(step).find_map(|rules| action_in(rules, error));
        action.unwrap_or(&FailureAction::MarkAsFailure)
    }

    /// Rules by level, the innermost first.
    fn levels(&self, step: Option<&str>) -> impl Iterator<Item = &[FailureRule]> {
        let of_step = step.and_then(|step| self.of_steps.iter().find(|rules| rules.step == step));
        let levels = of_step.map_or(&[][..], |of_step| &of_step.levels);
        levels.iter().map(|level| &level[..]).chain([&self.of_stage[..]])
    }
}

/// Action of a level: of several rules the first counts.
fn action_in(rules: &[FailureRule], error: ErrorType) -> Option<&FailureAction> {
    let names = |error| rules.iter().find(move |rule| rule.errors.contains(&error));
    names(error).or_else(|| names(ErrorType::AllErrors)).map(|rule| &rule.action)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_level_that_names_an_error_wins() {
        use FailureAction::{Abort, Ignore, MarkAsFailure, MarkAsSuccess, StageRollback};
        let rule = |errors: &[&str], action| FailureRule {
            errors: errors.iter().filter_map(|name| ErrorType::from_name(name)).collect(),
            action,
        };
        let levels = vec![
            Arc::from([rule(&["Timeout"], Ignore)]),
            Arc::from([
                rule(&["Connectivity", "Timeout"], Abort),
                rule(&["AllErrors"], MarkAsSuccess),
            ]),
        ];
        let of_steps = vec![
            StepRules { step: "a".into(), levels: levels.clone() },
            StepRules { step: "b".into(), levels: levels[..1].to_vec() },
        ];
        let of_stage = vec![rule(&["AllErrors"], StageRollback), rule(&["Unknown"], Abort)];
        let strategies = FailureStrategies { of_stage, of_steps };
        for (step, error, expected) in [
            (Some("a"), "Timeout", Ignore),
            (Some("a"), "Connectivity", Abort),
            (Some("a"), "Unknown", MarkAsSuccess),
            (Some("a"), "AllErrors", MarkAsSuccess),
            (Some("b"), "Connectivity", StageRollback),
            (Some("b"), "Unknown", Abort),
            (Some("c"), "Timeout", StageRollback),
            (None, "Timeout", StageRollback),
            (None, "Unknown", Abort),
        ] {
            let error = ErrorType::from_name(error).unwrap_or_default();
            assert_eq!(*strategies.action(step, error), expected, "{step:?} {error:?}");
        }
        for (step, error, expected) in [
            (Some("a"), "Connectivity", true),
            (Some("b"), "Connectivity", false),
            (None, "Timeout", false),
            (Some("b"), "Unknown", true),
            (None, "Unknown", true),
        ] {
            let error = ErrorType::from_name(error).unwrap_or_default();
            assert_eq!(strategies.names(step, error), expected, "{step:?} {error:?}");
        }
        let none = FailureStrategies::default();
        assert_eq!(*none.action(None, ErrorType::AllErrors), MarkAsFailure);
    }
}

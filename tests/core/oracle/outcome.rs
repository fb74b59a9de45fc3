//! What a failure becomes, by the failure strategies of its stage.

use super::failing::{ActionCase, FailureCase, RuleCase, StrategiesCase};

/// A bar's parts with their lengths in [`UNITS`], and how it ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) parts: Vec<(&'static str, u64)>,
    pub(crate) ends: Ends,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ends {
    #[default]
    Succeeded,
    Ignored,
    Failed,
    /// The same, and the pipeline is rolled back when its entry has ended.
    RollsBack,
    /// The same, and nothing more of the entry starts.
    FailsAll,
    Aborted,
}

/// Units of time in a second: a rollback may take half of the work of one that was cancelled at half a second.
pub(crate) const UNITS: u64 = 4;

impl Outcome {
    pub(crate) fn success(work: u64) -> Self {
        Self { parts: vec![("Work", work)], ends: Ends::Succeeded }
    }

    /// What becomes of one that works for so long and fails; `rollback` is the length of one, where it is not
    /// half of the work.
    pub(crate) fn failure(
        strategies: &StrategiesCase,
        failure: &FailureCase,
        work: u64,
        rollback: Option<u64>,
    ) -> Self {
        let mut outcome = Self::success(work);
        if failure.succeeds_at == Some(1) {
            return outcome;
        }
        let mut action = strategies.action(failure);
        outcome.ends = loop {
            match action {
                ActionCase::Ignore => break Ends::Ignored,
                ActionCase::MarkAsSuccess | ActionCase::ProceedWithDefaultValues => {
                    break Ends::Succeeded;
                }
                ActionCase::MarkAsFailure => break Ends::Failed,
                ActionCase::Abort => break Ends::Aborted,
                ActionCase::PipelineRollback { fail_all: false } => break Ends::RollsBack,
                ActionCase::PipelineRollback { fail_all: true } => break Ends::FailsAll,
                ActionCase::StageRollback | ActionCase::StepGroupRollback => {
                    outcome.parts.push(("Rollback", rollback.unwrap_or(work / 2)));
                    break Ends::Failed;
                }
                ActionCase::Retry { count, intervals, then } => {
                    if outcome.retries(*count, intervals, work, failure.succeeds_at) {
                        break Ends::Succeeded;
                    }
                    action = &**then;
                }
                ActionCase::RetryStepGroup { count, intervals } => {
                    break match outcome.retries(*count, intervals, work, failure.succeeds_at) {
                        true => Ends::Succeeded,
                        false => Ends::Failed,
                    };
                }
                ActionCase::ManualIntervention { timeout, then } => {
                    outcome.parts.push(("Manual", timeout * UNITS));
                    action = &**then;
                }
            }
        };
        outcome
    }

    /// Adds retries up to the one that succeeds, if one does.
    fn retries(
        &mut self,
        count: u64,
        intervals: &[u64],
        work: u64,
        succeeds_at: Option<u64>,
    ) -> bool {
        for retry in 0..count {
            let interval = intervals.get(retry as usize).or(intervals.last()).unwrap_or(&0);
            self.parts.push(("Retry", interval * UNITS + work));
            // The first retry is the second attempt.
            if succeeds_at == Some(retry + 2) {
                return true;
            }
        }
        false
    }

    pub(crate) fn is_rolled_back(&self) -> bool {
        self.parts.iter().any(|(kind, _)| *kind == "Rollback")
    }

    pub(crate) fn length(&self) -> u64 {
        self.parts.iter().map(|(_, length)| length).sum()
    }
}

impl StrategiesCase {
    /// The innermost level that names the error, or has a rule for all.
    fn action(&self, failure: &FailureCase) -> &ActionCase {
        let [outer, inner] = &self.of_groups;
        let levels: Vec<&Vec<RuleCase>> = match failure.step {
            None => vec![&self.of_stage],
            Some(0) => vec![&self.of_steps[0], &self.of_stage],
            Some(1) => vec![&self.of_steps[1], outer, &self.of_stage],
            Some(_) => vec![&self.of_steps[2], inner, outer, &self.of_stage],
        };
        for level in levels {
            for rule in level {
                let names =
                    |error: &str| rule.errors.iter().any(|it| it.eq_ignore_ascii_case(error));
                if failure.error.is_some_and(names) {
                    return &rule.action;
                }
            }
            if let Some(rule) = level.iter().find(|rule| rule.errors.is_empty()) {
                return &rule.action;
            }
        }
        &ActionCase::MarkAsFailure
    }
}

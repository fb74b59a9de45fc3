//! What a failure makes of a deployment: its outcome, the parts of its bar, and whether the run goes on.
//!
//! Follows `docs/semantics.md`, "When a deployment fails".
//!
//! ```text
//! Retry, 2 times after 10s, then StageRollback
//! |work======|10s retry======|10s retry======|rollback==|      failed; holds its slot to the end
//! ```

use super::{HaltKind, PartKind, Status};
use crate::{Failure, FailureAction, Ms};

/// The most retries that are parts of their own; one more part holds all that are left.
pub const MAX_RETRY_PARTS: u32 = 100;

/// Returns how the end of a deployment stops the run, which failed to the last with this action.
pub(super) fn halt_of(action: &FailureAction) -> Option<HaltKind> {
    match last_of(action) {
        FailureAction::Abort => Some(HaltKind::Abort),
        FailureAction::PipelineRollback { fail_all } => {
            Some(HaltKind::PipelineRollback { fail_all: *fail_all })
        }
        _ => None,
    }
}

/// Returns `true` where a deployment that failed to the last with this action was rolled back.
pub(super) fn rolls_back(action: &FailureAction) -> bool {
    matches!(last_of(action), FailureAction::StageRollback | FailureAction::StepGroupRollback)
}

/// Returns the outcome of a step that failed to the last with this action, where the deployment goes on.
pub(super) fn goes_on(action: &FailureAction) -> Option<Status> {
    match last_of(action) {
        FailureAction::Ignore => Some(Status::Ignored),
        FailureAction::MarkAsSuccess | FailureAction::ProceedWithDefaultValues => {
            Some(Status::Succeeded)
        }
        _ => None,
    }
}

/// Action on the last failure: behind all retries and waits.
fn last_of(action: &FailureAction) -> &FailureAction {
    match action {
        FailureAction::Retry { then, .. } | FailureAction::ManualIntervention { then, .. } => {
            last_of(then)
        }
        last => last,
    }
}

/// Outcome of a deployment that fails at first.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) status: Status,
    /// Parts of its bar in order, with their lengths; none of them is empty but the work.
    pub(super) parts: Vec<(PartKind, Ms)>,
}

impl Outcome {
    /// Outcome of a deployment that works so long and then fails, where a rollback takes `rollback`, or
    /// half the work.
    pub(super) fn new(
        action: &FailureAction,
        failure: &Failure,
        work: Ms,
        rollback: Option<Ms>,
    ) -> Self {
        let parts = vec![(PartKind::Work, work)];
        let mut outcome = Self { status: Status::Succeeded, parts };
        if failure.succeeds_at != Some(1) {
            let rollback = rollback.unwrap_or(Ms(work.0 / 2));
            outcome.take(action, failure, work, rollback);
        }
        outcome
    }

    /// Length of the bar.
    pub(super) fn length(&self) -> Ms {
        self.parts.iter().fold(Ms(0), |sum, (_, length)| sum + *length)
    }

    fn take(&mut self, action: &FailureAction, failure: &Failure, work: Ms, rollback: Ms) {
        self.status = Status::Failed;
        match action {
            FailureAction::MarkAsFailure | FailureAction::PipelineRollback { .. } => {}
            FailureAction::Ignore => self.status = Status::Ignored,
            FailureAction::MarkAsSuccess | FailureAction::ProceedWithDefaultValues => {
                self.status = Status::Succeeded;
            }
            FailureAction::Abort => self.status = Status::Aborted,
            FailureAction::StageRollback | FailureAction::StepGroupRollback => {
                self.push(PartKind::Rollback, rollback);
            }
            FailureAction::Retry { count, intervals, then } => {
                let needed = failure.succeeds_at.map(|attempt| attempt.saturating_sub(1));
                let succeeds = needed.is_some_and(|needed| needed <= *count);
                let retries = needed.filter(|_| succeeds).unwrap_or(*count);
                self.retry(retries, intervals, work);
                match succeeds {
                    true => self.status = Status::Succeeded,
                    false => self.take(then, failure, work, rollback),
                }
            }
            FailureAction::ManualIntervention { timeout, then } => {
                self.push(PartKind::Manual, *timeout);
                self.take(then, failure, work, rollback);
            }
        }
    }

    /// Adds so many attempts, each with the wait before it.
    fn retry(&mut self, count: u32, intervals: &[Ms], work: Ms) {
        let last = intervals.last().copied().unwrap_or_default();
        let interval = |at: u32| intervals.get(at as usize).copied().unwrap_or(last);
        for at in 0..count.min(MAX_RETRY_PARTS) {
            self.push(PartKind::Retry, interval(at) + work);
        }
        let rest = u64::from(count.saturating_sub(MAX_RETRY_PARTS));
        self.push(PartKind::Retry, Ms((last + work).0.saturating_mul(rest)));
    }

    fn push(&mut self, kind: PartKind, length: Ms) {
        if length > Ms(0) {
            self.parts.push((kind, length));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `work 60, retry 70, rollback 30: Failed`, in seconds.
    fn shown(action: &FailureAction, succeeds_at: Option<u32>) -> String {
        let failure = Failure { succeeds_at, ..Failure::default() };
        let outcome = Outcome::new(action, &failure, Ms(60_000), None);
        let part = |(kind, length): &(PartKind, Ms)| format!("{kind:?} {}", length.0 / 1000);
        let parts: Vec<String> = outcome.parts.iter().map(part).collect();
        format!("{}: {:?}", parts.join(", "), outcome.status)
    }

    #[test]
    fn a_failure_becomes_what_its_action_says() {
        use FailureAction::{
            Abort, Ignore, ManualIntervention, MarkAsSuccess, Retry, StageRollback,
        };
        let retry = |count, intervals: &[u64], then| Retry {
            count,
            intervals: intervals.iter().map(|seconds| Ms(seconds * 1000)).collect(),
            then: Box::new(then),
        };
        let manual = |seconds: u64, then| ManualIntervention {
            timeout: Ms(seconds * 1000),
            then: Box::new(then),
        };
        for (action, succeeds_at, expected) in [
            (FailureAction::default(), None, "Work 60: Failed"),
            (FailureAction::default(), Some(2), "Work 60: Failed"),
            (FailureAction::default(), Some(1), "Work 60: Succeeded"),
            (Ignore, None, "Work 60: Ignored"),
            (MarkAsSuccess, None, "Work 60: Succeeded"),
            (Abort, None, "Work 60: Aborted"),
            (StageRollback, None, "Work 60, Rollback 30: Failed"),
            (
                retry(3, &[10, 20], StageRollback),
                None,
                "Work 60, Retry 70, Retry 80, Retry 80, Rollback 30: Failed",
            ),
            (retry(3, &[10, 20], StageRollback), Some(3), "Work 60, Retry 70, Retry 80: Succeeded"),
            (retry(1, &[], Ignore), Some(3), "Work 60, Retry 60: Ignored"),
            (retry(0, &[5], Abort), None, "Work 60: Aborted"),
            (
                retry(1, &[0], manual(600, StageRollback)),
                None,
                "Work 60, Retry 60, Manual 600, Rollback 30: Failed",
            ),
            (manual(0, Ignore), None, "Work 60: Ignored"),
        ] {
            assert_eq!(shown(&action, succeeds_at), expected, "{action:?}");
        }
    }

    #[test]
    fn many_retries_are_few_parts() {
        let retry = |count| FailureAction::Retry {
            count,
            intervals: vec![Ms(1)],
            then: Box::new(FailureAction::Ignore),
        };
        for (count, parts) in [(100, 101), (101, 102), (u32::MAX, 102)] {
            let outcome = Outcome::new(&retry(count), &Failure::default(), Ms(9), None);
            assert_eq!(outcome.parts.len(), parts);
            assert_eq!(outcome.length(), Ms(9 + 10 * u64::from(count)));
        }
    }
}

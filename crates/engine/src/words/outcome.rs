//! What became of a deployment, in words.

use crate::format::count as count_of;
use crate::{
    Absence, DeploymentId, ErrorType, Failure, FailureAction, Ms, Part, PartKind, Schedule, Stage,
    StageRun, Status,
};

/// `fails`, `fails, which is ignored`, `fails and aborts the run`; empty for what ran well or never ran.
pub fn fails(status: Status) -> &'static str {
    match status {
        Status::Succeeded | Status::Skipped => "",
        Status::Failed => "fails",
        Status::Ignored => "fails, which is ignored",
        Status::Aborted => "fails and aborts the run",
        Status::Cancelled => "is cancelled",
    }
}

/// `not chosen` or `kept`: a stage that its run leaves out; `None` for one that takes part, and for one that would
/// have been skipped in the run before as well.
pub fn left_out(stage: &Stage, run: &StageRun) -> Option<&'static str> {
    match stage.absence? {
        Absence::NotChosen => Some("not chosen"),
        Absence::Kept => (run.status != Status::Skipped).then_some("kept"),
    }
}

/// `fails with Timeout in the step roll, and succeeds at attempt 2`: what is assumed of a deployment.
pub fn failure(failure: &Failure) -> String {
    let Failure { error, step, succeeds_at } = failure;
    let error = match error {
        ErrorType::AllErrors => String::new(),
        named => format!(" with {}", named.name()),
    };
    let step = step.as_ref().map(|step| format!(" in the step {step}")).unwrap_or_default();
    let success = succeeds_at.map(|attempt| format!(", and succeeds at attempt {attempt}"));
    format!("fails{error}{step}{}", success.unwrap_or_default())
}

/// `Retry up to 2 times, then StageRollback`: an action with all that it leads to, in the words of the YAML.
pub fn action(action: &FailureAction) -> String {
    let name = match action {
        FailureAction::Ignore => "Ignore",
        FailureAction::MarkAsSuccess => "MarkAsSuccess",
        FailureAction::MarkAsFailure => "MarkAsFailure",
        FailureAction::Abort => "Abort",
        FailureAction::StageRollback => "StageRollback",
        FailureAction::StepGroupRollback => "StepGroupRollback",
        FailureAction::PipelineRollback { .. } => "PipelineRollback",
        FailureAction::ProceedWithDefaultValues => "ProceedWithDefaultValues",
        FailureAction::Retry { count, then, .. } => {
            let times = count_of(*count as usize, "time");
            return format!("Retry up to {times}, then {}", self::action(then));
        }
        FailureAction::ManualIntervention { timeout, then } => {
            return format!("ManualIntervention for {timeout}, then {}", self::action(then));
        }
    };
    name.to_owned()
}

/// `1m of work, retried twice after 10s and 1m, then rolled back: 30s`, `30s of work, then waiting at a barrier: 2m,
/// then 30s of work`: the parts of a bar that is more than work, `None` for any other.
pub fn parts(schedule: &Schedule, at: DeploymentId) -> Option<String> {
    let parts = schedule.parts(at);
    parts.first()?;
    let work = schedule.work(at);
    let of_kind = |kind| parts.iter().filter(move |part| part.kind == kind);
    let retries: Vec<Ms> = of_kind(PartKind::Retry).map(length).collect();
    let mut phrases = Vec::new();
    let mut has_retries = false;
    for part in parts {
        if part.kind == PartKind::Retry {
            // All at once: they stand behind each other.
            if !std::mem::replace(&mut has_retries, true) {
                phrases.push(retried(&retries, work));
            }
            continue;
        }
        let then = if phrases.is_empty() { "" } else { "then " };
        phrases.push(format!("{then}{}", part_phrase(part)));
    }
    Some(phrases.join(", "))
}

/// `30s of work`, `waiting at a barrier: 2m`
fn part_phrase(part: &Part) -> String {
    let length = length(part);
    match part.kind {
        PartKind::Work | PartKind::Retry => format!("{length} of work"),
        PartKind::Manual => format!("waiting for a person: {length}"),
        PartKind::Wait => format!("waiting: {length}"),
        PartKind::Approval => format!("waiting for an approval: {length}"),
        PartKind::Barrier => format!("waiting at a barrier: {length}"),
        PartKind::Queue => format!("waiting in a queue: {length}"),
        PartKind::Rollback => format!("rolled back: {length}"),
    }
}

fn length(part: &Part) -> Ms {
    part.end - part.start
}

/// `retried twice after 10s and 1m`: each attempt works as long as the first.
fn retried(retries: &[Ms], work: Ms) -> String {
    let times = match retries.len() {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        many => format!("{many} times"),
    };
    let intervals: Vec<Ms> = retries.iter().map(|length| *length - work).collect();
    match &intervals[..] {
        all if all.iter().all(|interval| *interval == Ms(0)) => format!("retried {times} at once"),
        [one] => format!("retried {times} after {one}"),
        [first, rest @ ..] if rest.iter().all(|interval| interval == first) => {
            format!("retried {times} after {first} each")
        }
        [first, second] => format!("retried {times} after {first} and {second}"),
        [first, .., last] => format!("retried {times} after {first} to {last}"),
        [] => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RunParts;

    #[test]
    fn an_action_says_all_that_it_leads_to() {
        use FailureAction::{Abort, ManualIntervention, Retry, StageRollback};
        let retry = |count, then| Retry { count, intervals: vec![Ms(9)], then: Box::new(then) };
        let manual = |then| ManualIntervention { timeout: Ms(600_000), then: Box::new(then) };
        for (action, attempts, expected) in [
            (FailureAction::default(), 1, "MarkAsFailure"),
            (FailureAction::PipelineRollback { fail_all: true }, 1, "PipelineRollback"),
            (retry(1, Abort), 2, "Retry up to 1 time, then Abort"),
            (
                retry(2, manual(StageRollback)),
                3,
                "Retry up to 2 times, then ManualIntervention for 10m, then StageRollback",
            ),
            (
                manual(retry(3, Abort)),
                4,
                "ManualIntervention for 10m, then Retry up to 3 times, then Abort",
            ),
            (retry(u32::MAX, Abort), u32::MAX, "Retry up to 4,294,967,295 times, then Abort"),
        ] {
            assert_eq!((action.attempts(), &*super::action(&action)), (attempts, expected));
        }
    }

    #[test]
    fn parts_are_named_in_order() {
        use PartKind::{Approval, Barrier, Manual, Retry, Rollback, Work};
        for (lengths, expected) in [
            (&[(Work, 60), (Rollback, 30)][..], "1m of work, then rolled back: 30s"),
            (&[(Work, 60), (Retry, 60)], "1m of work, retried once at once"),
            (&[(Work, 60), (Retry, 70)], "1m of work, retried once after 10s"),
            (
                &[(Work, 60), (Retry, 70), (Retry, 120), (Rollback, 30)],
                "1m of work, retried twice after 10s and 1m, then rolled back: 30s",
            ),
            (
                &[(Work, 60), (Retry, 70), (Retry, 70), (Retry, 70)],
                "1m of work, retried 3 times after 10s each",
            ),
            (
                &[(Work, 60), (Retry, 65), (Retry, 70), (Retry, 80), (Manual, 600)],
                "1m of work, retried 3 times after 5s to 20s, then waiting for a person: 10m",
            ),
            (
                &[(Approval, 300), (Work, 30), (Barrier, 9), (Work, 30), (Retry, 65)],
                "waiting for an approval: 5m, then 30s of work, then waiting at a barrier: 9s, then 30s of work, \
                 retried once after 5s",
            ),
        ] {
            let at = DeploymentId { stage: 0, index: 0 };
            let mut start = Ms(0);
            let part = |(kind, seconds): &(PartKind, u64)| {
                let end = start + Ms(seconds * 1000);
                let part = Part { kind: *kind, start, end, step: None, waits_for: None };
                start = part.end;
                part
            };
            let parts = lengths.iter().map(part).collect();
            let schedule = Schedule { parts: vec![RunParts { at, parts }], ..Schedule::default() };
            assert_eq!(super::parts(&schedule, at).as_deref(), Some(expected));
        }
        assert_eq!(super::parts(&Schedule::default(), DeploymentId { stage: 0, index: 0 }), None);
    }
}

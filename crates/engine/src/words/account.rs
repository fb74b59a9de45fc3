//! Sentences about limits of the account.

use crate::format::number;
use crate::{AccountPlan, Assumptions, Plan, Reason, Run, Schedule};

/// A limit of the account that holds a stage.
enum Hold {
    /// So many would run at once without it.
    AtOnce(u32),
    /// Other members of its parallel group run.
    Group,
}

/// Sentence that says which limit of the account holds a stage; `None` where the stage would run the same
/// without it.
pub fn held_by_account(
    plan: &Plan,
    schedule: &Schedule,
    stage_idx: usize,
    assumptions: &Assumptions,
) -> Option<String> {
    let hold = hold(plan, schedule, stage_idx)?;
    let at_once = number(assumptions.at_once()? as usize);
    let by = match (assumptions.account_limit, assumptions.account_plan) {
        (Some(_), _) | (None, AccountPlan::None) => "it".to_owned(),
        (None, plan) => format!("the {} plan", plan.caption()),
    };
    let what = match hold {
        Hold::AtOnce(wanted) => format!("at once, not {}", number(wanted as usize)),
        Hold::Group => "of this parallel group at once".to_owned(),
    };
    Some(format!("Held by the account: {by} runs {at_once} {what}."))
}

/// Returns `true` where a limit of the account holds some stage.
pub fn is_held_by_account(plan: &Plan, schedule: &Schedule) -> bool {
    (0..plan.stages.len()).any(|stage| hold(plan, schedule, stage).is_some())
}

fn hold(plan: &Plan, schedule: &Schedule, stage_idx: usize) -> Option<Hold> {
    let (wanted, run) = (plan.stages.get(stage_idx)?, schedule.stages.get(stage_idx)?);
    if plan.pipeline.stages.get(stage_idx)?.absence.is_some() {
        return None;
    }
    if run.max_concurrency < wanted.max_concurrency {
        return Some(Hold::AtOnce(wanted.max_concurrency));
    }
    let is_queued =
        |run: &Run| run.waits_for.is_some_and(|waits_for| waits_for.reason == Reason::GroupLimit);
    (!plan.pipeline.groups.is_empty() && run.runs.iter().any(is_queued)).then_some(Hold::Group)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ParallelGroup, Pipeline, samples, schedule};
    use deployline_span::{SourceId, Span};

    fn held(pipeline: Pipeline, assumptions: &Assumptions) -> Vec<Option<String>> {
        let plan = crate::expand(pipeline);
        let run = schedule(&plan, assumptions);
        (0..plan.stages.len()).map(|i| held_by_account(&plan, &run, i, assumptions)).collect()
    }

    #[test]
    fn names_the_plan_or_the_number() {
        let free = Assumptions { account_plan: AccountPlan::Free, ..Assumptions::default() };
        let two = || samples::one((2, true), (2, true), 0);
        let by_plan = "Held by the account: the Free plan runs 2 at once, not 4.";
        assert_eq!(held(two(), &free), [Some(by_plan.to_owned())]);
        let three = Assumptions { account_limit: Some(3), ..free.clone() };
        let by_number = "Held by the account: it runs 3 at once, not 4.";
        assert_eq!(held(two(), &three), [Some(by_number.to_owned())]);
        assert_eq!(held(two(), &Assumptions::default()), [None]);

        let stages = ["a", "b", "c"].map(samples::other).to_vec();
        let members = (0..3).map(|stage| stage..stage + 1).collect();
        let groups = [ParallelGroup { span: Span::new(SourceId(0), 0, 0), members }].into();
        let group = Pipeline { stages, groups, ..Pipeline::default() };
        let of_group = "Held by the account: the Free plan runs 2 of this parallel group at once.";
        assert_eq!(held(group, &free), [None, None, Some(of_group.to_owned())]);
    }
}

//! What a schedule assumes, in words: no picture of a run without it.

use deployline_engine::{AccountPlan, Assumptions, DurationKey, words};
use deployline_planner::assumed::{self, AssumedValue, Assumption};

use crate::Report;

/// A sentence for each assumption, the general one first. The account's plan is one where somebody chose it or
/// a limit of it holds something.
pub(crate) fn sentences(report: &Report<'_>) -> Vec<String> {
    let Report { plan, schedule, assumptions, .. } = *report;
    let Assumptions {
        duration,
        durations,
        uneven,
        account_plan,
        account_limit,
        failures,
        rollback,
        waits,
        step_durations,
        barrier_in_loops,
    } = assumptions;
    let mut said = vec![match uneven {
        Some(seed) => format!("Durations are made up around {duration}, from the number {seed}."),
        None => format!("Each deployment is assumed to take {duration}."),
    }];
    said.extend(durations.iter().map(|(key, duration)| format!("{}: {duration}.", subject(key))));
    said.extend(
        account_limit.map(|limit| format!("The account runs at most {limit} at once in a stage.")),
    );
    let is_chosen = *account_plan != AccountPlan::default();
    if is_chosen || account_limit.is_none() && words::is_held_by_account(plan, schedule) {
        said.push(account(*account_plan));
    }
    let failures = failures.iter();
    said.extend(failures.map(|((stage, index), failure)| {
        let number = u64::from(*index) + 1;
        format!("Number {number} of {stage} {}.", words::failure(failure))
    }));
    said.extend(rollback.map(|rollback| format!("A rollback takes {rollback}.")));
    said.extend(waits.iter().map(|((stage, step), wait)| match step.as_str() {
        "" => format!("{stage} waits {wait} for the person who starts it."),
        step => format!("{step} of {stage} waits {wait}."),
    }));
    said.extend(
        step_durations
            .iter()
            .map(|((stage, step), duration)| format!("{step} of {stage} takes {duration}.")),
    );
    if *barrier_in_loops {
        said.push(
            "A barrier counts, of the children of a stage, those that run at once.".to_owned(),
        );
    }
    let all = assumed::list(&plan.pipeline, assumptions).into_iter();
    said.extend(all.filter_map(|assumption| partial(&assumption)));
    said
}

/// Sentence about the stages that a run is started for; `None` for another assumption.
fn partial(assumption: &Assumption) -> Option<String> {
    let AssumedValue::Stages(stages) = &assumption.value else { return None };
    let stages = stages.join(", ");
    Some(match assumption.key.as_str() {
        assumed::RUN_STAGES => format!("Only these stages are chosen to run: {stages}."),
        _ => format!(
            "The run is repeated from {stages}; what does not wait for it keeps its result."
        ),
    })
}

/// Sentence about the plan of the account.
fn account(plan: AccountPlan) -> String {
    match (plan.at_once(), plan.children_in_all()) {
        (Some(at_once), Some(in_all)) => format!(
            "The account is assumed to be on the {} plan: {at_once} at once in a stage or a parallel \
             group, {in_all} in all.",
            plan.caption()
        ),
        _ => "The account is assumed to have no limits.".to_owned(),
    }
}

fn subject(key: &DurationKey) -> String {
    match key {
        DurationKey::Stage(stage) => format!("Everything in {stage}"),
        DurationKey::Infrastructure(infrastructure) => format!("Everything to {infrastructure}"),
        DurationKey::Target(environment, infrastructure) => {
            format!("Everything to {environment}/{infrastructure}")
        }
        DurationKey::Service(service) => service.clone(),
        DurationKey::ServiceInfrastructure(service, infrastructure) => {
            format!("{service} to {infrastructure}")
        }
        DurationKey::ServiceTarget(service, environment, infrastructure) => {
            format!("{service} to {environment}/{infrastructure}")
        }
        DurationKey::Deployment(stage, index) => {
            format!("Number {} of {stage}", u64::from(*index) + 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use deployline_engine::{Failure, Ms};
    use deployline_planner::{Inputs, analyze};

    use super::*;

    fn check(assumptions: &Assumptions, text: &str, expected: &[&str]) {
        let analysis = analyze(&[text], &Inputs::default(), assumptions);
        let report = Report::new(&analysis, assumptions, &[]);
        assert_eq!(sentences(&report), expected);
    }

    #[test]
    fn the_plan_of_the_account_is_a_sentence_where_it_matters() {
        let times =
            |count: u32| format!("stage: {{type: Custom, strategy: {{parallelism: {count}}}}}");
        let on = |account_plan| Assumptions { account_plan, ..Assumptions::default() };
        const MINUTE: &str = "Each deployment is assumed to take 1m.";
        let enterprise = "The account is assumed to be on the Enterprise plan: 100 at once in a stage \
                          or a parallel group, 256 in all.";
        check(&on(AccountPlan::Enterprise), &times(100), &[MINUTE]);
        check(&on(AccountPlan::Enterprise), &times(101), &[MINUTE, enterprise]);
        let none = "The account is assumed to have no limits.";
        check(&on(AccountPlan::None), &times(2), &[MINUTE, none]);
    }

    #[test]
    fn the_stages_of_a_partial_run_are_a_sentence() {
        const TEXT: &str = "stages: [{stage: {identifier: b, type: Custom}}, {stage: {identifier: a, type: Custom}}]";
        let (mut inputs, mut assumptions) = (Inputs::default(), Assumptions::default());
        for (key, value) in [("run-stages", "a,b"), ("rerun-from", "a")] {
            assumed::set(key, value, &mut inputs, &mut assumptions).expect("they are stages");
        }
        let analysis = analyze(&[TEXT], &inputs, &assumptions);
        let report = Report::new(&analysis, &assumptions, &[]);
        let expected = [
            "Each deployment is assumed to take 1m.",
            "Only these stages are chosen to run: b, a.",
            "The run is repeated from a; what does not wait for it keeps its result.",
        ];
        assert_eq!(sentences(&report), expected);
    }

    #[test]
    fn each_assumption_is_a_sentence() {
        let assumptions = Assumptions {
            duration: Ms(300_000),
            durations: [
                (DurationKey::Target("prod".into(), "eu-1".into()), Ms(60_000)),
                (DurationKey::Deployment("deploy".into(), 2), Ms(1_000)),
            ]
            .into(),
            uneven: None,
            account_limit: Some(3),
            account_plan: AccountPlan::default(),
            failures: [(("deploy".to_owned(), 0), Failure::default())].into(),
            rollback: Some(Ms(30_000)),
            waits: [
                (("deploy".to_owned(), "ask".to_owned()), Ms(60_000)),
                (("hand".to_owned(), String::new()), Ms(5_000)),
            ]
            .into(),
            step_durations: [(("deploy".to_owned(), "roll".to_owned()), Ms(90_000))].into(),
            barrier_in_loops: true,
        };
        let expected = [
            "Each deployment is assumed to take 5m.",
            "Everything to prod/eu-1: 1m.",
            "Number 3 of deploy: 1s.",
            "The account runs at most 3 at once in a stage.",
            "Number 1 of deploy fails.",
            "A rollback takes 30s.",
            "ask of deploy waits 1m.",
            "hand waits 5s for the person who starts it.",
            "roll of deploy takes 1m 30s.",
            "A barrier counts, of the children of a stage, those that run at once.",
        ];
        check(&assumptions, "", &expected);
        let uneven = Assumptions { uneven: Some(7), ..Assumptions::default() };
        check(&uneven, "", &["Durations are made up around 1m, from the number 7."]);
    }
}

//! More at once than the account allows.

use deployline_engine::Assumptions;
use deployline_yaml::{Diagnostic, Example, Rule, RuleDocs};

use crate::spawning::{SpawningNode, runs_at_most};

/// A limit above the account's, or no limit and more children than the account's.
pub const LIMIT_ABOVE_ACCOUNT: Rule = Rule::info("limit-above-account");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: LIMIT_ABOVE_ACCOUNT,
    explanation: "More would run at the same time than the account allows: by `maxConcurrency`, by the lists and flags of a stage, or in a parallel group of stages. The limit of the account counts, for each stage and each group on its own, and what is above it waits in a queue. Which plan the account has is an assumption: \"Account plan\" in the page, `--account-plan` on the command line; Enterprise where nothing is chosen.",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
    multiDeploymentConfig: {maxConcurrency: 200}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
    multiDeploymentConfig: {maxConcurrency: 100}
"#,
};

/// Compares what a node would run at once with what the account runs.
pub(super) fn check(node: &SpawningNode<'_>, assumptions: &Assumptions) -> Option<Diagnostic> {
    let at_once = assumptions.at_once()?;
    let wanted = node.written_limit.map_or(node.wanted_at_once, |limit| limit.value);
    if wanted <= at_once {
        return None;
    }
    let by_account = runs_at_most(assumptions, at_once);
    Some(match node.written_limit {
        Some(limit) => LIMIT_ABOVE_ACCOUNT.at(
            limit.span,
            format!("{by_account} of a stage at once, so this limit of {wanted} is never reached."),
        ),
        None => LIMIT_ABOVE_ACCOUNT.at(
            node.span,
            format!(
                "{wanted} of {} would run at once. {by_account}; the others wait in a queue.",
                node.counted()
            ),
        ),
    })
}

#[cfg(test)]
mod tests {
    use deployline_engine::{AccountPlan, Assumptions};

    use crate::{Inputs, analyze};

    fn messages(text: &str, assumptions: &Assumptions) -> Vec<String> {
        let found = analyze(&[text], &Inputs::default(), assumptions).diagnostics;
        let found = found.into_iter().filter(|found| found.code == "limit-above-account");
        found.map(|found| found.message).collect()
    }

    #[test]
    fn looks_at_the_limits_of_lists_and_of_strategies() {
        let list = "spec: {services: {values: [{serviceRef: a}, {serviceRef: b}]}, environment: \
                    {environmentRef: e, infrastructureDefinitions: [{identifier: i}]}, \
                    multiDeploymentConfig: {maxConcurrency: N}}";
        for (schema, stage) in [
            (0, list),
            (0, "strategy: {matrix: {a: [1, 2, 3, 4], maxConcurrency: N}}, type: Custom"),
            (0, "strategy: {repeat: {times: 4, maxConcurrency: N}}, type: Custom"),
            (1, "strategy: {for: {iterations: 4}, max-parallel: N}, type: custom"),
        ] {
            for (limit, expected) in [("1", 0), ("2", 0), ("3", 1)] {
                let stage = stage.replace('N', limit);
                let text = match schema {
                    0 => format!("stages: [{{stage: {{{stage}}}}}]"),
                    _ => format!("version: 1\npipeline: {{stages: [{{id: a, {stage}}}]}}"),
                };
                let account = Assumptions { account_limit: Some(2), ..Assumptions::default() };
                assert_eq!(messages(&text, &account).len(), expected, "{text}");
            }
        }
    }

    #[test]
    fn all_at_once_means_as_many_as_the_account_runs() {
        let stage = |keys: &str| format!("stages: [{{stage: {{type: Custom, {keys}}}}}]");
        let times = |count: u32| stage(&format!("strategy: {{repeat: {{times: {count}}}}}"));
        let member = "{stage: {type: Approval}}";
        let group = format!("stages: [{{parallel: [{member}, {member}, {member}]}}, {member}]");
        let plan = |account_plan| Assumptions { account_plan, ..Assumptions::default() };
        let free = "An account on the Free plan runs at most 2; the others wait in a queue.";
        for (text, assumptions, expected) in [
            (times(2), plan(AccountPlan::Free), None),
            (times(3), plan(AccountPlan::Free), Some(format!("3 of 3 runs would run at once. {free}"))),
            (group.clone(), plan(AccountPlan::Free), Some(format!("3 of 3 stages would run at once. {free}"))),
            (group, plan(AccountPlan::Team), None),
            (times(100), plan(AccountPlan::Enterprise), None),
            (times(101), plan(AccountPlan::None), None),
            (
                times(3),
                Assumptions { account_limit: Some(1), ..Assumptions::default() },
                Some("3 of 3 runs would run at once. The account runs at most 1; the others wait in a queue.".to_owned()),
            ),
        ] {
            let expected: Vec<String> = expected.into_iter().collect();
            assert_eq!(messages(&text, &assumptions), expected, "{text}");
        }
    }
}

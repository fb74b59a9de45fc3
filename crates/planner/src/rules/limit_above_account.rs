//! A stage that asks for more at once than the account allows.

use deployline_engine::{Assumptions, Limit, Plan, Stage, Work};
use deployline_yaml::{Diagnostics, Example, Rule, RuleDocs};

/// A limit above the account's.
pub const LIMIT_ABOVE_ACCOUNT: Rule = Rule::info("limit-above-account");

pub(super) const DOCS: RuleDocs = RuleDocs {
    rule: LIMIT_ABOVE_ACCOUNT,
    explanation: "The stage allows more deployments at the same time than the account does, in `multiDeploymentConfig` or in its strategy. The limit of the account counts. (In the example, the account allows one.)",
    bad: Example::Text(
        r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
    multiDeploymentConfig: {maxConcurrency: 2}
"#,
    ),
    good: r#"stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  spec:
    services: {values: [{serviceRef: cart}, {serviceRef: web}]}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
    multiDeploymentConfig: {maxConcurrency: 1}
"#,
};

/// Compares the limits that stages set with the account's.
pub(super) fn check(plan: &Plan, assumptions: &Assumptions) -> Diagnostics {
    let Some(account) = assumptions.account_limit else { return Diagnostics::default() };
    let above = plan.pipeline.stages.iter().filter_map(limit).filter(|limit| limit.value > account);
    above
        .map(|limit| {
            let message = format!(
                "The account allows only {account} at the same time, so this limit of {} is never reached.",
                limit.value
            );
            LIMIT_ABOVE_ACCOUNT.at(limit.span, message)
        })
        .collect()
}

/// The limit that a stage sets: of its strategy, or else of its lists.
fn limit(stage: &Stage) -> Option<Limit> {
    match (&stage.looping, &stage.work) {
        (Some(looping), _) => looping.written_limit,
        (None, Work::Deploy(deploy)) => deploy.max_concurrency,
        (None, Work::Other | Work::Unknown) => None,
    }
}

#[cfg(test)]
mod tests {
    use deployline_engine::Assumptions;

    use crate::{Inputs, analyze};

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
            for (limit, expected) in [("0", 0), ("2", 0), ("3", 1), ("none", 0)] {
                let stage = stage.replace('N', limit);
                let text = match schema {
                    0 => format!("stages: [{{stage: {{{stage}}}}}]"),
                    _ => format!("version: 1\npipeline: {{stages: [{{id: a, {stage}}}]}}"),
                };
                let account = Assumptions { account_limit: Some(2), ..Assumptions::default() };
                let found = analyze(&[&text], &Inputs::default(), &account).diagnostics;
                let count = found.iter().filter(|found| found.code == "limit-above-account");
                assert_eq!(count.count(), expected, "{text}");
            }
        }
    }
}

//! A stage that asks for more at once than the account allows.

use deployline_yaml::Diagnostic;

use super::LIMIT_ABOVE_ACCOUNT;
use crate::{Assumptions, Plan, Work};

/// Compares the limits that stages set with the account's.
pub(super) fn check(plan: &Plan, assumptions: &Assumptions) -> Vec<Diagnostic> {
    let Some(account) = assumptions.account_limit else { return Vec::new() };
    let deploys = plan.pipeline.stages.iter().filter_map(|stage| match &stage.work {
        Work::Deploy(deploy) => deploy.max_concurrency,
        Work::Other | Work::Unknown => None,
    });
    let above = deploys.filter(|limit| limit.value > account);
    above
        .map(|limit| {
            let message = format!(
                "The account lets {account} run at once, so this limit of {} is never reached.",
                limit.value
            );
            LIMIT_ABOVE_ACCOUNT.at(limit.span, message)
        })
        .collect()
}

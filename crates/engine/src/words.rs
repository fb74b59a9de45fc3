//! Sentences about a plan and its run, as the product's documentation writes them.

mod account;
mod conditions;
mod labels;
mod outcome;
mod reasons;
mod runs;
pub mod shown;

use crate::format::{count, limit};
use crate::{Stage, StagePlan, Work};

pub use account::{held_by_account, is_held_by_account};
pub use conditions::condition;
pub use labels::{child_label, label, labels, sequence, service_label, stage_name, target_label};
pub use outcome::{action, fails, failure, left_out, parts};
pub use reasons::why;
pub use runs::{early_starts, moves};

/// `2 × 4 = 8 deployments, 2 at a time`: what a stage multiplies, and its limit.
pub fn product(stage: &Stage, plan: &StagePlan, max_concurrency: u32) -> String {
    let runs = plan.deployments.len();
    let limit = limit(max_concurrency, runs);
    match (&stage.work, &stage.looping) {
        (Work::Other | Work::Unknown, None) => stage.stage_type.clone(),
        (Work::Other | Work::Unknown, Some(_)) => {
            let parts = [stage.stage_type.clone(), count(runs, "run"), limit];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        }
        (Work::Deploy(_), _) if runs == 1 => count(runs, "deployment"),
        (Work::Deploy(deploy), None) if deploy.listed.is_none() => format!(
            "{} × {} = {}, {limit}",
            deploy.services.items.len(),
            deploy.targets.items.len(),
            count(runs, "deployment")
        ),
        (Work::Deploy(_), _) => format!("{}, {limit}", count(runs, "deployment")),
    }
}

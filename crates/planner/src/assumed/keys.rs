//! Keys of assumptions, and the words that some have for values.

use deployline_engine::AxisName;

/// Key of the account's plan.
pub const ACCOUNT_PLAN: &str = "account-plan";
/// Key of a number of your own, instead of the plan's.
pub const ACCOUNT_LIMIT: &str = "account-limit";
/// Begins the keys of flags that are expressions.
pub(super) const PARALLEL: &str = "parallel:";
/// Begins the keys of conditions that the text leaves open.
pub(super) const WHEN: &str = "when:";

/// Key of the mode in which stages wait for those that they name.
pub const DAG: &str = "dag";
/// Key of the same in the newer schema, where stages have `needs`.
pub const NEEDS_AS_DAG: &str = "needs-as-dag";
/// Key of the flag of lists of the newer schema that have none.
pub const V1_DEFAULT: &str = "v1-default";
/// Values of that: by the published schema, and by the documentation.
pub(super) const V1_DEFAULTS: [&str; 2] = ["sequential", "parallel"];
/// Key of the stages that are chosen for the run.
pub const RUN_STAGES: &str = "run-stages";
/// Key of the stages from which a run before is repeated.
pub const RERUN_FROM: &str = "rerun-from";
/// Key of the length of rollbacks.
pub const ROLLBACK: &str = "rollback";
/// Begins the keys of waits inside deployments.
pub(super) const WAIT: &str = "wait:";
/// Begins the keys of durations of steps.
pub(super) const STEP: &str = "step:";
/// Key of barriers at which, of the children of a stage, only as many count as run at once.
pub const BARRIER_IN_LOOPS: &str = "barrier-in-loops";
/// Value of a rollback that takes half as long as the work.
pub(super) const HALF: &str = "half";

pub(super) const AXES: [(AxisName, &str); 2] =
    [(AxisName::Services, "services"), (AxisName::Targets, "targets")];

/// Key of the flag of a stage's axis.
pub(crate) fn flag_key(stage: &str, axis: AxisName) -> String {
    let name = match axis {
        AxisName::Services => "services",
        AxisName::Targets => "targets",
    };
    format!("{PARALLEL}{stage}/{name}")
}

/// Key of the wait of a step, or without one of the wait until a person starts the stage.
pub(crate) fn wait_key(stage: &str, step: &str) -> String {
    if step.is_empty() { format!("{WAIT}{stage}") } else { format!("{WAIT}{stage}/{step}") }
}

/// Key of the duration of a step.
pub fn step_key(stage: &str, step: &str) -> String {
    format!("{STEP}{stage}/{step}")
}

/// The stage and the step of [`wait_key`]: the step is empty where the key has none.
pub(super) fn wait_place(place: &str) -> (String, String) {
    let (stage, step) = place.split_once('/').unwrap_or((place, ""));
    (stage.to_owned(), step.to_owned())
}

/// Key of a stage's condition.
pub(crate) fn condition_key(stage: &str) -> String {
    format!("{WHEN}{stage}")
}

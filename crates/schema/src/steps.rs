//! Keys of steps, and of stages that stand for other pipelines.
//!
//! Follows `docs/semantics.md`, "Steps, and what is not used".

use crate::key::{ANYTHING, Row, TEXT, VALUES, key};
use crate::{MappingKind, Takes};

/// Types of steps that wait, for a time, for people or for others: their length is no part of the work.
pub const WAITING_STEPS: &[&str] = &[
    "Wait",
    "Barrier",
    "Queue",
    "HarnessApproval",
    "JiraApproval",
    "ServiceNowApproval",
    "CustomApproval",
    "IACMApproval",
];

/// Types of steps that are common, or that wait.
const STEP_TYPES: &[&str] = &[
    "ShellScript",
    "K8sRollingDeploy",
    "K8sCanaryDeploy",
    "K8sBlueGreenDeploy",
    "K8sApply",
    "HelmDeploy",
    "Http",
    "Wait",
    "Barrier",
    "Queue",
    "HarnessApproval",
    "JiraApproval",
    "ServiceNowApproval",
    "CustomApproval",
];

const STEPS: &[Takes] = &[Takes::List(MappingKind::StepEntry)];
const STATUS: &[Takes] = &[Takes::Words(&["Success", "Failure", "All"])];
const INSIDE: &str =
    "It changes what happens inside a deployment, whose length is assumed as a whole.";

const NAME: Row = key("name", TEXT, "Its name, for the note beside the bar.");
const IDENTIFIER: Row = key("identifier", TEXT, "Its identifier, which stands in for the name.");
const DESCRIPTION: Row =
    key("description", TEXT, "Free text. It has no part in the order.").no_bearing();
const WHEN: Row = key("when", &[Takes::Mapping(MappingKind::StepWhen)], INSIDE).no_bearing();
const STRATEGY: Row = key(
    "strategy",
    &[Takes::Mapping(MappingKind::Strategy)],
    "Runs it several times inside the deployment. The note beside the bar names it.",
);
const FAILURE_STRATEGIES: Row = key(
    "failureStrategies",
    &[Takes::List(MappingKind::FailureRule)],
    "Effect of a failure of it: rules for errors, each with an action. They come before those of the stage.",
);
const TEMPLATE: Row = key(
    "template",
    &[Takes::Mapping(MappingKind::TemplateUse)],
    "Takes it from a template. It counts as one step.",
)
.no_bearing();
const DELEGATES: Row = key(
    "delegateSelectors",
    ANYTHING,
    "Delegates that may do the work. They have no part in the order.",
)
.no_bearing();

pub(super) const EXECUTION: &[Row] = &[
    key("steps", STEPS, "The steps that each deployment goes through, one after the other."),
    key(
        "rollbackSteps",
        STEPS,
        "The steps of a rollback. Its length is assumed; only their failure strategies are read.",
    ),
];

pub(super) const ENTRY: &[Row] = &[
    key("step", &[Takes::Mapping(MappingKind::Step)], "One step, with its type and its settings."),
    key("parallel", STEPS, "Steps that run side by side."),
    key("stepGroup", &[Takes::Mapping(MappingKind::StepGroup)], "Steps that belong together."),
    key("insert", ANYTHING, "A place of a template for steps. It counts as one step.").no_bearing(),
];

pub(super) const STEP: &[Row] = &[
    NAME,
    IDENTIFIER,
    key(
        "type",
        &[Takes::Words(STEP_TYPES)],
        "Type of the step. Approvals, barriers, queues and `Wait` are parts of their own in the bar.",
    ),
    key("spec", ANYTHING, "Settings of the step. They have no part in the order.").no_bearing(),
    key(
        "timeout",
        TEXT,
        "Duration after which the step is given up. A warning says where its share of a deployment is longer.",
    ),
    FAILURE_STRATEGIES,
    WHEN,
    STRATEGY,
    TEMPLATE,
    DESCRIPTION,
    key("enforce", ANYTHING, "Policies. They have no part in the order.").no_bearing(),
    DELEGATES,
];

pub(super) const GROUP: &[Row] = &[
    NAME,
    IDENTIFIER,
    key("steps", STEPS, "The steps of the group, one after the other."),
    FAILURE_STRATEGIES,
    WHEN,
    STRATEGY,
    TEMPLATE,
    DESCRIPTION,
    key("variables", ANYTHING, "Values for its steps. They have no part in the order.")
        .no_bearing(),
    key("stepGroupInfra", ANYTHING, "The place where its steps run. It has no part in the order.")
        .no_bearing(),
    DELEGATES,
];

pub(super) const STEP_WHEN: &[Row] = &[
    key(
        "stageStatus",
        STATUS,
        "The state of the stage in which it runs. After a failure alone it has no part.",
    ),
    key(
        "condition",
        TEXT,
        "Where it is `false`, the step has no part in the bar. Expressions are not computed.",
    ),
];

pub(super) const WAIT_SPEC: &[Row] =
    &[key("duration", TEXT, "Length of the wait, a part of the bar.")];

pub(super) const BARRIER_SPEC: &[Row] = &[key(
    "barrierRef",
    TEXT,
    "The barrier at which the step waits until all steps that name it have been reached.",
)];

pub(super) const QUEUE_SPEC: &[Row] = &[
    key("key", TEXT, "Name of the queue: one stage at a time goes on with it."),
    key(
        "scope",
        &[Takes::Words(&["Pipeline", "Stage"])],
        "How long the key is held: until the stage ends, or the pipeline.",
    ),
];

pub(super) const CHAINED_SPEC: &[Row] = &[
    key("pipeline", TEXT, "Identifier of the pipeline that runs in this stage."),
    key("org", TEXT, "The organisation of that pipeline."),
    key("project", TEXT, "The project of that pipeline."),
    key("inputs", VALUES, "Values for that pipeline, as an input set has them."),
    key("pipelineInputs", ANYTHING, "Values for that pipeline, in another form.")
        .said("unused-key"),
    key(
        "inputSetReferences",
        &[Takes::Texts],
        "Input sets of that pipeline, in order: the last one wins, and `inputs` over all.",
    ),
    key("outputs", ANYTHING, "Values that later stages take. They have no part in the order.")
        .no_bearing(),
];

pub(super) const DYNAMIC_SPEC: &[Row] = &[
    key("source", TEXT, "The pipeline itself, encoded. Its stages are not drawn.")
        .said("unused-key"),
    key("sourceConfig", ANYTHING, "The place of the pipeline. Its stages are not drawn.")
        .said("unused-key"),
];

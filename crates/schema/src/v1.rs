//! Keys of the newer, flat schema: documents, the pipeline, its stages and their groups.
//!
//! Follows `docs/semantics.md`, "Schema v1".

mod axes;
mod failure;
mod shared;
mod steps;
mod strategy;

use crate::entities::{
    ENVIRONMENT_DOCUMENT, GROUP_DOCUMENT, INPUT_SET_DOCUMENT, OVERLAY_DOCUMENT, SERVICE_DOCUMENT,
    TEMPLATE_DOCUMENT,
};
use crate::key::{ANYTHING, FLAG, Row, TEXT, VALUES, key};
use crate::{EntityKind, MappingKind, Takes};

pub(super) use axes::{
    ENVIRONMENT, ENVIRONMENTS, FILTER, FILTER_CONDITION, FILTER_SIDES, FILTER_TAGS, GROUP,
    INFRASTRUCTURE, SERVICE, SERVICES,
};
pub(super) use failure::{ACTION, MANUAL, PIPELINE_ROLLBACK, RETRY, RETRY_GROUP, RULE};
use shared::{IF, ON_FAILURE, TIMEOUT, none};
pub(super) use steps::{
    BARRIER, CHAIN, CHAIN_WITH, KINDS as STEP_KINDS, QUEUE, STEP, STEP_GROUP, STEPS_SIDE_BY_SIDE,
    USES, WAIT,
};
pub use steps::{V1_STEPS, V1_WAITING_STEPS};
pub(super) use strategy::{FOR, MATRIX, REPEAT, STRATEGY, WHILE};

/// Spellings of keys that only documentation shows: they are read, and not offered.
const OTHER_SPELLINGS: &[&str] = &[
    "on_failure",
    "max-concurrency",
    "max_concurrency",
    "max_iterations",
    "sequential",
    "exitcode",
];

/// Returns `true` for the spelling of a key of the newer schema that only documentation shows.
pub fn is_other_spelling(name: &str) -> bool {
    OTHER_SPELLINGS.contains(&name)
}

const STRATEGY_ROW: Row = key(
    "strategy",
    &[Takes::Mapping(MappingKind::V1Strategy)],
    "Runs the stage several times. Not beside lists of services or environments.",
)
.of_one_stage();
const VERSION: Row = key("version", TEXT, "`1` for this schema.");
const KIND: Row = key("kind", &[Takes::Words(&["pipeline"])], "Kind of the document.").no_bearing();
const SPEC: Row =
    key("spec", &[Takes::Mapping(MappingKind::V1Pipeline)], "The contents of the pipeline.");
const INPUTS: Row = key(
    "inputs",
    VALUES,
    "Values that the pipeline may be given: `default` of one is the value of `${{ inputs.NAME }}`.",
);

pub(super) const DOCUMENT: &[Row] = &[
    key(
        "pipeline",
        &[Takes::Mapping(MappingKind::V1Pipeline)],
        "The pipeline. The first one of a text is drawn.",
    ),
    VERSION,
    KIND,
    SPEC,
    SERVICE_DOCUMENT,
    ENVIRONMENT_DOCUMENT,
    key(
        "infrastructureDefinition",
        &[Takes::Mapping(MappingKind::InfrastructureEntity)],
        "An infrastructure of an environment: `deploy-to: all` takes these in the order of their documents.",
    ),
    GROUP_DOCUMENT,
    TEMPLATE_DOCUMENT,
    INPUT_SET_DOCUMENT,
    OVERLAY_DOCUMENT,
];

pub(super) const PIPELINE: &[Row] = &[
    key("id", TEXT, "Identifier of the pipeline."),
    key("name", TEXT, "Name of the pipeline, and the value of `<+pipeline.name>`."),
    key(
        "stages",
        &[Takes::List(MappingKind::V1Stage)],
        "The stages, one after the other: each starts when everything before it has ended. Those of a `parallel` group run side by side.",
    ),
    IF,
    TIMEOUT,
    service("Services of the stages without their own. The published schema doesn't know it here."),
    environment(
        "Targets of the stages without their own. The published schema doesn't know it here.",
    ),
    VERSION,
    KIND,
    SPEC,
    INPUTS,
    key("tags", VALUES, "Labels of the pipeline: values of `<+pipeline.tags.NAME>`."),
    key("barriers", ANYTHING, "Barriers, at which steps of several stages wait for each other.")
        .no_bearing(),
    uses(
        "template",
        "Takes the pipeline from a template, as `uses: ID@VERSION`. None of its stages is drawn.",
    )
    .said("pipeline-template"),
    unpublished("concurrency", "Runs of the pipeline that exclude each other. One run is drawn."),
    unpublished("permissions", "What its steps may do. They have no part in the order."),
    unpublished("status", "Statuses that are reported elsewhere. They have no part in the order."),
    unpublished(
        "jobs",
        "A workflow in the form of another product, which is not read. Write `stages`.",
    ),
    none("on", "Events that start the pipeline. They have no part in the order."),
    none("env", "Values for its steps. They have no part in the order."),
    none("repo", "The repository of its code. It has no part in the order."),
    none("clone", "How its code is fetched. It has no part in the order."),
    none("delegate", "Delegates that may do the work. They have no part in the order."),
    none("notifications", "Who is told what. It has no part in the order."),
    none("allow-stage-executions", "`true` where single stages may be run alone."),
    none("fixed-inputs-on-rerun", "`true` where a run that is repeated keeps its inputs."),
];

const fn service(doc: &'static str) -> Row {
    const TAKES: &[Takes] = &[
        Takes::Reference(EntityKind::Service),
        Takes::Mapping(MappingKind::V1Services),
        Takes::References(EntityKind::Service),
        Takes::List(MappingKind::V1Service),
    ];
    key("service", TAKES, doc)
}

const fn environment(doc: &'static str) -> Row {
    const TAKES: &[Takes] = &[
        Takes::Mapping(MappingKind::V1Environments),
        Takes::Reference(EntityKind::Environment),
        Takes::List(MappingKind::V1Environment),
    ];
    key("environment", TAKES, doc)
}

/// A key that only the documentation shows, and that is not used.
const fn unpublished(name: &'static str, doc: &'static str) -> Row {
    key(name, ANYTHING, doc).said("unpublished-form")
}

/// A stage or a pipeline that stands for something else.
const fn uses(name: &'static str, doc: &'static str) -> Row {
    key(name, &[Takes::Mapping(MappingKind::V1Uses)], doc)
}

const OF_TEMPLATE: &str = "Takes the stage from a template of this kind, as `uses: ID@VERSION`. A placeholder stands for it.";
const STEPS: &[Takes] = &[Takes::List(MappingKind::V1Step)];

pub(super) const STAGE: &[Row] = &[
    key("id", TEXT, "Identifier of the stage. Each needs its own."),
    key("name", TEXT, "Name of the stage."),
    service(
        "The services: one, or `items` with a flag. Each is deployed to each target, target by target.",
    )
    .of_one_stage(),
    environment("Its targets: one environment, `items`, a group, or what filters choose.").of_one_stage(),
    key(
        "steps",
        STEPS,
        "The steps that each deployment goes through. How many there are changes no order.",
    )
    .of_one_stage(),
    key(
        "parallel",
        &[Takes::Mapping(MappingKind::V1Parallel)],
        "Stages that run side by side. What follows waits until the last of them has ended.",
    ),
    key(
        "group",
        &[Takes::Mapping(MappingKind::V1Group)],
        "Stages that run one after the other, as one entry.",
    )
    .of_one_stage(),
    IF,
    STRATEGY_ROW,
    ON_FAILURE.of_one_stage(),
    TIMEOUT.of_one_stage(),
    key(
        "disabled",
        FLAG,
        "`true` leaves the stage out: it is skipped. The published schema doesn't know it.",
    )
    .of_one_stage(),
    key(
        "rollback",
        STEPS,
        "The steps of a rollback. Its length is assumed; only their `on-failure` is read.",
    )
    .of_one_stage(),
    key(
        "chain",
        &[Takes::Mapping(MappingKind::V1Chain), Takes::Text],
        "The pipeline that runs in this stage.",
    ),
    key("dynamic", ANYTHING, "A pipeline that is made in the run. Its stages are not drawn.")
        .said("unused-key"),
    uses("template", OF_TEMPLATE),
    uses(
        "approval",
        "A person or a system that is asked. The wait is not drawn. In the published schema it is a step.",
    ),
    uses("action", OF_TEMPLATE),
    uses("deploy", OF_TEMPLATE),
    uses("build", OF_TEMPLATE),
    uses("test", OF_TEMPLATE),
    uses("chaos", OF_TEMPLATE),
    uses("idp", OF_TEMPLATE),
    uses("iacm", OF_TEMPLATE),
    uses("sto", OF_TEMPLATE),
    key("type", TEXT, "Type of the stage, where it deploys nothing."),
    key(
        "needs",
        &[Takes::Text, Takes::Texts],
        "Stages that must have ended. In a list of stages those before it have in any case: it orders the members of a `parallel`.",
    )
    .of_one_stage(),
    none("desc", "Free text. It has no part in the order."),
    none("inputs", "Values that the stage may be given. They have no part in the order."),
    none("variables", "Values for its steps. They have no part in the order."),
    key("tags", VALUES, "Labels of the stage: values of `<+stage.tags.NAME>`."),
    none("env", "Values for its steps. They have no part in the order."),
    none("runtime", "The place where its steps run. It has no part in the order."),
    none("delegate", "Delegates that may do the work. They have no part in the order."),
];

const STAGES: Row = key("stages", &[Takes::List(MappingKind::V1Stage)], "The stages of the group.");
const GROUP_ID: Row =
    key("id", TEXT, "Identifier of the group. It has no part in the order.").no_bearing();
const GROUP_NAME: Row =
    key("name", TEXT, "Name of the group. It has no part in the order.").no_bearing();

pub(super) const PARALLEL: &[Row] = &[STAGES, IF, GROUP_ID, GROUP_NAME];
pub(super) const STAGE_GROUP: &[Row] = &[
    STAGES,
    IF,
    GROUP_ID,
    GROUP_NAME,
    key(
        "on-failure",
        ANYTHING,
        "Effect of a failure in the group. The rules of its stages are drawn alone.",
    )
    .said("unused-key"),
];

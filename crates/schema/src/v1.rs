//! Keys of the newer, flat schema.
//!
//! Follows `docs/semantics.md`, "Schema v1".

use crate::entities::{
    ENVIRONMENT_DOCUMENT, GROUP_DOCUMENT, INPUT_SET_DOCUMENT, OVERLAY_DOCUMENT, SERVICE_DOCUMENT,
    TEMPLATE_DOCUMENT,
};
use crate::key::{ANYTHING, COUNT, FLAG, PARALLEL_STRATEGY, Row, TEXT, key};
use crate::{EntityKind, MappingKind, Takes};

const PARALLEL: Row = key(
    "parallel",
    FLAG,
    "`true` lets the items run side by side. Missing means one after the other in this schema.",
);
const VERSION: Row = key("version", TEXT, "`1` for this schema.");
const KIND: Row = key("kind", &[Takes::Words(&["pipeline"])], "Kind of the document.");
const SPEC: Row =
    key("spec", &[Takes::Mapping(MappingKind::V1Pipeline)], "The contents of the pipeline.");
const INPUTS: Row = key(
    "inputs",
    ANYTHING,
    "Values that the pipeline may be given. They have no part in the order by themselves.",
)
.no_bearing();
const SERVICE_ID: Row =
    key("id", &[Takes::Reference(EntityKind::Service)], "Identifier of the service.");
const WITH: Row = key(
    "with",
    ANYTHING,
    "Values for what the service leaves open. They have no part in the order.",
)
.no_bearing();
const ENVIRONMENT_ID: Row =
    key("id", &[Takes::Reference(EntityKind::Environment)], "Identifier of the environment.");
const MAX_PARALLEL: Row = key("max-parallel", COUNT, PARALLEL_STRATEGY);
const INFRASTRUCTURES: &[Takes] =
    &[Takes::Reference(EntityKind::Infrastructure), Takes::References(EntityKind::Infrastructure)];

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
    INPUTS,
];

pub(super) const PIPELINE: &[Row] = &[
    key("id", TEXT, "Identifier of the pipeline."),
    key("name", TEXT, "Name of the pipeline. It has no part in the order.").no_bearing(),
    key(
        "stages",
        &[Takes::List(MappingKind::V1Stage)],
        "The stages, one after the other: each starts when everything before it has ended. Those of a `parallel` group run side by side.",
    ),
    VERSION,
    KIND,
    SPEC,
    INPUTS,
];

pub(super) const STAGE: &[Row] = &[
    key("id", TEXT, "Identifier of the stage. Each needs its own."),
    key("name", TEXT, "Name of the stage."),
    key(
        "service",
        &[
            Takes::Reference(EntityKind::Service),
            Takes::Mapping(MappingKind::V1Services),
            Takes::List(MappingKind::V1Service),
        ],
        "The services: one, a list, or `items` with a flag. Each is deployed to each target, target by target.",
    ),
    key(
        "environment",
        &[Takes::Mapping(MappingKind::V1Environments), Takes::Reference(EntityKind::Environment)],
        "Its targets: one environment, `items`, a group, or what filters choose.",
    ),
    key(
        "parallel",
        &[Takes::Mapping(MappingKind::V1Stages)],
        "Stages that run side by side. What follows waits until the last of them has ended.",
    ),
    key(
        "group",
        &[Takes::Mapping(MappingKind::V1Stages)],
        "Stages that run one after the other, as one entry.",
    ),
    key(
        "strategy",
        &[Takes::Mapping(MappingKind::V1Strategy)],
        "Runs the stage several times. Not beside lists of services or environments.",
    ),
    key(
        "steps",
        ANYTHING,
        "The steps that each deployment goes through. How many there are changes no order.",
    ),
    key(
        "when",
        &[Takes::Mapping(MappingKind::When)],
        "Condition on which the stage runs: the outcome of what ran before.",
    ),
    key("type", TEXT, "Type of the stage, where it deploys nothing."),
    key(
        "multiDeploymentConfig",
        &[Takes::Mapping(MappingKind::Limits)],
        "The most deployments of the stage that run at once, and the effect of a failure on those that wait.",
    ),
];

pub(super) const STAGES: &[Row] =
    &[key("stages", &[Takes::List(MappingKind::V1Stage)], "The stages of the group.")];

pub(super) const SERVICES: &[Row] = &[
    key(
        "items",
        &[Takes::References(EntityKind::Service), Takes::List(MappingKind::V1Service)],
        "The services, in the order in which they start.",
    ),
    PARALLEL,
    SERVICE_ID,
    WITH,
];

pub(super) const SERVICE: &[Row] = &[SERVICE_ID, WITH];

pub(super) const ENVIRONMENTS: &[Row] = &[
    ENVIRONMENT_ID,
    key(
        "deploy-to",
        INFRASTRUCTURES,
        "Its infrastructures: one, a list, or `all`. They are the targets in order.",
    ),
    key(
        "items",
        &[Takes::List(MappingKind::V1Environment), Takes::References(EntityKind::Environment)],
        "Several environments. Their infrastructures, one environment after the other, are the targets in order.",
    ),
    key(
        "group",
        &[Takes::Reference(EntityKind::Group), Takes::Mapping(MappingKind::V1Service)],
        "The environments of a group. A document `environmentGroup:` in the same text tells which.",
    ),
    key(
        "filters",
        &[Takes::List(MappingKind::Filter)],
        "Chooses by tags, as the documents of the entities have them.",
    ),
    PARALLEL,
];

pub(super) const ENVIRONMENT: &[Row] = &[
    ENVIRONMENT_ID,
    key("deploy-to", INFRASTRUCTURES, "Its infrastructures: one, a list, or `all`."),
];

pub(super) const STRATEGY: &[Row] = &[
    key(
        "matrix",
        &[Takes::Mapping(MappingKind::V1Matrix)],
        "Runs the stage for each combination of its axes, as nested loops: the first axis outermost.",
    ),
    key(
        "for",
        &[Takes::Mapping(MappingKind::V1For), Takes::Count],
        "Runs the stage a number of times.",
    ),
    key(
        "repeat",
        &[Takes::Mapping(MappingKind::Repeat)],
        "Runs the stage for each item of a list, or a number of times.",
    ),
    MAX_PARALLEL,
];

pub(super) const MATRIX: &[Row] = &[
    key("exclude", ANYTHING, "Combinations to leave out: a list, each item with values of axes."),
    MAX_PARALLEL,
];

pub(super) const FOR: &[Row] = &[
    key("iterations", COUNT, "Number of times that the stage runs."),
    key("times", COUNT, "The same as `iterations`."),
];

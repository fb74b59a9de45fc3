//! Keys of the newer, flat schema.
//!
//! Follows `docs/semantics.md`, "Schema v1".

use crate::key::{ANYTHING, COUNT, FLAG, TEXT, key};
use crate::{EntityKind, Key, MappingKind, Takes};

const PARALLEL: &str =
    "Whether the items run side by side. Missing means one after the other in this schema.";
const INFRASTRUCTURES: &[Takes] =
    &[Takes::Reference(EntityKind::Infrastructure), Takes::References(EntityKind::Infrastructure)];

pub(super) const DOCUMENT: &[Key] = &[
    key(
        "pipeline",
        &[Takes::Mapping(MappingKind::V1Pipeline)],
        "The pipeline. The first one of a text is drawn.",
    ),
    key("version", TEXT, "`1` for this schema."),
    key("kind", &[Takes::Words(&["pipeline"])], "What the document is."),
    key("spec", &[Takes::Mapping(MappingKind::V1Pipeline)], "The contents of the pipeline."),
    key(
        "service",
        &[Takes::Mapping(MappingKind::ServiceEntity)],
        "A service, for filters on its tags.",
    ),
    key(
        "environment",
        &[Takes::Mapping(MappingKind::EnvironmentEntity)],
        "An environment, for `filters` by tags and for groups.",
    ),
    key(
        "infrastructureDefinition",
        &[Takes::Mapping(MappingKind::InfrastructureEntity)],
        "An infrastructure of an environment: `deploy-to: all` takes these in the order of their documents.",
    ),
    key(
        "environmentGroup",
        &[Takes::Mapping(MappingKind::GroupEntity)],
        "The environments of a group, in order.",
    ),
    key(
        "template",
        &[Takes::Mapping(MappingKind::TemplateEntity)],
        "What a stage or pipeline template holds.",
    ),
    key(
        "inputSet",
        &[Takes::Mapping(MappingKind::InputSet)],
        "Values for what the pipeline leaves open.",
    ),
    key(
        "inputs",
        ANYTHING,
        "What the pipeline may be given. It has no part in the order by itself.",
    ),
];

pub(super) const PIPELINE: &[Key] = &[
    key("id", TEXT, "By which others refer to the pipeline."),
    key("name", TEXT, "What the pipeline is called. It has no part in the order."),
    key(
        "stages",
        &[Takes::List(MappingKind::V1Stage)],
        "The stages, one after the other: each starts when everything before it has ended. Those of a `parallel` group run side by side.",
    ),
    key("version", TEXT, "`1` for this schema."),
    key("kind", &[Takes::Words(&["pipeline"])], "What the document is."),
    key("spec", &[Takes::Mapping(MappingKind::V1Pipeline)], "The contents of the pipeline."),
    key(
        "inputs",
        ANYTHING,
        "What the pipeline may be given. It has no part in the order by itself.",
    ),
];

pub(super) const STAGE: &[Key] = &[
    key("id", TEXT, "By which others refer to the stage. Each needs its own."),
    key("name", TEXT, "What the stage is called."),
    key(
        "service",
        &[
            Takes::Reference(EntityKind::Service),
            Takes::Mapping(MappingKind::V1Services),
            Takes::List(MappingKind::V1Service),
        ],
        "Which services: one, a list, or `items` with a flag. Each is deployed to each target, target by target.",
    ),
    key(
        "environment",
        &[Takes::Mapping(MappingKind::V1Environments), Takes::Reference(EntityKind::Environment)],
        "Where to: one environment, `items`, a group, or what filters choose.",
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
        "Whether the stage runs, by what happened before it.",
    ),
    key("type", TEXT, "What the stage does, where it deploys nothing."),
    key(
        "multiDeploymentConfig",
        &[Takes::Mapping(MappingKind::Limits)],
        "How many deployments of the stage run at once, and what a failure does to those that wait.",
    ),
];

pub(super) const STAGES: &[Key] =
    &[key("stages", &[Takes::List(MappingKind::V1Stage)], "The stages of the group.")];

pub(super) const SERVICES: &[Key] = &[
    key(
        "items",
        &[Takes::References(EntityKind::Service), Takes::List(MappingKind::V1Service)],
        "The services, in the order in which they start.",
    ),
    key("parallel", FLAG, PARALLEL),
    key("id", &[Takes::Reference(EntityKind::Service)], "Which service: its identifier."),
    key(
        "with",
        ANYTHING,
        "Values for what the service leaves open. They have no part in the order.",
    ),
];

pub(super) const SERVICE: &[Key] = &[
    key("id", &[Takes::Reference(EntityKind::Service)], "Which service: its identifier."),
    key(
        "with",
        ANYTHING,
        "Values for what the service leaves open. They have no part in the order.",
    ),
];

pub(super) const ENVIRONMENTS: &[Key] = &[
    key("id", &[Takes::Reference(EntityKind::Environment)], "Which environment: its identifier."),
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
    key("parallel", FLAG, PARALLEL),
];

pub(super) const ENVIRONMENT: &[Key] = &[
    key("id", &[Takes::Reference(EntityKind::Environment)], "Which environment: its identifier."),
    key("deploy-to", INFRASTRUCTURES, "Its infrastructures: one, a list, or `all`."),
];

pub(super) const STRATEGY: &[Key] = &[
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
    key("max-parallel", COUNT, "How many of its runs go at once; missing or 0 means all."),
];

pub(super) const MATRIX: &[Key] = &[
    key("exclude", ANYTHING, "Combinations to leave out: a list, each item with values of axes."),
    key("max-parallel", COUNT, "How many of its runs go at once; missing or 0 means all."),
];

pub(super) const FOR: &[Key] = &[
    key("iterations", COUNT, "How many times the stage runs."),
    key("times", COUNT, "The same as `iterations`."),
];

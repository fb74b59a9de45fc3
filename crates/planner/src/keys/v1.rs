//! Keys of the newer, flat schema.
//!
//! Follows `docs/semantics.md`, "Schema v1".

use super::{ANYTHING, COUNT, FLAG, Place, Refers, TEXT, Takes, Told, key};

const PARALLEL: &str =
    "Whether the items run side by side. Missing means one after the other in this schema.";
const INFRASTRUCTURES: &[Takes] =
    &[Takes::Reference(Refers::Infrastructure), Takes::References(Refers::Infrastructure)];

pub(super) const DOCUMENT: &[Told] = &[
    key(
        "pipeline",
        &[Takes::Mapping(Place::V1Pipeline)],
        "The pipeline. The first one of a text is drawn.",
    ),
    key("version", TEXT, "`1` for this schema."),
    key("kind", &[Takes::Words(&["pipeline"])], "What the document is."),
    key("spec", &[Takes::Mapping(Place::V1Pipeline)], "The contents of the pipeline."),
    key("service", &[Takes::Mapping(Place::ServiceEntity)], "A service, for filters on its tags."),
    key(
        "environment",
        &[Takes::Mapping(Place::EnvironmentEntity)],
        "An environment, for `filters` by tags and for groups.",
    ),
    key(
        "infrastructureDefinition",
        &[Takes::Mapping(Place::InfrastructureEntity)],
        "An infrastructure of an environment: `deploy-to: all` takes these in the order of their documents.",
    ),
    key(
        "environmentGroup",
        &[Takes::Mapping(Place::GroupEntity)],
        "The environments of a group, in order.",
    ),
    key(
        "template",
        &[Takes::Mapping(Place::TemplateEntity)],
        "What a stage or pipeline template holds.",
    ),
    key(
        "inputSet",
        &[Takes::Mapping(Place::InputSet)],
        "Values for what the pipeline leaves open.",
    ),
    key(
        "inputs",
        ANYTHING,
        "What the pipeline may be given. It has no part in the order by itself.",
    ),
];

pub(super) const PIPELINE: &[Told] = &[
    key("id", TEXT, "By which others refer to the pipeline."),
    key("name", TEXT, "What the pipeline is called. It has no part in the order."),
    key(
        "stages",
        &[Takes::List(Place::V1Stage)],
        "The stages, one after the other: each starts when everything before it has ended. Those of a `parallel` group run side by side.",
    ),
    key("version", TEXT, "`1` for this schema."),
    key("kind", &[Takes::Words(&["pipeline"])], "What the document is."),
    key("spec", &[Takes::Mapping(Place::V1Pipeline)], "The contents of the pipeline."),
    key(
        "inputs",
        ANYTHING,
        "What the pipeline may be given. It has no part in the order by itself.",
    ),
];

pub(super) const STAGE: &[Told] = &[
    key("id", TEXT, "By which others refer to the stage. Each needs its own."),
    key("name", TEXT, "What the stage is called."),
    key(
        "service",
        &[
            Takes::Reference(Refers::Service),
            Takes::Mapping(Place::V1Services),
            Takes::List(Place::V1Service),
        ],
        "Which services: one, a list, or `items` with a flag. Each is deployed to each target, target by target.",
    ),
    key(
        "environment",
        &[Takes::Mapping(Place::V1Environments), Takes::Reference(Refers::Environment)],
        "Where to: one environment, `items`, a group, or what filters choose.",
    ),
    key(
        "parallel",
        &[Takes::Mapping(Place::V1Stages)],
        "Stages that run side by side. What follows waits until the last of them has ended.",
    ),
    key(
        "group",
        &[Takes::Mapping(Place::V1Stages)],
        "Stages that run one after the other, as one entry.",
    ),
    key(
        "strategy",
        &[Takes::Mapping(Place::V1Strategy)],
        "Runs the stage several times. Not beside lists of services or environments.",
    ),
    key(
        "steps",
        ANYTHING,
        "The steps that each deployment goes through. How many there are changes no order.",
    ),
    key(
        "when",
        &[Takes::Mapping(Place::When)],
        "Whether the stage runs, by what happened before it.",
    ),
    key("type", TEXT, "What the stage does, where it deploys nothing."),
    key(
        "multiDeploymentConfig",
        &[Takes::Mapping(Place::Limits)],
        "How many deployments of the stage run at once, and what a failure does to those that wait.",
    ),
];

pub(super) const STAGES: &[Told] =
    &[key("stages", &[Takes::List(Place::V1Stage)], "The stages of the group.")];

pub(super) const SERVICES: &[Told] = &[
    key(
        "items",
        &[Takes::References(Refers::Service), Takes::List(Place::V1Service)],
        "The services, in the order in which they start.",
    ),
    key("parallel", FLAG, PARALLEL),
    key("id", &[Takes::Reference(Refers::Service)], "Which service: its identifier."),
    key(
        "with",
        ANYTHING,
        "Values for what the service leaves open. They have no part in the order.",
    ),
];

pub(super) const SERVICE: &[Told] = &[
    key("id", &[Takes::Reference(Refers::Service)], "Which service: its identifier."),
    key(
        "with",
        ANYTHING,
        "Values for what the service leaves open. They have no part in the order.",
    ),
];

pub(super) const ENVIRONMENTS: &[Told] = &[
    key("id", &[Takes::Reference(Refers::Environment)], "Which environment: its identifier."),
    key(
        "deploy-to",
        INFRASTRUCTURES,
        "Its infrastructures: one, a list, or `all`. They are the targets in order.",
    ),
    key(
        "items",
        &[Takes::List(Place::V1Environment), Takes::References(Refers::Environment)],
        "Several environments. Their infrastructures, one environment after the other, are the targets in order.",
    ),
    key(
        "group",
        &[Takes::Reference(Refers::Group), Takes::Mapping(Place::V1Service)],
        "The environments of a group. A document `environmentGroup:` in the same text tells which.",
    ),
    key(
        "filters",
        &[Takes::List(Place::Filter)],
        "Chooses by tags, as the documents of the entities have them.",
    ),
    key("parallel", FLAG, PARALLEL),
];

pub(super) const ENVIRONMENT: &[Told] = &[
    key("id", &[Takes::Reference(Refers::Environment)], "Which environment: its identifier."),
    key("deploy-to", INFRASTRUCTURES, "Its infrastructures: one, a list, or `all`."),
];

pub(super) const STRATEGY: &[Told] = &[
    key(
        "matrix",
        &[Takes::Mapping(Place::V1Matrix)],
        "Runs the stage for each combination of its axes, as nested loops: the first axis outermost.",
    ),
    key("for", &[Takes::Mapping(Place::V1For), Takes::Count], "Runs the stage a number of times."),
    key(
        "repeat",
        &[Takes::Mapping(Place::Repeat)],
        "Runs the stage for each item of a list, or a number of times.",
    ),
    key("max-parallel", COUNT, "How many of its runs go at once; missing or 0 means all."),
];

pub(super) const MATRIX: &[Told] = &[
    key("exclude", ANYTHING, "Combinations to leave out: a list, each item with values of axes."),
    key("max-parallel", COUNT, "How many of its runs go at once; missing or 0 means all."),
];

pub(super) const FOR: &[Told] = &[
    key("iterations", COUNT, "How many times the stage runs."),
    key("times", COUNT, "The same as `iterations`."),
];

//! Keys of the older model in a `spec`: `serviceConfig` and `infrastructure`.
//!
//! Follows `docs/semantics.md`, "From YAML to an ordered list and a limit" and "Propagation".

use crate::key::{ANYTHING, FLAG, Row, TEXT, VALUES, key};
use crate::{EntityKind, MappingKind, Takes};

pub(super) const SERVICE: &[Row] = &[
    key(
        "serviceRef",
        &[Takes::Reference(EntityKind::Service)],
        "Identifier of the service, in the older model.",
    ),
    key(
        "service",
        &[Takes::Mapping(MappingKind::OlderEntity)],
        "The service itself, in the older model.",
    ),
    key("useFromStage", &[Takes::Mapping(MappingKind::UseFromStage)], TAKES_FROM),
    key(
        "serviceDefinition",
        ANYTHING,
        "The way the service is deployed. It has no part in the order.",
    )
    .no_bearing(),
    key(
        "stageOverrides",
        ANYTHING,
        "Values of the service for this stage. They have no part in the order.",
    )
    .no_bearing(),
];
const TAKES_FROM: &str = "Takes the value from an earlier deployment stage.";

pub(super) const INFRASTRUCTURE: &[Row] = &[
    key(
        "environmentRef",
        &[Takes::Reference(EntityKind::Environment)],
        "Identifier of the environment, in the older model.",
    ),
    key(
        "environment",
        &[Takes::Mapping(MappingKind::OlderEntity)],
        "The environment itself, in the older model.",
    ),
    key(
        "infrastructureDefinition",
        VALUES,
        "The infrastructure itself. It has no identifier, and is shown by its type.",
    ),
    key(
        "allowSimultaneousDeployments",
        FLAG,
        "With `true`, several deployments of one service may run here at a time; else the second waits for the first.",
    ),
    key("useFromStage", &[Takes::Mapping(MappingKind::UseFromStage)], TAKES_FROM),
    key(
        "infrastructureKey",
        TEXT,
        "A name for deployments that share this place. It has no part in the order.",
    )
    .no_bearing(),
];

pub(super) const ENTITY: &[Row] = &[
    key("identifier", TEXT, "Its identifier, by which deployments are told apart."),
    key("name", TEXT, "Its name. It has no part in the order.").no_bearing(),
    key("description", TEXT, "Free text. It has no part in the order.").no_bearing(),
    key("type", TEXT, "Its kind. It has no part in the order.").no_bearing(),
    key("tags", ANYTHING, "Its labels. They have no part in the order.").no_bearing(),
];

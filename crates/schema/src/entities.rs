//! Keys of whole documents, and of what a pipeline refers to.
//!
//! Follows `docs/semantics.md`, "What the YAML alone cannot say".

use crate::key::{ANYTHING, FLAG, ITEMS, Row, TEXT, VALUES, key};
use crate::{EntityKind, MappingKind, Takes};

const NAME: Row = key("name", TEXT, "Its name. It has no part in the order.").no_bearing();
const DESCRIPTION: Row =
    key("description", TEXT, "Free text. It has no part in the order.").no_bearing();
const ORG: Row =
    key("orgIdentifier", TEXT, "The organisation it belongs to. It has no part in the order.")
        .no_bearing();
const PROJECT: Row =
    key("projectIdentifier", TEXT, "The project it belongs to. It has no part in the order.")
        .no_bearing();
const LABELS: Row = key("tags", VALUES, "Its labels. They have no part in the order.").no_bearing();
const TAGS: Row = key("tags", VALUES, "Its labels, by which `filters` choose it.");

pub(super) const SERVICE_DOCUMENT: Row = key(
    "service",
    &[Takes::Mapping(MappingKind::ServiceEntity)],
    "A service, for filters on its tags.",
);
pub(super) const ENVIRONMENT_DOCUMENT: Row = key(
    "environment",
    &[Takes::Mapping(MappingKind::EnvironmentEntity)],
    "An environment, for `filters` by tags and for groups.",
);
pub(super) const GROUP_DOCUMENT: Row = key(
    "environmentGroup",
    &[Takes::Mapping(MappingKind::GroupEntity)],
    "The environments of a group, in order.",
);
pub(super) const TEMPLATE_DOCUMENT: Row = key(
    "template",
    &[Takes::Mapping(MappingKind::TemplateEntity)],
    "A stage or pipeline template, with its contents.",
);
pub(super) const INPUT_SET_DOCUMENT: Row = key(
    "inputSet",
    &[Takes::Mapping(MappingKind::InputSet)],
    "Values for what the pipeline leaves open.",
);

pub(super) const OVERLAY_DOCUMENT: Row = key(
    "overlayInputSet",
    &[Takes::Mapping(MappingKind::Overlay)],
    "Input sets in an order of their own. They are laid over the pipeline in this order.",
);

pub(super) const DOCUMENT: &[Row] = &[
    key(
        "pipeline",
        &[Takes::Mapping(MappingKind::Pipeline)],
        "The pipeline. The first one of a text is drawn.",
    ),
    SERVICE_DOCUMENT,
    ENVIRONMENT_DOCUMENT,
    key(
        "infrastructureDefinition",
        &[Takes::Mapping(MappingKind::InfrastructureEntity)],
        "An infrastructure of an environment: `deployToAll` takes these in the order of their documents.",
    ),
    GROUP_DOCUMENT,
    TEMPLATE_DOCUMENT,
    INPUT_SET_DOCUMENT,
    OVERLAY_DOCUMENT,
    key("version", TEXT, "`1` for the newer, flat schema."),
    key("freeze", ANYTHING, "A deployment freeze. It is not used: it has times of the clock, and a plan begins at any time.")
        .said("unused-document"),
];

pub(super) const SERVICE: &[Row] = &[
    NAME,
    key("identifier", TEXT, "Its identifier, which `serviceRef` names."),
    key("tags", VALUES, "Its labels, which a filter on `<+service.tags>` compares."),
    key("serviceDefinition", ANYTHING, "The way it is deployed. It has no part in the order.")
        .no_bearing(),
    key(
        "gitOpsEnabled",
        FLAG,
        "`true` where it is deployed by GitOps. The stage's own flag decides here.",
    )
    .no_bearing(),
    DESCRIPTION,
    ORG,
    PROJECT,
];

pub(super) const ENVIRONMENT: &[Row] = &[
    NAME,
    key("identifier", TEXT, "Its identifier, which `environmentRef` names."),
    TAGS,
    key(
        "type",
        &[Takes::Words(&["Production", "PreProduction"])],
        "Its purpose. It has no part in the order.",
    )
    .no_bearing(),
    key("variables", ANYTHING, "Values for expressions. They have no part in the order.")
        .no_bearing(),
    key("overrides", ANYTHING, "Values that services take here. They have no part in the order.")
        .no_bearing(),
    DESCRIPTION,
    ORG,
    PROJECT,
];

pub(super) const INFRASTRUCTURE: &[Row] = &[
    NAME,
    key("identifier", TEXT, "Its identifier, which `infrastructureDefinitions` name."),
    key(
        "environmentRef",
        &[Takes::Reference(EntityKind::Environment)],
        "The environment it belongs to.",
    ),
    key(
        "allowSimultaneousDeployments",
        FLAG,
        "With `true`, several deployments of one service may run here at a time; else the second waits for the first.",
    ),
    TAGS,
    key("deploymentType", TEXT, "Type of what is deployed here. It has no part in the order.")
        .no_bearing(),
    key("type", TEXT, "Kind of place. Of Kubernetes, `spec` tells it from others."),
    key(
        "spec",
        VALUES,
        "Details of the place. Two definitions with the same connector, cluster and namespace are one place: deployments there wait for each other.",
    ),
    key("scopedServices", ITEMS, "The services that may come here. It has no part in the order.")
        .no_bearing(),
    DESCRIPTION,
    ORG,
    PROJECT,
];

pub(super) const GROUP: &[Row] = &[
    NAME,
    key("identifier", TEXT, "Its identifier, which `envGroupRef` names."),
    key(
        "envIdentifiers",
        &[Takes::References(EntityKind::Environment)],
        "Its environments, in the order in which they are deployed to.",
    ),
    LABELS,
    key("color", TEXT, "Its colour. It has no part in the order.").no_bearing(),
    DESCRIPTION,
    ORG,
    PROJECT,
];

pub(super) const TEMPLATE: &[Row] = &[
    NAME,
    key("identifier", TEXT, "Its identifier, which `templateRef` names."),
    key("versionLabel", TEXT, "Its version, which `versionLabel` of its use names."),
    key(
        "type",
        &[Takes::Words(&["Stage", "Pipeline", "Step", "StepGroup"])],
        "Kind of the template. Those of stages and pipelines are drawn.",
    ),
    key(
        "spec",
        &[Takes::Mapping(MappingKind::Stage)],
        "Takes the place of its use, with `templateInputs` filled in.",
    ),
    LABELS,
    key("icon", TEXT, "Its picture. It has no part in the order.").no_bearing(),
    DESCRIPTION,
    ORG,
    PROJECT,
];

pub(super) const INPUT_SET: &[Row] = &[
    NAME,
    key(
        "identifier",
        TEXT,
        "Its identifier, which runs name. The last input set of a text is looked at first.",
    ),
    key(
        "pipeline",
        &[Takes::Mapping(MappingKind::Pipeline)],
        "Fills each `<+input>` of the pipeline at the same path; stages are matched by identifier.",
    ),
    LABELS,
    DESCRIPTION,
    ORG,
    PROJECT,
];

pub(super) const OVERLAY: &[Row] = &[
    NAME,
    key("identifier", TEXT, "Its identifier, which runs name.").no_bearing(),
    key(
        "pipelineIdentifier",
        TEXT,
        "The pipeline that it is for. An overlay for another pipeline is not used.",
    ),
    key(
        "inputSetReferences",
        &[Takes::Texts],
        "The input sets in the order in which they are laid over the pipeline: the last one wins.",
    ),
    LABELS,
    DESCRIPTION,
    ORG,
    PROJECT,
];

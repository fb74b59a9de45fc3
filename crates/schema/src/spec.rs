//! Keys of a deployment stage's `spec`.
//!
//! Follows `docs/semantics.md`, "From YAML to an ordered list and a limit", "Propagation" and "What
//! the YAML alone cannot say".

use crate::key::{
    ANYTHING, CONDITION_OF_LOOP, COUNT, FLAG, ON_FAILURE, ON_FAILURE_MEANING, Row, TEXT, VALUES,
    key,
};
use crate::{EntityKind, MappingKind, Takes};

/// Common types of deployments.
const DEPLOYMENT_TYPES: &[&str] = &[
    "Kubernetes",
    "NativeHelm",
    "ECS",
    "Ssh",
    "WinRm",
    "ServerlessAwsLambda",
    "AwsLambda",
    "AzureWebApp",
    "AzureFunction",
    "Asg",
    "TAS",
    "Elastigroup",
    "GoogleCloudFunctions",
    "GoogleCloudRun",
    "AWS_SAM",
    "CustomDeployment",
];

const TAKES_FROM: &str = "Takes the value from an earlier deployment stage. The product refuses a reference beside it; of an environment, infrastructures beside it count.";
const TAKES_VALUES_FROM: &str =
    "Takes the values from an earlier deployment stage. `metadata` is this stage's own.";
const GIT_BRANCH: &str = "The branch it is kept in. It has no part in the order.";
const LIST_FILTERS: &str = "Chooses environments and infrastructures by tags: one filter for each kind is needed. Beside a list they choose infrastructures of each listed environment.";
const FAILURE_STRATEGIES: Row = key(
    "failureStrategies",
    &[Takes::List(MappingKind::FailureRule)],
    "Effect of a failure while this is looked up. Such a failure is not assumed: the rules have no part in what is drawn.",
)
.said("failure-strategy-unused");
const FILTERS: &str = "Chooses by tags, as the documents of the entities have them. A filter on `<+service.tags>` is resolved for each service.";

pub(super) const SPEC: &[Row] = &[
    key(
        "deploymentType",
        &[Takes::Words(DEPLOYMENT_TYPES)],
        "The way things are deployed. Values are taken only from a stage of the same type.",
    ),
    key(
        "service",
        &[Takes::Mapping(MappingKind::Service)],
        "The one service of the stage. With one environment beside it, the stage is one deployment.",
    ),
    key(
        "services",
        &[Takes::Mapping(MappingKind::Services)],
        "Several services. Each is deployed to each target; `metadata.parallel` decides whether side by side.",
    ),
    key(
        "environment",
        &[Takes::Mapping(MappingKind::Environment)],
        "The one environment, with one infrastructure. Of several, the first is taken.",
    ),
    key(
        "environments",
        &[Takes::Mapping(MappingKind::Environments)],
        "Several environments. Their infrastructures, in the order of the text, are the targets; `metadata.parallel` decides whether side by side.",
    ),
    key(
        "environmentGroup",
        &[Takes::Mapping(MappingKind::Group)],
        "The environments of a group. Beside a list of services its targets are always parallel.",
    ),
    key(
        "multiDeploymentConfig",
        &[Takes::Mapping(MappingKind::Limits)],
        "The most deployments of the stage that run at once, and the effect of a failure on those that wait.",
    ),
    key(
        "execution",
        &[Takes::Mapping(MappingKind::Execution)],
        "The steps that each deployment goes through. How many there are changes no order.",
    ),
    key(
        "gitOpsEnabled",
        FLAG,
        "With `true`, only services multiply: environments and clusters are handled inside each deployment.",
    ),
    key(
        "serviceConfig",
        &[Takes::Mapping(MappingKind::OlderService)],
        "The service in the older model: one, so that it multiplies nothing.",
    ),
    key(
        "infrastructure",
        &[Takes::Mapping(MappingKind::OlderInfrastructure)],
        "The environment and its infrastructure in the older model: one, so that it multiplies nothing.",
    ),
    key(
        "customDeploymentRef",
        ANYTHING,
        "The template of a custom deployment. It has no part in the order.",
    )
    .no_bearing(),
    key(
        "deploymentMetadata",
        ANYTHING,
        "Further settings of the deployment type. They have no part in the order.",
    )
    .no_bearing(),
    key(
        "provisioner",
        ANYTHING,
        "Steps that make the infrastructure first. They have no part in the order.",
    )
    .no_bearing(),
];

pub(super) const CUSTOM_SPEC: &[Row] = &[
    key(
        "environment",
        &[Takes::Mapping(MappingKind::Environment)],
        "An environment and its infrastructure: the stage then runs there, without a service.",
    ),
    key(
        "execution",
        &[Takes::Mapping(MappingKind::Execution)],
        "The steps of the stage. How many there are changes no order.",
    ),
];

pub(super) const SERVICES: &[Row] = &[
    key(
        "values",
        &[Takes::List(MappingKind::Service)],
        "The services, in the order in which they start.",
    ),
    key(
        "metadata",
        &[Takes::Mapping(MappingKind::Metadata)],
        "Holds `parallel`: `true` lets the services run side by side. Missing as a whole means parallel; there without `parallel` beside a list of environments, the product rejects it.",
    ),
    key("useFromStage", &[Takes::Mapping(MappingKind::UseFromStage)], TAKES_VALUES_FROM),
    FAILURE_STRATEGIES,
];

pub(super) const SERVICE: &[Row] = &[
    key(
        "serviceRef",
        &[Takes::Reference(EntityKind::Service)],
        "Identifier of the service. It makes one deployment for each target.",
    ),
    key(
        "serviceInputs",
        ANYTHING,
        "Values for what the service leaves open. They have no part in the order.",
    )
    .no_bearing(),
    key("useFromStage", &[Takes::Mapping(MappingKind::UseFromStage)], TAKES_FROM),
    key("gitBranch", TEXT, GIT_BRANCH).no_bearing(),
    FAILURE_STRATEGIES,
];

pub(super) const ENVIRONMENTS: &[Row] = &[
    key(
        "values",
        &[Takes::List(MappingKind::Environment)],
        "The environments. Their infrastructures, one environment after the other, are the targets in order.",
    ),
    key(
        "metadata",
        &[Takes::Mapping(MappingKind::Metadata)],
        "Holds `parallel`: `true` lets the targets run side by side. Missing as a whole means parallel; there without `parallel` beside a list of services means sequential.",
    ),
    key("filters", &[Takes::List(MappingKind::Filter)], LIST_FILTERS),
    FAILURE_STRATEGIES,
];

pub(super) const ENVIRONMENT: &[Row] = &[
    key(
        "environmentRef",
        &[Takes::Reference(EntityKind::Environment)],
        "Identifier of the environment. Its infrastructures are the targets.",
    ),
    key(
        "infrastructureDefinitions",
        &[Takes::List(MappingKind::Infrastructure)],
        "The infrastructures of this environment, in the order in which they are deployed to.",
    ),
    key(
        "deployToAll",
        FLAG,
        "With `true` and `infrastructureDefinitions: <+input>`, all infrastructures of the environment, in the order of their documents. Beside a list it has no effect.",
    ),
    key("filters", &[Takes::List(MappingKind::Filter)], FILTERS),
    key(
        "gitOpsClusters",
        &[Takes::List(MappingKind::Cluster)],
        "Clusters of a GitOps stage. Each deployment handles them itself: they multiply nothing.",
    ),
    key("useFromStage", &[Takes::Mapping(MappingKind::UseFromStage)], TAKES_FROM),
    key(
        "infrastructureDefinition",
        &[Takes::Mapping(MappingKind::Infrastructure)],
        "The one infrastructure. Several stand below `infrastructureDefinitions`.",
    ),
    key(
        "environmentInputs",
        ANYTHING,
        "Values for what the environment leaves open. They have no part in the order.",
    )
    .no_bearing(),
    key("serviceOverrideInputs", ANYTHING, "Values for overrides. They have no part in the order.")
        .no_bearing(),
    key(
        "servicesOverrides",
        ANYTHING,
        "Values for overrides of several services. They have no part in the order.",
    )
    .no_bearing(),
    key(
        "provisioner",
        ANYTHING,
        "Steps that make the infrastructure first. They have no part in the order.",
    )
    .no_bearing(),
    key("gitBranch", TEXT, GIT_BRANCH).no_bearing(),
    FAILURE_STRATEGIES,
];

pub(super) const GROUP: &[Row] = &[
    key(
        "envGroupRef",
        &[Takes::Reference(EntityKind::Group)],
        "Identifier of the group. A document `environmentGroup:` in the same text tells which environments it has.",
    ),
    key(
        "environments",
        &[Takes::List(MappingKind::Environment)],
        "Environments of the group, in order.",
    ),
    key(
        "deployToAll",
        FLAG,
        "With `true`, all environments of the group, in the order of its `envIdentifiers`. Beside a list it has no effect.",
    ),
    key(
        "metadata",
        &[Takes::Mapping(MappingKind::Metadata)],
        "Holds `parallel`: `true` lets the targets run side by side. Beside a list of services they always do.",
    ),
    key("filters", &[Takes::List(MappingKind::Filter)], LIST_FILTERS),
    key(
        "environmentGroupInputs",
        ANYTHING,
        "Values for what the group leaves open. They have no part in the order.",
    )
    .no_bearing(),
    key("gitBranch", TEXT, GIT_BRANCH).no_bearing(),
    FAILURE_STRATEGIES,
];

pub(super) const INFRASTRUCTURE: &[Row] = &[
    key(
        "identifier",
        &[Takes::Reference(EntityKind::Infrastructure)],
        "Identifier of the infrastructure. With its environment it is one target.",
    ),
    key(
        "inputs",
        ANYTHING,
        "Values for what the infrastructure leaves open. They have no part in the order.",
    )
    .no_bearing(),
    key("name", TEXT, "Its name. It has no part in the order.").no_bearing(),
    key("metadata", ANYTHING, "Further values. They have no part in the order.").no_bearing(),
];

pub(super) const CLUSTER: &[Row] = &[
    key(
        "identifier",
        TEXT,
        "Identifier of the cluster. It multiplies nothing: each deployment handles its clusters itself.",
    ),
    key("agentIdentifier", TEXT, "The agent of the cluster. It has no part in the order.")
        .no_bearing(),
];

pub(super) const METADATA: &[Row] = &[key(
    "parallel",
    FLAG,
    "`true` lets the items of this list run side by side. With both lists parallel all run at once; with one, as many as that list has; with none, one at a time.",
)];

pub(super) const LIMITS: &[Row] = &[
    key(
        "maxConcurrency",
        COUNT,
        "The most deployments of the stage that run at once, at least 1. It replaces what follows from the two checkboxes; each time one ends, the next in the list starts.",
    ),
    key("onFailure", ON_FAILURE, ON_FAILURE_MEANING),
    key("when", TEXT, CONDITION_OF_LOOP),
];

pub(super) const USE_FROM_STAGE: &[Row] = &[key(
    "stage",
    &[Takes::Reference(EntityKind::Stage)],
    "The identifier of an earlier deployment stage that has the value itself: none beside this one, and none that takes it from a third.",
)];

pub(super) const FILTER: &[Row] = &[
    key("identifier", TEXT, "Name of the filter. Several for one kind add up.").no_bearing(),
    key(
        "type",
        &[Takes::Words(&["tags", "all"])],
        "`all` keeps everything; `tags` keeps what has the tags of `spec`.",
    ),
    key(
        "entities",
        &[Takes::Texts],
        "Kinds that it chooses: `environments`, `infrastructures` or `gitOpsClusters`.",
    ),
    key(
        "spec",
        &[Takes::Mapping(MappingKind::FilterSpec)],
        "The tags, and whether any or all of them are needed.",
    ),
];

pub(super) const FILTER_SPEC: &[Row] = &[
    key(
        "tags",
        VALUES,
        "The tags that are looked for. `<+service.tags>` means those of the service that is deployed, `<+pipeline.tags>` those of the pipeline.",
    ),
    key(
        "matchType",
        &[Takes::Words(&["any", "all"])],
        "The match: one of the tags is enough, or all are needed.",
    ),
];

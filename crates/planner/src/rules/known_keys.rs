//! Which keys are known where: of the mappings that the planner reads, and no deeper.

use deployline_yaml::{Node, NodeKind};

/// A kind of mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Pipeline,
    Entry,
    Stage,
    Spec,
    Services,
    Service,
    Environments,
    Environment,
    Group,
    Infrastructure,
    Metadata,
    Limits,
    Strategy,
    Repeat,
    When,
    UseFromStage,
    Filter,
}

/// What stands below a key.
#[derive(Clone, Copy)]
pub(super) enum Below {
    One(Place),
    Each(Place),
}

impl Below {
    pub(super) fn place(self) -> Place {
        match self {
            Self::One(place) | Self::Each(place) => place,
        }
    }

    pub(super) fn nodes(self, value: Node<'_>) -> Vec<Node<'_>> {
        match self {
            Self::One(_) => vec![value],
            Self::Each(_) => value.items().collect(),
        }
    }
}

impl Place {
    /// The keys that a mapping of this kind may have.
    pub(super) fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Pipeline => &[
                "name",
                "identifier",
                "description",
                "projectIdentifier",
                "orgIdentifier",
                "tags",
                "stages",
                "variables",
                "properties",
                "flowControl",
                "notificationRules",
                "template",
                "timeout",
                "delegateSelectors",
                "allowStageExecutions",
                "storeType",
                "fixedInputsOnRerun",
            ],
            Self::Entry => &["stage", "parallel", "group"],
            Self::Stage => &[
                "name",
                "identifier",
                "description",
                "type",
                "spec",
                "tags",
                "when",
                "strategy",
                "failureStrategies",
                "template",
                "variables",
                "delegateSelectors",
                "timeout",
                "skipInstances",
                "skipCondition",
            ],
            Self::Spec => &[
                "deploymentType",
                "service",
                "services",
                "serviceConfig",
                "environment",
                "environments",
                "environmentGroup",
                "infrastructure",
                "execution",
                "gitOpsEnabled",
                "multiDeploymentConfig",
                "customDeploymentRef",
                "deploymentMetadata",
                "infrastructureDefinitions",
                "provisioner",
            ],
            Self::Services => &["values", "metadata", "useFromStage"],
            Self::Service => &["serviceRef", "serviceInputs", "useFromStage", "gitBranch"],
            Self::Environments => &["values", "metadata", "filters", "useFromStage"],
            Self::Environment => &[
                "environmentRef",
                "deployToAll",
                "infrastructureDefinitions",
                "infrastructureDefinition",
                "gitOpsClusters",
                "environmentInputs",
                "serviceOverrideInputs",
                "servicesOverrides",
                "provisioner",
                "filters",
                "useFromStage",
                "gitBranch",
            ],
            Self::Group => &[
                "envGroupRef",
                "metadata",
                "deployToAll",
                "environments",
                "filters",
                "environmentGroupInputs",
                "gitBranch",
            ],
            Self::Infrastructure => &["identifier", "inputs", "name", "metadata"],
            Self::Metadata => &["parallel"],
            Self::Limits => &["maxConcurrency", "onFailure"],
            Self::Strategy => &["matrix", "repeat", "parallelism", "maxConcurrency", "onFailure"],
            Self::Repeat => &[
                "times",
                "items",
                "start",
                "end",
                "unit",
                "partitionSize",
                "maxConcurrency",
                "nodeName",
            ],
            Self::When => &["pipelineStatus", "condition", "stageStatus"],
            Self::UseFromStage => &["stage"],
            Self::Filter => &["identifier", "type", "entities", "spec"],
        }
    }

    /// What stands below `key` of the mapping `node`, if the planner reads it.
    pub(super) fn below(self, key: &str, node: Node<'_>) -> Option<Below> {
        use Below::{Each, One};
        Some(match (self, key) {
            (Self::Pipeline, "stages") | (Self::Entry, "parallel") => Each(Self::Entry),
            (Self::Entry, "stage") => One(Self::Stage),
            (Self::Stage, "spec") if is_deployment(node) => One(Self::Spec),
            (Self::Stage, "strategy") => One(Self::Strategy),
            (Self::Stage, "when") => One(Self::When),
            (Self::Strategy, "repeat") => One(Self::Repeat),
            (Self::Spec, "services") => One(Self::Services),
            (Self::Spec, "service") => One(Self::Service),
            (Self::Spec, "environments") => One(Self::Environments),
            (Self::Spec, "environment") => One(Self::Environment),
            (Self::Spec, "environmentGroup") => One(Self::Group),
            (Self::Spec, "multiDeploymentConfig") => One(Self::Limits),
            (Self::Services, "values") => Each(Self::Service),
            (Self::Environments, "values") | (Self::Group, "environments") => {
                Each(Self::Environment)
            }
            (Self::Environment, "infrastructureDefinitions") => Each(Self::Infrastructure),
            (Self::Environment | Self::Environments | Self::Group, "filters") => Each(Self::Filter),
            (Self::Services | Self::Environments | Self::Group, "metadata") => One(Self::Metadata),
            (_, "useFromStage") => One(Self::UseFromStage),
            _ => return None,
        })
    }
}

fn is_deployment(stage: Node<'_>) -> bool {
    stage.get("type").and_then(Node::as_str).is_none_or(|kind| kind == "Deployment")
}

/// Where to begin in a document of the older schema; nowhere in others.
pub(super) fn roots(root: Node<'_>) -> Vec<(Node<'_>, Place)> {
    if root.get("version").is_some() || crate::resolve::is_entity(root) {
        return Vec::new();
    }
    if let Some(pipeline) = root.get("pipeline") {
        return vec![(pipeline, Place::Pipeline)];
    }
    if root.kind() == NodeKind::Sequence {
        return root.items().map(|item| (item, Place::Entry)).collect();
    }
    let place = [("stages", Place::Pipeline), ("stage", Place::Entry), ("spec", Place::Stage)]
        .into_iter()
        .find(|(key, _)| root.get(key).is_some());
    vec![(root, place.map_or(Place::Spec, |(_, place)| place))]
}

/// The lists of stages in a document, of either schema.
pub(super) fn stage_lists(root: Node<'_>) -> Vec<Node<'_>> {
    if root.kind() == NodeKind::Sequence {
        return vec![root];
    }
    let pipeline = root.get("pipeline").unwrap_or(root);
    let list = pipeline.get("stages").or_else(|| pipeline.at(&["spec", "stages"]));
    list.filter(|_| !crate::resolve::is_entity(root)).into_iter().collect()
}

//! Keys of a pipeline and its stages.
//!
//! Follows `docs/semantics.md`, "Terms" and "From the list to a timeline".

use crate::key::{ANYTHING, ITEMS, Row, TEXT, VALUES, key};
use crate::{EntityKind, MappingKind, Takes};

/// The types of stages that are common.
pub const STAGE_TYPES: &[&str] =
    &["Deployment", "Approval", "Custom", "CI", "Pipeline", "FeatureFlag", "SecurityTests", "IACM"];

pub(super) const PIPELINE: &[Row] = &[
    key("name", TEXT, "Name of the pipeline, and the value of `<+pipeline.name>`."),
    key(
        "identifier",
        TEXT,
        "Identifier of the pipeline: an input set fills the pipeline that has its identifier.",
    ),
    key(
        "stages",
        &[Takes::List(MappingKind::Entry)],
        "The stages, one after the other: each starts when everything before it has ended. Those of one `parallel:` entry run side by side.",
    ),
    key(
        "template",
        &[Takes::Mapping(MappingKind::TemplateUse)],
        "Takes the whole pipeline from a template. A document `template:` in the same text tells what it holds.",
    ),
    key("description", TEXT, "Free text. It has no part in the order.").no_bearing(),
    key(
        "projectIdentifier",
        TEXT,
        "The project it belongs to: the value of `<+project.identifier>`.",
    ),
    key("orgIdentifier", TEXT, "The organisation it belongs to: the value of `<+org.identifier>`."),
    key(
        "tags",
        VALUES,
        "Labels of the pipeline: values of `<+pipeline.tags.NAME>`, and for filters on `<+pipeline.tags>`.",
    ),
    key(
        "variables",
        ITEMS,
        "Values for expressions: `<+pipeline.variables.NAME>`, of a stage `<+stage.variables.NAME>`.",
    ),
    key(
        "properties",
        ANYTHING,
        "Settings of the pipeline, such as its codebase. They have no part in the order.",
    )
    .no_bearing(),
    key(
        "flowControl",
        &[Takes::Mapping(MappingKind::FlowControl)],
        "Barriers, at which steps of several stages wait for each other.",
    ),
    key("notificationRules", ANYTHING, "Who is told what. It has no part in the order.")
        .no_bearing(),
    key(
        "timeout",
        TEXT,
        "Duration after which the run is given up. A warning says where it is drawn longer.",
    ),
    key(
        "delegateSelectors",
        ANYTHING,
        "Delegates that may do the work. They have no part in the order.",
    )
    .no_bearing(),
    key(
        "allowStageExecutions",
        &[Takes::Flag],
        "`true` where single stages may be run alone. It has no part in the order of a whole run.",
    )
    .no_bearing(),
    key("storeType", TEXT, "Place where the pipeline is kept. It has no part in the order.")
        .no_bearing(),
    key(
        "fixedInputsOnRerun",
        &[Takes::Flag],
        "`true` where a run that is repeated keeps its inputs. It has no part in the order.",
    )
    .no_bearing(),
];

pub(super) const ENTRY: &[Row] = &[
    key(
        "stage",
        &[Takes::Mapping(MappingKind::Stage)],
        "One stage. It starts when everything before it has ended, and what follows waits for it.",
    ),
    key(
        "parallel",
        &[Takes::List(MappingKind::Entry)],
        "Stages that run side by side. What follows waits until the last of them has ended.",
    ),
    key("group", ANYTHING, "Stages that belong together, in the newer schema. Here, a placeholder stands for them.").said("unknown-stage-entry"),
    key(
        "insert",
        ANYTHING,
        "A place of a template for stages of the pipeline. It is not read: a placeholder stands for them.",
    )
    .said("unknown-stage-entry"),
];

pub(super) const STAGE: &[Row] = &[
    key("name", TEXT, "Name of the stage."),
    key(
        "identifier",
        TEXT,
        "Identifier of the stage, which `useFromStage` of others names. Each stage needs its own.",
    ),
    key(
        "type",
        &[Takes::Words(STAGE_TYPES)],
        "Type of the stage. A `Deployment` multiplies its services by its targets; any other type is one bar.",
    ),
    key(
        "spec",
        &[Takes::Mapping(MappingKind::Spec)],
        "Services and targets of the stage, and its steps.",
    ),
    key(
        "when",
        &[Takes::Mapping(MappingKind::When)],
        "Conditions on which the stage runs: the outcome of what ran before, and an expression.",
    )
    .of_one_stage(),
    key(
        "strategy",
        &[Takes::Mapping(MappingKind::Strategy)],
        "Runs the stage several times: for each combination of a matrix, for each item, or a number of times. Not beside lists of services or environments.",
    )
    .of_one_stage(),
    key(
        "template",
        &[Takes::Mapping(MappingKind::TemplateUse)],
        "Takes the stage from a template. A document `template:` in the same text tells what it does.",
    ),
    key(
        "failureStrategies",
        &[Takes::List(MappingKind::FailureRule)],
        "Effect of a failure: rules for errors, each with an action. A Deployment stage needs one for `AllErrors`. What fails is assumed in the timeline.",
    )
    .of_one_stage(),
    key("description", TEXT, "Free text. It has no part in the order.").no_bearing(),
    key("tags", VALUES, "Labels of the stage: values of `<+stage.tags.NAME>`."),
    key(
        "variables",
        ITEMS,
        "Values for expressions: `<+pipeline.variables.NAME>`, of a stage `<+stage.variables.NAME>`.",
    ),
    key(
        "delegateSelectors",
        ANYTHING,
        "Delegates that may do the work. They have no part in the order.",
    )
    .no_bearing(),
    key(
        "timeout",
        TEXT,
        "Duration after which a run of the stage is given up. A warning says where it is drawn longer.",
    )
    .of_one_stage(),
    key(
        "skipInstances",
        ANYTHING,
        "`true` leaves out instances that have the version already. It has no part in the order.",
    )
    .no_bearing(),
    key(
        "skipCondition",
        TEXT,
        "An older way to leave the stage out. It is not computed: the stage is drawn as if it ran.",
    )
    .said("unused-key")
    .of_one_stage(),
    key(
        "runMode",
        &[Takes::Mapping(MappingKind::RunMode)],
        "Whether the stage starts by itself, or when a person starts it.",
    )
    .of_one_stage(),
    key(
        "dependsOn",
        &[Takes::References(EntityKind::Stage), Takes::Text],
        "Identifiers of the stages that must have ended before this one starts, in a pipeline that runs as a DAG; `[]` starts it at once.",
    )
    .of_one_stage(),
];

pub(super) const RUN_MODE: &[Row] = &[
    key(
        "type",
        &[Takes::Words(&["Auto", "Manual"])],
        "`Manual` waits for a person to start the stage. How long is assumed.",
    ),
    key("timeout", TEXT, "Longest wait for that person: then the stage fails."),
];

pub(super) const FLOW_CONTROL: &[Row] = &[key(
    "barriers",
    &[Takes::List(MappingKind::Barrier)],
    "The barriers, which `barrierRef` of steps name.",
)];

pub(super) const BARRIER: &[Row] = &[
    key("identifier", TEXT, "Its identifier, which `barrierRef` names.").no_bearing(),
    key("name", TEXT, "Its name. It has no part in the order.").no_bearing(),
];

pub(super) const WHEN: &[Row] = &[
    key(
        "pipelineStatus",
        &[Takes::Words(&["Success", "Failure", "All"])],
        "Outcome after which the stage runs: `Success`, the default, when nothing has failed; `Failure` when something has; `All` either way.",
    ),
    key(
        "condition",
        TEXT,
        "An expression that must be true as well, asked for each run of the stage. What the text does not settle is drawn as true, and marked.",
    ),
];

pub(super) const TEMPLATE_USE: &[Row] = &[
    key(
        "templateRef",
        &[Takes::Reference(EntityKind::Template)],
        "Identifier of the template. A document `template:` with this `identifier` in the same text tells what it holds; until then a placeholder stands for it.",
    ),
    key("versionLabel", TEXT, "Version of the template; missing means the stable one."),
    key(
        "templateInputs",
        VALUES,
        "Values for what the template leaves open: each fills the `<+input>` at the same path.",
    ),
    key("gitBranch", TEXT, "The branch the template is kept in. It has no part in the order.")
        .no_bearing(),
];

//! Keys of steps: each is named by what it does, as in `run: …`.

use super::shared::{ON_FAILURE, TIMEOUT, WITH, none};
use crate::key::{ANYTHING, Row, TEXT, VALUES, key};
use crate::{MappingKind, Takes};

/// Keys that say what a step is; the last two hold others.
pub(in super::super) const KINDS: &[&str] = &[
    "run",
    "run-test",
    "background",
    "clone",
    "wait",
    "barrier",
    "queue",
    "policy",
    "change-advisor",
    "approval",
    "template",
    "action",
    "deploy",
    "build",
    "test",
    "chaos",
    "idp",
    "iacm",
    "sto",
    "parallel",
    "group",
];

/// Keys that say what a step does.
pub const V1_STEPS: &[&str] = KINDS.split_at(KINDS.len() - 2).0;

/// Those that wait, for a time, for people or for others: their length is no part of the work.
pub const V1_WAITING_STEPS: &[&str] = &["wait", "barrier", "queue", "approval"];

const INSIDE: &str =
    "It changes what happens inside a deployment, whose length is assumed as a whole.";
const STEPS: &[Takes] = &[Takes::List(MappingKind::V1Step)];
const ID: Row = key("id", TEXT, "Its identifier, for the note beside the bar.");
const NAME: Row = key("name", TEXT, "Its name, for the note beside the bar.");
const STRATEGY: Row = key(
    "strategy",
    &[Takes::Mapping(MappingKind::V1Strategy)],
    "Runs it several times inside the deployment. The note beside the bar names it.",
);

/// A step by what it does.
const fn does(name: &'static str, doc: &'static str) -> Row {
    key(name, ANYTHING, doc)
}

const fn uses(name: &'static str) -> Row {
    key(
        name,
        &[Takes::Mapping(MappingKind::V1Uses)],
        "Takes the step from a template of this kind. It counts as one step.",
    )
}

pub(in super::super) const STEP: &[Row] = &[
    does("run", "Runs a script."),
    does("run-test", "Runs the tests of the code."),
    does("background", "Runs something beside the other steps."),
    does("clone", "Fetches code."),
    key("wait", &[Takes::Mapping(MappingKind::V1Wait)], "Waits for a time."),
    key("barrier", &[Takes::Mapping(MappingKind::V1Barrier)], "Waits for others at a barrier."),
    key("queue", &[Takes::Mapping(MappingKind::V1Queue)], "Waits in a queue."),
    does("policy", "Asks policies."),
    does("change-advisor", "Asks about a change."),
    key(
        "approval",
        &[Takes::Mapping(MappingKind::V1Uses)],
        "Waits for a person or a system. How long is assumed.",
    ),
    uses("template"),
    uses("action"),
    uses("deploy"),
    uses("build"),
    uses("test"),
    uses("chaos"),
    uses("idp"),
    uses("iacm"),
    uses("sto"),
    key(
        "parallel",
        &[Takes::Mapping(MappingKind::V1StepsSideBySide)],
        "Steps that run side by side.",
    ),
    key("group", &[Takes::Mapping(MappingKind::V1StepGroup)], "Steps that belong together."),
    ID,
    NAME,
    TIMEOUT,
    ON_FAILURE,
    STRATEGY,
    key(
        "if",
        TEXT,
        "Where it is `false`, it has no part in the bar. Expressions are not computed.",
    ),
    none("needs", INSIDE),
    none("env", "Values for the step. They have no part in the order."),
    none("with", "Values for the step. They have no part in the order."),
    none("delegate", "Delegates that may do the work. They have no part in the order."),
    none("enforce", "Policies. They have no part in the order."),
];

pub(in super::super) const STEPS_SIDE_BY_SIDE: &[Row] =
    &[key("steps", STEPS, "The steps that run side by side.")];

pub(in super::super) const STEP_GROUP: &[Row] = &[
    ID,
    NAME,
    key("steps", STEPS, "The steps of the group, one after the other."),
    ON_FAILURE,
    STRATEGY,
    key(
        "if",
        TEXT,
        "Where it is `false`, it has no part in the bar. Expressions are not computed.",
    ),
    none("timeout", INSIDE),
    none("env", "Values for its steps. They have no part in the order."),
];

pub(in super::super) const USES: &[Row] = &[
    key("uses", TEXT, "Identifier of what it uses, maybe with a version: `ID@VERSION`."),
    WITH,
    none("gitBranch", "The branch it is kept in. It has no part in the order."),
];

pub(in super::super) const CHAIN: &[Row] = &[
    key("uses", TEXT, "Identifier of the pipeline."),
    key(
        "with",
        &[Takes::Mapping(MappingKind::V1ChainWith)],
        "Values for that pipeline, and the input sets it is given.",
    ),
    none("gitBranch", "The branch it is kept in. It has no part in the order."),
];

pub(in super::super) const CHAIN_WITH: &[Row] = &[
    key("inputs", VALUES, "Values for the inputs of that pipeline, by name."),
    key(
        "input-sets",
        &[Takes::Texts],
        "Names of input sets of that pipeline, the last one counting most.",
    ),
    none("outputs", "Values that later stages take. They have no part in the order."),
];

pub(in super::super) const WAIT: &[Row] =
    &[key("duration", TEXT, "Length of the wait, a part of the bar.")];

pub(in super::super) const BARRIER: &[Row] = &[key(
    "name",
    TEXT,
    "The barrier at which the step waits until all steps that name it have been reached.",
)];

pub(in super::super) const QUEUE: &[Row] = &[
    key("key", TEXT, "Name of the queue: one stage at a time goes on with it."),
    key(
        "scope",
        &[Takes::Words(&["Pipeline", "Stage"])],
        "How long the key is held: until the stage ends, or the pipeline.",
    ),
];

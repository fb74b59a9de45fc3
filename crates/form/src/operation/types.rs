//! Parts of an operation.

use crate::Address;

/// A kind of stage that can be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageKind {
    /// Deploys services to environments.
    Deployment,
    /// Asks someone.
    Approval,
    /// Runs steps.
    Custom,
}

/// Position of a stage. Addresses are those before the operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StagePosition {
    /// Before what is at this address. The last index may be one past the end of its list.
    Before(Address),
    /// In parallel with the stage or group at this address, as the last of them.
    Beside(Address),
}

/// A change of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListChange {
    /// A new item, so that it has this index.
    Add {
        /// Its index afterwards.
        at: usize,
        /// Reference of the item.
        name: String,
    },
    /// An item goes. Refused for the last one.
    Remove {
        /// Index of the item.
        at: usize,
    },
    /// An item moves.
    Move {
        /// Its index.
        from: usize,
        /// Its index afterwards.
        to: usize,
    },
    /// An item refers to something else; its inputs stay.
    Rename {
        /// Index of the item.
        at: usize,
        /// Reference of the item.
        name: String,
    },
    /// An item is replaced with all it holds: inputs belonged to what it was.
    Replace {
        /// Index of the item.
        at: usize,
        /// Reference of the item.
        name: String,
    },
}

/// Ways to write the environments of a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnvironmentsKind {
    /// `environment`.
    One,
    /// `environments`.
    Many,
    /// `environmentGroup`; its reference stays open until it is set.
    Group,
}

/// A change of the axes of a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AxisChange {
    /// A new axis, the innermost.
    Add {
        /// Its name.
        name: String,
        /// Its values, at least one.
        values: Vec<String>,
    },
    /// An axis goes, and its cells in `exclude`. Refused for the last one.
    Remove {
        /// Its name.
        name: String,
    },
    /// An axis is called something else, in `exclude` too. Refused where the stage uses
    /// `<+matrix.name>`.
    Rename {
        /// Its name.
        name: String,
        /// Its name afterwards.
        to: String,
    },
}

/// A change of the rows of `exclude`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExcludeChange {
    /// A new row, the last.
    Add {
        /// Axis and value; at least one.
        cells: Vec<(String, String)>,
    },
    /// A row goes.
    Remove {
        /// Index of the row.
        row: usize,
    },
    /// A cell is set, or cleared where `value` is `None`: the row then holds for every value of the
    /// axis.
    Set {
        /// Index of the row.
        row: usize,
        /// Name of the axis.
        axis: String,
        /// The new value.
        value: Option<String>,
    },
}

/// The stages that each stage of a DAG waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dependencies {
    /// Those of the step before it: all starts when it did.
    Order,
    /// Those that its text refers to, by expressions or `useFromStage`, and the last that asks a person. A stage that
    /// asks a person, looks at the outcome of all, or says elsewhere what it does, waits for all before it.
    References,
}

/// A single value of a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldName {
    /// `name`; the identifier stays. Can't be cleared.
    Name,
    /// `useFromStage.stage` of the services: setting it takes the place of what is there.
    ServicesFromStage,
    /// `useFromStage.stage` of the environments: setting it takes the place of what is there.
    EnvironmentsFromStage,
    /// `environmentGroup.envGroupRef`.
    Group,
    /// `environmentGroup.deployToAll`.
    GroupDeployToAll,
    /// `multiDeploymentConfig.maxConcurrency`.
    MaxConcurrency,
    /// `multiDeploymentConfig.onFailure`.
    OnFailure,
    /// `when.pipelineStatus`.
    PipelineStatus,
    /// `when.condition`.
    Condition,
    /// `maxConcurrency` of the strategy.
    StrategyMaxConcurrency,
    /// `onFailure` of the strategy.
    StrategyOnFailure,
    /// `nodeName` of the matrix.
    NodeName,
    /// `times` of `repeat`.
    Times,
    /// `start` of `repeat`.
    Start,
    /// `end` of `repeat`.
    End,
    /// `unit` of `repeat`.
    Unit,
    /// `partitionSize` of `repeat`.
    PartitionSize,
    /// `parallelism`.
    Parallelism,
}

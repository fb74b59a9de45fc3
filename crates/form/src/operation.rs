//! Operations of the form, as edits of the text.
//!
//! The steps, in order:
//! 1. an [`Operation`] becomes changes of the tree, by path (`change_list`), with the file of its part;
//! 2. these become edits of the text, and are proved: the edited text is read again, and must say
//!    the intended change and nothing else ([`deployline_yaml::edit::change`]).
//!
//! An operation that can't be done safely is refused with a reason and the place that stands in the way.

mod change_list;
mod context;
mod dependencies;
mod environments;
mod fields;
mod list_change;
mod new_stage;
mod one_item;
mod order;
mod services;
mod stages;
mod strategy;
mod taken_names;
mod types;

use deployline_yaml::TextEdit;
use deployline_yaml::edit::{Refusal, change};

use crate::stage_source;
use crate::{Address, StrategyKind, form_of};
use change_list::ChangeList;
use context::Context;

pub use types::{
    AxisChange, Dependencies, EnvironmentsKind, ExcludeChange, FieldName, ListChange, StageKind,
    StagePosition,
};

/// One change that a person makes, one step to undo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// A new stage with an identifier of its own. In a DAG it depends on the one before it, or runs beside another one by
    /// the same dependencies; where stages of the newer schema have `needs`, it has it as well.
    AddStage {
        /// Kind of the stage.
        kind: StageKind,
        /// Position of the stage.
        to: StagePosition,
    },
    /// The same stage once more, right behind it (beside it in a parallel group), with an identifier
    /// and name of its own.
    DuplicateStage {
        /// The stage.
        stage: Address,
    },
    /// The stage or group goes. A group left with one stage becomes a plain stage, an empty one goes.
    /// Refused where another stage takes something from it by `useFromStage`, or waits for it by `dependsOn` or `needs`.
    RemoveStage {
        /// The stage.
        stage: Address,
    },
    /// The stage or group moves. In a DAG, in parallel with another stage means with the same dependencies.
    MoveStage {
        /// The stage.
        stage: Address,
        /// Position of the stage.
        to: StagePosition,
    },
    /// The services change.
    Services {
        /// The stage.
        stage: Address,
        /// The change.
        change: ListChange,
    },
    /// The environments change, of `environments` or of a group's list.
    Environments {
        /// The stage.
        stage: Address,
        /// The change. A new environment comes with `deployToAll: true` and `<+input>`, until it is given infrastructures.
        change: ListChange,
    },
    /// The infrastructures of an environment change. `deployToAll` ends with the first one added.
    Infrastructures {
        /// The stage.
        stage: Address,
        /// Index of the environment; 0 where there is one.
        environment: usize,
        /// The change.
        change: ListChange,
    },
    /// `deployToAll` of an environment. Switched on, `<+input>` takes the place of the list beside it.
    DeployToAll {
        /// The stage.
        stage: Address,
        /// Index of the environment; 0 where there is one.
        environment: usize,
        /// On or off.
        on: bool,
    },
    /// `service` or `services`. From many to one, all but one item go: refused where nobody says
    /// which one to keep.
    SwitchServices {
        /// The stage.
        stage: Address,
        /// True for a list.
        many: bool,
        /// Index of the item to keep of several.
        keep: Option<usize>,
    },
    /// `environment`, `environments` or `environmentGroup`.
    SwitchEnvironments {
        /// The stage.
        stage: Address,
        /// The kind to switch to.
        to: EnvironmentsKind,
        /// Index of the item to keep of several, when switching to one.
        keep: Option<usize>,
    },
    /// One value is set, or cleared where `value` is `None`.
    Set {
        /// The stage.
        stage: Address,
        /// Name of the field.
        field: FieldName,
        /// The new value.
        value: Option<String>,
    },
    /// Another strategy, or none; the settings of the old one are removed.
    SetStrategy {
        /// The stage.
        stage: Address,
        /// Kind of the strategy. [`StrategyKind::Unknown`] is refused.
        kind: StrategyKind,
    },
    /// The axes of the matrix change.
    Axes {
        /// The stage.
        stage: Address,
        /// The change.
        change: AxisChange,
    },
    /// The values of an axis change.
    AxisValues {
        /// The stage.
        stage: Address,
        /// Name of the axis.
        axis: String,
        /// The change.
        change: ListChange,
    },
    /// The combinations that the matrix leaves out change.
    Exclude {
        /// The stage.
        stage: Address,
        /// The change.
        change: ExcludeChange,
    },
    /// The items of `repeat` change.
    RepeatItems {
        /// The stage.
        stage: Address,
        /// The change.
        change: ListChange,
    },
    /// Each stage gets `dependsOn`, and parallel groups are taken apart. Refused where a stage has the key.
    WriteAsDag {
        /// The stages that each one waits for.
        dependencies: Dependencies,
    },
    /// Stages with `dependsOn` become a list with parallel groups: in each step those whose dependencies stand
    /// before it.
    WriteAsList {
        /// Allows that a stage waits for more than it names; else an order that no list has is refused.
        adds_waits: bool,
    },
}

/// The edits that do `operation` in `text`, to be applied together. None where all is as it should
/// be already.
///
/// # Errors
/// Refuses, with the reason and the place, what can't be done safely or makes no sense.
pub fn edit(text: &str, operation: &Operation) -> Result<Vec<TextEdit>, Refusal> {
    let parsed = deployline_yaml::parse(text);
    let Some(source) = stage_source::find(&parsed.documents) else {
        let span = deployline_span::Span::default();
        return Err(Refusal { reason: "There is no pipeline in this text.", span });
    };
    let form = form_of(&source);
    let mut changes = ChangeList::default();
    let context = Context { text, source: &source, form: &form };
    collect(&context, operation, &mut changes)?;
    change(text, &parsed, source.document_idx, &changes.list)
}

/// Adds the changes of an operation.
fn collect(
    cx: &Context<'_>,
    operation: &Operation,
    changes: &mut ChangeList,
) -> Result<(), Refusal> {
    match operation {
        Operation::AddStage { kind, to } => stages::add(cx, *kind, to, changes),
        Operation::DuplicateStage { stage } => stages::duplicate(cx, stage, changes),
        Operation::RemoveStage { stage } => stages::remove(cx, stage, changes),
        Operation::MoveStage { stage, to } => stages::relocate(cx, stage, to, changes),
        Operation::Services { stage, change } => services::change(cx, stage, change, changes),
        Operation::Environments { stage, change } => {
            environments::change(cx, stage, change, changes)
        }
        Operation::Infrastructures { stage, environment, change } => {
            environments::infrastructures::change(cx, stage, *environment, change, changes)
        }
        Operation::DeployToAll { stage, environment, on } => {
            environments::infrastructures::deploy_to_all(cx, stage, *environment, *on, changes)
        }
        Operation::SwitchServices { stage, many, keep } => {
            services::switch(cx, stage, *many, *keep, changes)
        }
        Operation::SwitchEnvironments { stage, to, keep } => {
            environments::switch(cx, stage, *to, *keep, changes)
        }
        Operation::Set { stage, field, value } => {
            fields::set(cx, stage, *field, value.as_deref(), changes)
        }
        Operation::SetStrategy { stage, kind } => strategy::set(cx, stage, *kind, changes),
        Operation::Axes { stage, change } => strategy::axes(cx, stage, change, changes),
        Operation::AxisValues { stage, axis, change } => {
            strategy::axis_values(cx, stage, axis, change, changes)
        }
        Operation::Exclude { stage, change } => strategy::exclude(cx, stage, change, changes),
        Operation::RepeatItems { stage, change } => {
            strategy::repeat_items(cx, stage, change, changes)
        }
        Operation::WriteAsDag { dependencies } => order::to_dag(cx, *dependencies, changes),
        Operation::WriteAsList { adds_waits } => order::to_list(cx, *adds_waits, changes),
    }
}

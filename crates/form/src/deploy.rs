//! Services, environments and infrastructures of a deployment stage.

use deployline_span::Span;

use super::{Field, Item, Lock};

/// Ways to write the services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServicesMode {
    /// Not at all.
    Missing,
    /// `service`: exactly one.
    One,
    /// `services`: a list.
    Many,
    /// Taken from an earlier stage by `useFromStage`.
    FromStage,
    /// `serviceConfig` of the older model.
    Older,
}

/// Services of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Services {
    /// Way in which they are written.
    pub mode: ServicesMode,
    /// The services; one of [`ServicesMode::One`].
    pub items: Vec<Item>,
    /// `useFromStage.stage`, for [`ServicesMode::FromStage`].
    pub from_stage: Field,
    /// The bytes of the value that holds them, or of what would.
    pub span: Span,
    /// Lock of adding, moving and removing, and of the mode.
    pub lock: Option<Lock>,
}

/// Ways to write the environments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnvironmentsMode {
    /// Not at all.
    Missing,
    /// `environment`: exactly one.
    One,
    /// `environments`: a list.
    Many,
    /// `environmentGroup`, by reference and maybe with a list.
    Group,
    /// Taken from an earlier stage by `useFromStage`.
    FromStage,
    /// `infrastructure` of the older model.
    Older,
}

/// Environments of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environments {
    /// Way in which they are written.
    pub mode: EnvironmentsMode,
    /// The environments; one of [`EnvironmentsMode::One`]; of a group those it lists.
    pub items: Vec<EnvironmentForm>,
    /// `envGroupRef`, for [`EnvironmentsMode::Group`].
    pub group: Field,
    /// `deployToAll` of the group.
    pub group_deploys_to_all: Field,
    /// `useFromStage.stage`, for [`EnvironmentsMode::FromStage`].
    pub from_stage: Field,
    /// The bytes of the value that holds them, or of what would.
    pub span: Span,
    /// Lock of adding, moving and removing, and of the mode.
    pub lock: Option<Lock>,
}

/// One environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvironmentForm {
    /// Reference, place, and why it can't be moved or removed.
    pub item: Item,
    /// `deployToAll`.
    pub deploys_to_all: Field,
    /// Its infrastructures.
    pub infrastructures: Vec<Item>,
    /// Lock of adding, moving and removing infrastructures.
    pub infrastructures_lock: Option<Lock>,
}

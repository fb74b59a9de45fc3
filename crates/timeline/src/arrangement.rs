//! How a viewer wants the deployments arranged.

use deployline_map::Set;

/// What is in which row, in which colour, and what is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// What a row is.
    pub rows: Rows,
    /// What colour says.
    pub color_by: ColorBy,
    /// Groups whose bars share the one line of their header.
    pub collapsed: Set<GroupId>,
    /// Text that a service, environment, infrastructure or stage has in its name, upper or lower
    /// case; empty for all of them.
    pub filter: String,
}

/// What a row is, within its stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rows {
    /// A deployment, in the order of the list.
    #[default]
    Order,
    /// A slot, with all deployments that run in it.
    Lanes,
    /// A deployment, by service.
    Services,
    /// A deployment, by environment and infrastructure.
    Targets,
}

/// What colour says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorBy {
    /// The service.
    #[default]
    Service,
    /// The environment.
    Environment,
    /// How it ended.
    Status,
}

/// A group of rows by what it is called, so that it stays the same over edits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupId {
    /// A stage, by its identifier.
    Stage(String),
    /// A service in a stage.
    Service {
        /// The stage's identifier.
        stage: String,
        /// The service.
        service: String,
    },
    /// An environment in a stage.
    Environment {
        /// The stage's identifier.
        stage: String,
        /// The environment.
        environment: String,
    },
    /// An infrastructure of an environment in a stage.
    Infrastructure {
        /// The stage's identifier.
        stage: String,
        /// The environment.
        environment: String,
        /// The infrastructure.
        infrastructure: String,
    },
}

//! Arrangements of deployments: rows, colours, folded groups and a filter.

use deployline_map::Set;

/// Rows and colours of deployments, and which of them are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// Content of a row.
    pub rows: Rows,
    /// Meaning of colours.
    pub color_by: ColorBy,
    /// Groups whose bars share the one line of their header.
    pub collapsed: Set<GroupId>,
    /// Text that a service, environment, infrastructure or stage has in its name, upper or lower
    /// case; empty for all of them.
    pub filter: String,
}

/// Content of a row, within its stage.
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

/// Meaning of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorBy {
    /// The service.
    #[default]
    Service,
    /// The environment.
    Environment,
    /// The status at its end.
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

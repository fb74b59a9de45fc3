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
    /// True where bars show their steps, as far as there is room.
    pub shows_steps: bool,
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

impl Rows {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Order, Self::Lanes, Self::Services, Self::Targets];

    /// The word for it in links and options.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Lanes => "lanes",
            Self::Services => "services",
            Self::Targets => "targets",
        }
    }

    /// Returns the rows that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }
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

impl ColorBy {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Service, Self::Environment, Self::Status];

    /// The word for it in links and options.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Environment => "environment",
            Self::Status => "status",
        }
    }

    /// Returns the meaning that a word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }
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

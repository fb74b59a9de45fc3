//! What the viewer assumes about a run, kept apart from the YAML.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::Ms;

/// How long things take, what the account allows and what fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumptions {
    /// Of every deployment, and of every stage that is none, where nothing else is said.
    pub duration: Ms,
    /// Durations of some; the most specific key wins.
    pub durations: BTreeMap<DurationKey, Ms>,
    /// The most deployments the account lets run at once in a stage; at least 1 where given.
    pub account_limit: Option<u32>,
    /// Deployments that fail at their end: stage identifier and index in its list.
    pub failures: BTreeSet<(String, u32)>,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            duration: Ms(60_000),
            durations: BTreeMap::new(),
            account_limit: None,
            failures: BTreeSet::new(),
        }
    }
}

/// What a duration is said of, from the least to the most specific.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DurationKey {
    /// Everything in the stage with this identifier: `stage:ID`
    Stage(String),
    /// A service, wherever it goes: `service`
    Service(String),
    /// A service on an infrastructure of any environment: `service@infrastructure`
    ServiceInfrastructure(String, String),
    /// A service on one target: `service@environment/infrastructure`
    ServiceTarget(String, String, String),
}

impl DurationKey {
    /// Reads a key as people write it.
    ///
    /// ```
    /// use deployline_planner::DurationKey;
    /// let key = DurationKey::from_text("cart@prod/eu-1");
    /// assert_eq!(key, DurationKey::ServiceTarget("cart".into(), "prod".into(), "eu-1".into()));
    /// assert_eq!(key.to_string(), "cart@prod/eu-1");
    /// ```
    pub fn from_text(text: &str) -> Self {
        if let Some(stage) = text.strip_prefix("stage:") {
            return Self::Stage(stage.trim().to_owned());
        }
        match text.split_once('@') {
            None => Self::Service(text.to_owned()),
            Some((service, target)) => match target.rsplit_once('/') {
                None => Self::ServiceInfrastructure(service.to_owned(), target.to_owned()),
                Some((environment, infrastructure)) => Self::ServiceTarget(
                    service.to_owned(),
                    environment.to_owned(),
                    infrastructure.to_owned(),
                ),
            },
        }
    }
}

impl fmt::Display for DurationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stage(stage) => write!(f, "stage:{stage}"),
            Self::Service(service) => f.write_str(service),
            Self::ServiceInfrastructure(service, infrastructure) => {
                write!(f, "{service}@{infrastructure}")
            }
            Self::ServiceTarget(service, environment, infrastructure) => {
                write!(f, "{service}@{environment}/{infrastructure}")
            }
        }
    }
}

//! The viewer's assumptions about a run, kept apart from the YAML.

use std::fmt;

use deployline_map::Map;

use crate::{AccountPlan, ErrorType, Ms};

/// Durations, limits of the account, and failures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumptions {
    /// Duration of each deployment, and of each stage that deploys nothing, where no other is given.
    pub duration: Ms,
    /// Durations of some; the most specific key counts.
    pub durations: Map<DurationKey, Ms>,
    /// Seed of uneven durations, which deployments without a duration of their own get instead of
    /// `duration`: from half of it to twice as long, decided by this number and the names of stage,
    /// service and target. `None` for even ones.
    pub uneven: Option<u64>,
    /// Plan of the account, which limits how many children a stage or a parallel group starts.
    pub account_plan: AccountPlan,
    /// The most that the account runs at once in a stage or a parallel group, instead of the number of
    /// its plan; at least 1 where given.
    pub account_limit: Option<u32>,
    /// Deployments that fail at the end of their work: stage identifier and index in its list.
    pub failures: Map<(String, u32), Failure>,
    /// Length of a rollback; `None` for half the work that it takes back.
    pub rollback: Option<Ms>,
    /// Lengths of waits inside deployments, instead of those of the text: by the identifiers of stage and step,
    /// and with an empty one for the wait until a person starts the stage.
    pub waits: Map<(String, String), Ms>,
    /// Durations of steps that work, in every deployment of their stage and instead of a share of its duration: by the
    /// identifiers of stage and step.
    pub step_durations: Map<(String, String), Ms>,
    /// `true` where a barrier counts, of the children of a stage, only as many as run at once.
    pub barrier_in_loops: bool,
}

/// Error, step and attempts of a deployment that fails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    /// The type of error, for the rules of the failure strategies.
    pub error: ErrorType,
    /// The step that fails, by its identifier, where its own rules are to count.
    pub step: Option<String>,
    /// The attempt, from 1, that succeeds where there are so many; `None` where all fail.
    pub succeeds_at: Option<u32>,
}

impl Failure {
    /// Reads the place of a deployment that fails, with settings behind commas.
    ///
    /// ```
    /// use deployline_engine::{ErrorType, Failure};
    /// let (place, failure) = Failure::from_text("deploy:3").expect("a place");
    /// assert_eq!((place, failure), (("deploy".into(), 3), Failure::default()));
    /// let (_, failure) = Failure::from_text("deploy:3,error=Timeout,step=roll,succeeds-at=2").unwrap();
    /// assert_eq!(Some(failure.error), ErrorType::from_name("Timeout"));
    /// assert_eq!((failure.step.as_deref(), failure.succeeds_at), (Some("roll"), Some(2)));
    /// assert_eq!(Failure::from_text("deploy:3,error=Timeouts"), None);
    /// assert_eq!(failure.to_text("deploy", 3), "deploy:3,error=Timeout,step=roll,succeeds-at=2");
    /// ```
    pub fn from_text(text: &str) -> Option<((String, u32), Self)> {
        let mut parts = text.split(',').map(str::trim);
        let (stage, index) = parts.next()?.rsplit_once(':')?;
        let mut failure = Self::default();
        for part in parts {
            match part.split_once('=')? {
                ("error", name) => failure.error = ErrorType::from_name(name.trim())?,
                ("step", step) => failure.step = Some(step.trim().to_owned()),
                ("succeeds-at", attempt) => {
                    let attempt = attempt.trim().parse().ok().filter(|attempt| *attempt > 0);
                    failure.succeeds_at = Some(attempt?);
                }
                _ => return None,
            }
        }
        Some(((stage.to_owned(), index.parse().ok()?), failure))
    }

    /// Writes what [`from_text`](Self::from_text) reads, of a deployment.
    pub fn to_text(&self, stage: &str, index: u32) -> String {
        let Self { error, step, succeeds_at } = self;
        let error = match error {
            ErrorType::AllErrors => String::new(),
            named => format!(",error={}", named.name()),
        };
        let step = step.as_ref().map(|step| format!(",step={step}")).unwrap_or_default();
        let attempt = succeeds_at.map(|attempt| format!(",succeeds-at={attempt}"));
        format!("{stage}:{index}{error}{step}{}", attempt.unwrap_or_default())
    }
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            duration: Ms(60_000),
            durations: Map::new(),
            uneven: None,
            account_plan: AccountPlan::default(),
            account_limit: None,
            failures: Map::new(),
            rollback: None,
            waits: Map::new(),
            step_durations: Map::new(),
            barrier_in_loops: false,
        }
    }
}

impl Assumptions {
    /// The most children of a stage or a parallel group that run at once, by the account; `None` for any
    /// number.
    pub fn at_once(&self) -> Option<u32> {
        self.account_limit.or(self.account_plan.at_once()).map(|limit| limit.max(1))
    }
}

/// Deployments that a duration is given for, from the least to the most specific. A duration for a
/// service counts more than one for a target, since it is a service that takes long; `a@b/c` more than
/// both; and one for a single deployment most.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DurationKey {
    /// Everything in the stage with this identifier: `stage:ID`
    Stage(String),
    /// Every service on an infrastructure of any environment: `@infrastructure`
    Infrastructure(String),
    /// Every service on one target: `@environment/infrastructure`
    Target(String, String),
    /// A service, wherever it goes: `service`
    Service(String),
    /// A service on an infrastructure of any environment: `service@infrastructure`
    ServiceInfrastructure(String, String),
    /// A service on one target: `service@environment/infrastructure`
    ServiceTarget(String, String, String),
    /// One deployment, by its stage's identifier and its index in the list of that stage. The index
    /// counts from 0, its text from 1 as people are shown it: `stage:ID#1`
    Deployment(String, u32),
}

impl DurationKey {
    /// Reads a key as people write it.
    ///
    /// ```
    /// use deployline_engine::DurationKey;
    /// let key = DurationKey::from_text("cart@prod/eu-1");
    /// assert_eq!(key, DurationKey::ServiceTarget("cart".into(), "prod".into(), "eu-1".into()));
    /// assert_eq!(key.to_string(), "cart@prod/eu-1");
    /// assert_eq!(DurationKey::from_text("@eu-1"), DurationKey::Infrastructure("eu-1".into()));
    /// assert_eq!(DurationKey::from_text("stage:a#3"), DurationKey::Deployment("a".into(), 2));
    /// ```
    pub fn from_text(text: &str) -> Self {
        if let Some(stage) = text.strip_prefix("stage:") {
            return of_stage(stage.trim());
        }
        let Some((service, place)) = text.split_once('@') else {
            return Self::Service(text.to_owned());
        };
        let place = place.rsplit_once('/').ok_or(place);
        match (service, place) {
            ("", Err(infrastructure)) => Self::Infrastructure(infrastructure.to_owned()),
            ("", Ok((environment, infrastructure))) => {
                Self::Target(environment.to_owned(), infrastructure.to_owned())
            }
            (service, Err(infrastructure)) => {
                Self::ServiceInfrastructure(service.to_owned(), infrastructure.to_owned())
            }
            (service, Ok((environment, infrastructure))) => Self::ServiceTarget(
                service.to_owned(),
                environment.to_owned(),
                infrastructure.to_owned(),
            ),
        }
    }
}

/// `ID`, or `ID#3` with a number from 1.
fn of_stage(text: &str) -> DurationKey {
    let numbered = text.rsplit_once('#').and_then(|(stage, number)| {
        let number: u64 = number.parse().ok()?;
        Some((stage, u32::try_from(number.checked_sub(1)?).ok()?))
    });
    match numbered {
        Some((stage, index)) => DurationKey::Deployment(stage.to_owned(), index),
        None => DurationKey::Stage(text.to_owned()),
    }
}

impl fmt::Display for DurationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stage(stage) => write!(f, "stage:{stage}"),
            Self::Infrastructure(infrastructure) => write!(f, "@{infrastructure}"),
            Self::Target(environment, infrastructure) => {
                write!(f, "@{environment}/{infrastructure}")
            }
            Self::Service(service) => f.write_str(service),
            Self::ServiceInfrastructure(service, infrastructure) => {
                write!(f, "{service}@{infrastructure}")
            }
            Self::ServiceTarget(service, environment, infrastructure) => {
                write!(f, "{service}@{environment}/{infrastructure}")
            }
            Self::Deployment(stage, index) => write!(f, "stage:{stage}#{}", u64::from(*index) + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_what_they_write() {
        use DurationKey::{Deployment, Infrastructure, Service, Stage, Target};
        let text = str::to_owned;
        for (written, key) in [
            ("stage:a", Stage(text("a"))),
            ("@i", Infrastructure(text("i"))),
            ("@e/i", Target(text("e"), text("i"))),
            ("s", Service(text("s"))),
            ("s@i", DurationKey::ServiceInfrastructure(text("s"), text("i"))),
            ("s@e/i", DurationKey::ServiceTarget(text("s"), text("e"), text("i"))),
            ("stage:a#1", Deployment(text("a"), 0)),
            ("stage:a#4294967296", Deployment(text("a"), u32::MAX)),
            // No place in a list.
            ("stage:a#0", Stage(text("a#0"))),
            ("stage:a#x", Stage(text("a#x"))),
            ("stage:a#4294967297", Stage(text("a#4294967297"))),
        ] {
            assert_eq!(DurationKey::from_text(written), key);
            assert_eq!(key.to_string(), written);
        }
        assert_eq!(DurationKey::from_text("stage: a#2 "), Deployment(text("a"), 1));
    }
}

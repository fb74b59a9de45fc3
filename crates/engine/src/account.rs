//! The plan of the account that a pipeline runs in, with the limits that come with it.
//!
//! Follows `docs/semantics.md`, "The account's limits". They hold for each node that starts children:
//! a stage with several deployments or with a strategy, and a parallel group of stages.

use crate::Ms;

/// Plan of an account. The text of a pipeline does not say which one it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AccountPlan {
    /// Free, and trials of the others.
    Free,
    /// Team.
    Team,
    /// DevOps Essentials.
    Essentials,
    /// Enterprise.
    #[default]
    Enterprise,
    /// No limits, to see what would happen without them.
    None,
}

impl AccountPlan {
    /// All of them, from the least to the most that runs at once.
    pub const ALL: [Self; 5] =
        [Self::Free, Self::Team, Self::Essentials, Self::Enterprise, Self::None];

    /// Its name in options, links and JSON.
    ///
    /// ```
    /// use deployline_engine::AccountPlan;
    /// assert_eq!(AccountPlan::from_word("team"), Some(AccountPlan::Team));
    /// assert_eq!(AccountPlan::Team.as_str(), "team");
    /// assert_eq!(AccountPlan::from_word("gold"), None);
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Team => "team",
            Self::Essentials => "essentials",
            Self::Enterprise => "enterprise",
            Self::None => "none",
        }
    }

    /// Its name for people.
    pub fn caption(self) -> &'static str {
        match self {
            Self::Free => "Free",
            Self::Team => "Team",
            Self::Essentials => "Essentials",
            Self::Enterprise => "Enterprise",
            Self::None => "No limits",
        }
    }

    /// The plan with a name as [`AccountPlan::as_str`] gives it.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|plan| plan.as_str() == word)
    }

    /// The most children of a node that run at once; `None` for any number.
    pub fn at_once(self) -> Option<u32> {
        match self {
            Self::Free => Some(2),
            Self::Team => Some(50),
            Self::Essentials => Some(60),
            Self::Enterprise => Some(100),
            Self::None => None,
        }
    }

    /// The most children of a node: with more, a run fails. `None` for any number.
    pub fn children_in_all(self) -> Option<u32> {
        match self {
            Self::Free => Some(10),
            Self::Team | Self::Essentials | Self::Enterprise => Some(256),
            Self::None => None,
        }
    }

    /// The longest timeout of a pipeline that counts; `None` where there is none, or none is public.
    pub fn longest_pipeline(self) -> Option<Ms> {
        match self {
            Self::Free => Some(Ms::from_hours(2)),
            Self::Team => Some(Ms::from_hours(30 * 24)),
            Self::Enterprise => Some(Ms::from_hours(35 * 24)),
            Self::Essentials | Self::None => None,
        }
    }

    /// The longest timeout of a stage that counts, as for [`longest_pipeline`](Self::longest_pipeline).
    pub fn longest_stage(self) -> Option<Ms> {
        match self {
            Self::Free => Some(Ms::from_hours(1)),
            _ => self.longest_pipeline(),
        }
    }

    /// The longest timeout of a step that counts, as for [`longest_pipeline`](Self::longest_pipeline).
    pub fn longest_step(self) -> Option<Ms> {
        match self {
            Self::Free => Some(Ms::from_hours(1)),
            Self::Team | Self::Essentials | Self::Enterprise | Self::None => None,
        }
    }
}

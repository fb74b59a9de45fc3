//! Colours of services, environments and statuses. They repeat after [`COLOR_COUNT`]; names stand
//! beside them.

use deployline_engine::{
    Deployment, Looping, OnFailure, Pipeline, Stage, Status, Target, Work, words,
};
use deployline_map::Map;

use crate::{Color, ColorBy};

/// Number of colours.
pub const COLOR_COUNT: u8 = 10;

/// Names and their colours, the same in all stages of a pipeline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Colors {
    by: ColorBy,
    by_name: Map<String, u8>,
    in_order: Vec<String>,
    /// `true` where a failure may be ignored or stop the run.
    has_strategies: bool,
}

/// Returns `true` for a stage with failure strategies, or with a loop that its first failure ends.
fn has_strategies(stage: &Stage) -> bool {
    let is_fail_fast = |looping: &Looping| looping.on_failure == OnFailure::FailFast;
    !stage.failure.is_empty() || stage.looping.as_ref().is_some_and(is_fail_fast)
}

/// A name and its colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegendEntry {
    /// The service, the environment or the status.
    pub name: String,
    /// Its colour.
    pub color: Color,
    /// True where an entry before it has the same colour.
    pub is_repeated: bool,
}

impl Colors {
    /// Colours in the order in which the names first appear.
    pub fn new(pipeline: &Pipeline, by: ColorBy) -> Self {
        let has_strategies = pipeline.stages.iter().any(has_strategies);
        let mut colors = Self { by, has_strategies, ..Self::default() };
        let deploys = pipeline.stages.iter().filter_map(|stage| match &stage.work {
            Work::Deploy(deploy) => Some(deploy),
            Work::Other | Work::Unknown => None,
        });
        for deploy in deploys {
            match by {
                ColorBy::Service => {
                    deploy.services.items.iter().for_each(|item| colors.add(&item.name.text));
                }
                ColorBy::Environment => {
                    deploy.targets.items.iter().for_each(|item| colors.add(environment(item)));
                }
                ColorBy::Status => {}
            }
        }
        colors
    }

    fn add(&mut self, name: &str) {
        if self.by_name.contains_key(name) {
            return;
        }
        let next = self.in_order.len() % usize::from(COLOR_COUNT);
        self.by_name.insert(name.to_owned(), u8::try_from(next).unwrap_or(0));
        self.in_order.push(name.to_owned());
    }

    /// The colour of a service or an environment, whichever these colours are by.
    pub fn of_name(&self, name: &str) -> Color {
        self.by_name.get(name).map_or(Color::Neutral, |&color| Color::Nth(color))
    }

    /// The colour of a deployment.
    pub fn of(&self, stage: &Stage, deployment: Deployment, status: Status) -> Color {
        if self.by == ColorBy::Status {
            return of_status(status);
        }
        let (Work::Deploy(deploy), Some(service), Some(target)) =
            (&stage.work, deployment.service, deployment.target)
        else {
            return Color::Neutral;
        };
        match self.by {
            ColorBy::Service => self.of_name(words::service_label(deploy, service)),
            _ => {
                let target = deploy.targets.items.get(target as usize);
                target.map_or(Color::Neutral, |target| self.of_name(environment(target)))
            }
        }
    }

    /// All names with their colours, in order of appearance.
    pub fn legend(&self) -> Vec<LegendEntry> {
        if self.by == ColorBy::Status {
            let entry = |(name, status): (&str, Status)| LegendEntry {
                name: name.to_owned(),
                color: of_status(status),
                is_repeated: false,
            };
            let count = if self.has_strategies { STATUSES.len() } else { 3 };
            return STATUSES.into_iter().take(count).map(entry).collect();
        }
        let entry = |(i, name): (usize, &String)| LegendEntry {
            name: name.clone(),
            color: self.of_name(name),
            is_repeated: i >= usize::from(COLOR_COUNT),
        };
        self.in_order.iter().enumerate().map(entry).collect()
    }
}

/// The last two need failure strategies.
const STATUSES: [(&str, Status); 5] = [
    ("succeeded", Status::Succeeded),
    ("failed", Status::Failed),
    ("skipped", Status::Skipped),
    ("ignored", Status::Ignored),
    ("aborted", Status::Aborted),
];

/// Green and red of the same ten colours, so that style sheets need no others.
fn of_status(status: Status) -> Color {
    match status {
        Status::Succeeded => Color::Nth(2),
        Status::Failed => Color::Nth(4),
        Status::Ignored => Color::Nth(1),
        Status::Aborted | Status::Cancelled => Color::Nth(6),
        Status::Skipped => Color::Neutral,
    }
}

/// The environment's name, or what stands for the place where it has none.
pub(crate) fn environment(target: &Target) -> &str {
    match &target.environment {
        Some(environment) => &environment.text,
        None => target.short_name(),
    }
}

//! Conditions that ask how something went: as data, as YAML, and whether they hold.

use super::outcome::Ends;

/// A condition.
#[derive(Clone, Debug)]
pub(crate) enum AskCase {
    /// A stage of an entry before has, or has not, a status. The stage is counted backwards from the entry.
    Stage {
        back: usize,
        child: AskedChild,
        key: &'static str,
        has: bool,
        status: &'static str,
    },
    /// All that has ended so far comes to a status.
    SoFar {
        status: &'static str,
    },
    /// Nothing has failed so far.
    Success,
    /// Something has.
    Failure,
    Both(Box<AskCase>, Box<AskCase>),
    Either(Box<AskCase>, Box<AskCase>),
}

/// A child of a loop that is asked for in the place of its stage.
#[derive(Clone, Debug)]
pub(crate) struct AskedChild {
    choice: Option<usize>,
    /// Its index, and what its name has behind that of the stage; none where the stage has no such children.
    named: Option<(usize, String)>,
}

impl AskedChild {
    /// One of the children, whose number is not known yet; none for the stage.
    pub(crate) fn chosen_by(choice: Option<usize>) -> Self {
        Self { choice, named: None }
    }
}

/// How a stage ended, or one of its deployments; none for what never ran.
#[derive(Clone, Debug)]
pub(crate) struct Went {
    pub(crate) worst: Option<Ends>,
    pub(crate) each: Vec<Option<Ends>>,
}

/// How a stage went that stands before the one that asks.
#[derive(Clone, Debug)]
pub(crate) enum Before {
    Ended(Went),
    /// The run lacks it, and so an answer.
    NotChosen,
}

pub(crate) const STATUS_KEYS: [&str; 3] = ["status", "currentStatus", "liveStatus"];
/// Statuses as they are written; the last is none that a stage ends with.
pub(crate) const STATUSES: [&str; 5] =
    ["SUCCEEDED", "FAILED", "IGNORE_FAILED", "SKIPPED", "Success"];

/// The status in expressions of what ended so, or of what never ran.
pub(crate) fn written(ends: Option<Ends>) -> &'static str {
    match ends {
        None => "SKIPPED",
        Some(Ends::Succeeded) => "SUCCEEDED",
        Some(Ends::Ignored) => "IGNORE_FAILED",
        Some(Ends::Failed | Ends::RollsBack | Ends::FailsAll) => "FAILED",
        Some(Ends::Aborted) => "ABORTED",
    }
}

/// The stage that is meant, where `before` stages stand before the entry; none before the first.
fn stage(back: usize, before: usize) -> Option<usize> {
    (before > 0).then(|| before - 1 - back % before)
}

impl AskCase {
    /// Asks for some of these stages only, counted backwards from all `count`.
    pub(crate) fn ask_for(&mut self, stages: &[usize], count: usize) {
        match self {
            Self::Stage { back, .. } if !stages.is_empty() => {
                *back = count - 1 - stages[*back % stages.len()];
            }
            Self::Stage { .. } | Self::SoFar { .. } | Self::Success | Self::Failure => {}
            Self::Both(a, b) | Self::Either(a, b) => {
                a.ask_for(stages, count);
                b.ask_for(stages, count);
            }
        }
    }

    /// Settles the names of children in a stage that so many stages stand before, by those that each stage has.
    pub(crate) fn name_children(&mut self, before: usize, names: &[Vec<String>]) {
        match self {
            Self::Stage { back, child, .. } => {
                let names = stage(*back, before).map_or(&[][..], |stage| &names[stage]);
                let index = child.choice.filter(|_| !names.is_empty());
                child.named = index.map(|choice| {
                    let index = choice % names.len();
                    (index, names[index].clone())
                });
            }
            Self::SoFar { .. } | Self::Success | Self::Failure => {}
            Self::Both(a, b) | Self::Either(a, b) => {
                a.name_children(before, names);
                b.name_children(before, names);
            }
        }
    }

    /// The text in a stage of an entry that so many stages stand before.
    pub(crate) fn text(&self, before: usize) -> String {
        match self {
            Self::Stage { back, child, key, has, status } => match stage(*back, before) {
                None => "<+Always>".to_owned(),
                Some(stage) => {
                    let operator = if *has { "==" } else { "!=" };
                    let child = child.named.as_ref().map_or("", |(_, name)| name);
                    format!("<+pipeline.stages.st{stage}{child}.{key}> {operator} \"{status}\"")
                }
            },
            Self::SoFar { status } => format!("<+pipeline.currentStatus> == \"{status}\""),
            Self::Success => "<+OnPipelineSuccess>".to_owned(),
            Self::Failure => "<+OnPipelineFailure>".to_owned(),
            Self::Both(a, b) => format!("({} && {})", a.text(before), b.text(before)),
            Self::Either(a, b) => format!("({} || {})", a.text(before), b.text(before)),
        }
    }

    /// Whether it holds when the stages before have ended so, and all of them so; nothing where that is not known.
    pub(crate) fn holds(&self, before: &[Before], so_far: Ends) -> Option<bool> {
        match self {
            Self::Stage { back, child, has, status, .. } => match stage(*back, before.len()) {
                None => Some(true),
                Some(stage) => match &before[stage] {
                    Before::NotChosen => None,
                    Before::Ended(went) => {
                        let of_child = child.named.as_ref().map(|(index, _)| went.each[*index]);
                        Some((written(of_child.unwrap_or(went.worst)) == *status) == *has)
                    }
                },
            },
            Self::SoFar { status } => Some(written(Some(so_far)) == *status),
            Self::Success => Some(so_far < Ends::Failed),
            Self::Failure => Some(so_far == Ends::Failed),
            Self::Both(a, b) => match (a.holds(before, so_far), b.holds(before, so_far)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            Self::Either(a, b) => match (a.holds(before, so_far), b.holds(before, so_far)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
        }
    }
}

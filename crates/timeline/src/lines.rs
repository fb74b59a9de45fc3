//! What is in which line of a stage.
//!
//! ```text
//! cart            2 deployments    Head
//! 1 cart → a |▇▇▇▇▇▇▇▇▇|           One
//! 3 cart → b           |▇▇▇▇▇▇▇▇▇| One
//! web (collapsed) |▂▂▂▂▂▂▂▂|▂▂▂▂|  Head with items
//! ```

mod groups;

use deployline_engine::{Ms, Run, Stage, StagePlan, StageRun};

use crate::filter::Matches;
use crate::{Arrangement, GroupId, Rows};

/// What is in which line of a stage, and back.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Lines {
    /// A deployment each, all of them: needs no memory.
    Every(usize),
    /// A deployment each, those found, in ascending order.
    Found(Vec<u32>),
    /// Lanes, or groups with what is in them.
    Listed(Listed),
    /// None: all bars are in the stage's header.
    Collapsed(Items),
}

/// Lines of several kinds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Listed {
    pub(crate) lines: Vec<Line>,
    pub(crate) heads: Vec<Head>,
    /// The line of each deployment; [`NOWHERE`] for those left out.
    pub(crate) line_of: Vec<u32>,
}

const NOWHERE: u32 = u32::MAX;

/// A line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// A deployment by its index.
    One(u32),
    /// A lane or the header of a group, by its place in `heads`.
    Head(u32),
}

/// A lane, or the header of a group.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Head {
    /// `None` for a lane.
    pub(crate) group: Option<GroupId>,
    pub(crate) name: String,
    pub(crate) depth: u8,
    /// How many deployments of it the filter finds.
    pub(crate) found: usize,
    pub(crate) total: usize,
    pub(crate) from: Ms,
    pub(crate) to: Ms,
    pub(crate) is_collapsed: bool,
    /// The bars in its line.
    pub(crate) items: Items,
}

/// The deployments of one line by time.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Items {
    /// By start, then by number.
    pub(crate) by_start: Vec<u32>,
    /// The latest end of each and all before it: ascending, so that it can be searched.
    pub(crate) latest_end: Vec<Ms>,
}

impl Items {
    pub(crate) fn new(mut indexes: Vec<u32>, runs: &[Run]) -> Self {
        let key = |index: u32| (runs[index as usize].start, index);
        deployline_map::sort_numbers(&mut indexes, &|a, b| key(a).cmp(&key(b)));
        let mut latest = Ms(0);
        let latest_end = indexes.iter().map(|&index| {
            latest = latest.max(runs[index as usize].end);
            latest
        });
        Self { latest_end: latest_end.collect(), by_start: indexes }
    }

    /// Its place among the others; the list is ordered as `new` did.
    pub(crate) fn position(&self, index: u32, runs: &[Run]) -> Option<usize> {
        let key = |index: u32| (runs[index as usize].start, index);
        self.by_start.binary_search_by_key(&key(index), |&other| key(other)).ok()
    }
}

/// What a line has in it.
pub(crate) enum Content<'a> {
    One(usize),
    Head(&'a Head),
}

impl Lines {
    pub(crate) fn new(
        stage: &Stage,
        plan: &StagePlan,
        run: &StageRun,
        arrangement: &Arrangement,
        matches: &Matches,
    ) -> Self {
        let is_found = |index: &u32| matches.has(plan.deployments[*index as usize]);
        let count = u32::try_from(plan.deployments.len()).unwrap_or(u32::MAX);
        let id = GroupId::Stage(stage.identifier.clone());
        if arrangement.collapsed.contains(&id) {
            return Self::Collapsed(Items::new((0..count).filter(is_found).collect(), &run.runs));
        }
        let listed = match arrangement.rows {
            Rows::Order => None,
            Rows::Lanes => Some(groups::lanes(plan, run, matches)),
            Rows::Services => groups::services(stage, plan, run, arrangement, matches),
            Rows::Targets => groups::targets(stage, plan, run, arrangement, matches),
        };
        match (listed, matches) {
            (Some(listed), _) => Self::Listed(listed),
            (None, Matches::All) => Self::Every(plan.deployments.len()),
            (None, _) => Self::Found((0..count).filter(is_found).collect()),
        }
    }

    /// How many lines.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Every(count) => *count,
            Self::Found(found) => found.len(),
            Self::Listed(listed) => listed.lines.len(),
            Self::Collapsed(_) => 0,
        }
    }

    /// Lanes or the headers of groups, from the top down.
    pub(crate) fn heads(&self) -> &[Head] {
        match self {
            Self::Listed(listed) => &listed.heads,
            Self::Every(_) | Self::Found(_) | Self::Collapsed(_) => &[],
        }
    }

    /// What is in a line.
    pub(crate) fn content(&self, line: usize) -> Option<Content<'_>> {
        match self {
            Self::Every(count) => (line < *count).then_some(Content::One(line)),
            Self::Found(found) => found.get(line).map(|&index| Content::One(index as usize)),
            Self::Listed(listed) => match *listed.lines.get(line)? {
                Line::One(index) => Some(Content::One(index as usize)),
                Line::Head(head) => listed.heads.get(head as usize).map(Content::Head),
            },
            Self::Collapsed(_) => None,
        }
    }

    /// The line of a deployment.
    pub(crate) fn line_of(&self, index: usize) -> Option<usize> {
        match self {
            Self::Every(count) => (index < *count).then_some(index),
            Self::Found(found) => found.binary_search(&u32::try_from(index).ok()?).ok(),
            Self::Listed(listed) => {
                let line = *listed.line_of.get(index)?;
                (line != NOWHERE).then_some(line as usize)
            }
            Self::Collapsed(_) => None,
        }
    }
}

impl Listed {
    fn of(count: usize) -> Self {
        Self { line_of: vec![NOWHERE; count], ..Self::default() }
    }

    fn next_line(&self) -> u32 {
        u32::try_from(self.lines.len()).unwrap_or(NOWHERE)
    }

    fn push_one(&mut self, index: u32) {
        self.line_of[index as usize] = self.next_line();
        self.lines.push(Line::One(index));
    }

    fn push_head(&mut self, head: Head) {
        let line = self.next_line();
        for &index in &head.items.by_start {
            self.line_of[index as usize] = line;
        }
        self.lines.push(Line::Head(u32::try_from(self.heads.len()).unwrap_or(NOWHERE)));
        self.heads.push(head);
    }
}

//! The rows of a stage: which deployments each one has.
//!
//! ```text
//! cart            2 deployments    Header
//! 1 cart → a |▇▇▇▇▇▇▇▇▇|           One
//! 3 cart → b           |▇▇▇▇▇▇▇▇▇| One
//! web (collapsed) |▂▂▂▂▂▂▂▂|▂▂▂▂|  Header with deployments
//! ```

mod groups;

use deployline_engine::{Ms, Run, Stage, StagePlan, StageRun};

use crate::filter::Matches;
use crate::{Arrangement, GroupId, Rows};

/// The rows of a stage, from row to deployment and back.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum RowList {
    /// A deployment each, all of them: needs no memory.
    Every(usize),
    /// A deployment each, those found, in ascending order.
    Found(Vec<u32>),
    /// Lanes, or groups with their rows.
    Grouped(GroupedRows),
    /// None: all bars are in the stage's header.
    Collapsed(ByStart),
}

/// Headers, each followed by the rows of its group.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct GroupedRows {
    pub(crate) rows: Vec<Row>,
    pub(crate) headers: Vec<HeaderRow>,
    /// The row of each deployment; [`NO_ROW`] for those left out.
    pub(crate) row_of: Vec<u32>,
}

const NO_ROW: u32 = u32::MAX;

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Row {
    /// A deployment by its index.
    One(u32),
    /// A lane or the header of a group, by its place in `headers`.
    Header(u32),
}

/// A lane, or the header of a group.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct HeaderRow {
    /// `None` for a lane.
    pub(crate) group: Option<GroupId>,
    pub(crate) name: String,
    pub(crate) depth: u8,
    /// Number of its deployments that the filter finds.
    pub(crate) found: usize,
    pub(crate) total: usize,
    pub(crate) from: Ms,
    pub(crate) to: Ms,
    pub(crate) is_collapsed: bool,
    /// Those whose bars are in the row itself.
    pub(crate) deployments: ByStart,
}

/// The deployments of one row by time.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ByStart {
    /// Indexes of deployments, by start, then by number.
    pub(crate) indexes: Vec<u32>,
    /// The latest end of each and all before it: ascending, so that it can be searched.
    pub(crate) latest_end: Vec<Ms>,
}

impl ByStart {
    pub(crate) fn new(mut indexes: Vec<u32>, runs: &[Run]) -> Self {
        let key = |index: u32| (runs[index as usize].start, index);
        deployline_map::sort_numbers(&mut indexes, &|a, b| key(a).cmp(&key(b)));
        let mut latest = Ms(0);
        let latest_end = indexes.iter().map(|&index| {
            latest = latest.max(runs[index as usize].end);
            latest
        });
        Self { latest_end: latest_end.collect(), indexes }
    }

    /// Position of a deployment among the others.
    pub(crate) fn position(&self, index: u32, runs: &[Run]) -> Option<usize> {
        let key = |index: u32| (runs[index as usize].start, index);
        self.indexes.binary_search_by_key(&key(index), |&other| key(other)).ok()
    }
}

/// Content of a row: one deployment, or a header with those in its row.
pub(crate) enum RowContent<'a> {
    One(usize),
    Header(&'a HeaderRow),
}

impl RowList {
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
            return Self::Collapsed(ByStart::new((0..count).filter(is_found).collect(), &run.runs));
        }
        let grouped = match arrangement.rows {
            Rows::Order => None,
            Rows::Lanes => Some(groups::lanes(plan, run, matches)),
            Rows::Services => groups::services(stage, plan, run, arrangement, matches),
            Rows::Targets => groups::targets(stage, plan, run, arrangement, matches),
        };
        match (grouped, matches) {
            (Some(grouped), _) => Self::Grouped(grouped),
            (None, Matches::All) => Self::Every(plan.deployments.len()),
            (None, _) => Self::Found((0..count).filter(is_found).collect()),
        }
    }

    /// Number of rows.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Every(count) => *count,
            Self::Found(found) => found.len(),
            Self::Grouped(grouped) => grouped.rows.len(),
            Self::Collapsed(_) => 0,
        }
    }

    /// Lanes or the headers of groups, from the top down.
    pub(crate) fn headers(&self) -> &[HeaderRow] {
        match self {
            Self::Grouped(grouped) => &grouped.headers,
            Self::Every(_) | Self::Found(_) | Self::Collapsed(_) => &[],
        }
    }

    /// Content of a row, counted from the top.
    pub(crate) fn content(&self, row: usize) -> Option<RowContent<'_>> {
        match self {
            Self::Every(count) => (row < *count).then_some(RowContent::One(row)),
            Self::Found(found) => found.get(row).map(|&index| RowContent::One(index as usize)),
            Self::Grouped(grouped) => match *grouped.rows.get(row)? {
                Row::One(index) => Some(RowContent::One(index as usize)),
                Row::Header(header) => grouped.headers.get(header as usize).map(RowContent::Header),
            },
            Self::Collapsed(_) => None,
        }
    }

    /// The row of a deployment.
    pub(crate) fn row_of(&self, index: usize) -> Option<usize> {
        match self {
            Self::Every(count) => (index < *count).then_some(index),
            Self::Found(found) => found.binary_search(&u32::try_from(index).ok()?).ok(),
            Self::Grouped(grouped) => {
                let row = *grouped.row_of.get(index)?;
                (row != NO_ROW).then_some(row as usize)
            }
            Self::Collapsed(_) => None,
        }
    }
}

impl GroupedRows {
    fn of(count: usize) -> Self {
        Self { row_of: vec![NO_ROW; count], ..Self::default() }
    }

    fn next_row(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(NO_ROW)
    }

    fn push_one(&mut self, index: u32) {
        self.row_of[index as usize] = self.next_row();
        self.rows.push(Row::One(index));
    }

    fn push_header(&mut self, header: HeaderRow) {
        let row = self.next_row();
        for &index in &header.deployments.indexes {
            self.row_of[index as usize] = row;
        }
        self.rows.push(Row::Header(u32::try_from(self.headers.len()).unwrap_or(NO_ROW)));
        self.headers.push(header);
    }
}

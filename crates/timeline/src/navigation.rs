//! The way from one bar to the next, by keys.

use deployline_engine::{Ms, Run};

use crate::picture::{RowRun, StageIndex};
use crate::row_list::{ByStart, RowContent, RowList};
use crate::{Picture, Planned};

/// A direction from one bar to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the row above; of several bars there, to the one at the same time.
    Up,
    /// To the row below, in the same way.
    Down,
    /// To the one before in the same row.
    Left,
    /// To the one after in the same row.
    Right,
    /// To the very first one.
    First,
    /// To the very last one.
    Last,
}

impl Picture {
    /// The deployment that a key leads to from the active one, by stage and index. From none it is
    /// the first or, with `Last`, the last; where a row has one bar, those above and below it are
    /// beside it too.
    pub fn next_bar(
        &self,
        planned: Planned<'_>,
        active: Option<(usize, usize)>,
        direction: Direction,
    ) -> Option<(usize, usize)> {
        let Some(from) = active else {
            let is_last = direction == Direction::Last;
            let end = if is_last { Direction::Last } else { Direction::First };
            return self.neighbour(planned, (0, 0), end);
        };
        self.neighbour(planned, from, direction).or_else(|| match direction {
            Direction::Left => self.neighbour(planned, from, Direction::Up),
            Direction::Right => self.neighbour(planned, from, Direction::Down),
            _ => None,
        })
    }

    /// The deployment that a key leads to, by stage and index; `None` where there is none in that
    /// direction. From one that is not in any row, every direction but `Last` leads to the first.
    pub fn neighbour(
        &self,
        planned: Planned<'_>,
        (stage, index): (usize, usize),
        direction: Direction,
    ) -> Option<(usize, usize)> {
        let runs = |stage: usize| planned.schedule.stages.get(stage).map(|run| run.runs.as_slice());
        if direction == Direction::Last {
            return self.above(planned, self.runs_of_rows.len(), usize::MAX, Some(Ms(u64::MAX)));
        }
        let here = runs(stage).and_then(|runs| {
            let stage = self.stages.get(stage).filter(|stage| !stage.is_hidden)?;
            let row = stage.row_with(index, runs)?;
            Some((row, runs, runs.get(index)?))
        });
        let Some((row, stage_runs, run)) = here.filter(|_| direction != Direction::First) else {
            return self.below(planned, 0, 0, None);
        };
        match direction {
            Direction::Left | Direction::Right => {
                let bars = self.stages[stage].bars(row)?;
                let found = bars.beside(index, direction == Direction::Right, stage_runs)?;
                Some((stage, found))
            }
            Direction::Down => {
                self.below(planned, self.run_with(stage, row), row + 1, Some(run.start))
            }
            Direction::Up => self.above(planned, self.run_with(stage, row), row, Some(run.start)),
            Direction::First | Direction::Last => None,
        }
    }

    /// Place in `runs_of_rows` of a row.
    fn run_with(&self, stage: usize, row: usize) -> usize {
        let is_it = |run: &RowRun| run.stage == stage && run.rows.contains(&row);
        self.runs_of_rows.iter().position(is_it).unwrap_or_default()
    }

    /// The first row with a bar from `row` of a run of rows on, and in it the bar at `time`.
    fn below(
        &self,
        planned: Planned<'_>,
        run: usize,
        row: usize,
        time: Option<Ms>,
    ) -> Option<(usize, usize)> {
        let runs = self.runs_of_rows.get(run..)?.iter().enumerate();
        runs.flat_map(|(at, RowRun { stage, rows })| {
            let first = if at == 0 { row.max(rows.start) } else { rows.start };
            (first..rows.end).map(move |row| (*stage, row))
        })
        .find_map(|(stage, row)| self.bar_at(planned, stage, row, time))
    }

    /// The last row with a bar before `row` of a run of rows, and in it the bar at `time`.
    fn above(
        &self,
        planned: Planned<'_>,
        run: usize,
        row: usize,
        time: Option<Ms>,
    ) -> Option<(usize, usize)> {
        let runs = self.runs_of_rows.iter().enumerate().take(run.saturating_add(1)).rev();
        runs.flat_map(|(at, RowRun { stage, rows })| {
            let end = if at == run { row.min(rows.end) } else { rows.end };
            (rows.start..end).rev().map(move |row| (*stage, row))
        })
        .find_map(|(stage, row)| self.bar_at(planned, stage, row, time))
    }

    fn bar_at(
        &self,
        planned: Planned<'_>,
        stage: usize,
        row: usize,
        time: Option<Ms>,
    ) -> Option<(usize, usize)> {
        let bars = self.stages[stage].bars(row)?;
        Some((stage, bars.at(time, &planned.schedule.stages[stage].runs)?))
    }
}

/// The bars of a row, for keys.
enum RowBars<'a> {
    One(usize),
    Many(&'a ByStart),
}

impl RowBars<'_> {
    /// The last one that has started at `time`, or else the first.
    fn at(&self, time: Option<Ms>, runs: &[Run]) -> Option<usize> {
        match self {
            Self::One(index) => Some(*index),
            Self::Many(ByStart { indexes, .. }) => {
                let started =
                    indexes.partition_point(|&index| Some(runs[index as usize].start) <= time);
                indexes.get(started.saturating_sub(1)).map(|&index| index as usize)
            }
        }
    }

    fn beside(&self, index: usize, is_right: bool, runs: &[Run]) -> Option<usize> {
        let Self::Many(deployments) = self else { return None };
        let position = deployments.position(u32::try_from(index).ok()?, runs)?;
        let next = if is_right { position + 1 } else { position.checked_sub(1)? };
        deployments.indexes.get(next).map(|&index| index as usize)
    }
}

impl StageIndex {
    /// Number of rows that may have bars: a collapsed stage has one, its header.
    pub(crate) fn row_count(&self) -> usize {
        match &self.rows {
            RowList::Collapsed(_) => 1,
            rows => rows.len(),
        }
    }

    fn bars(&self, row: usize) -> Option<RowBars<'_>> {
        if let RowList::Collapsed(deployments) = &self.rows {
            return Some(RowBars::Many(deployments));
        }
        match self.rows.content(row)? {
            RowContent::One(index) => Some(RowBars::One(index)),
            RowContent::Header(header) => Some(RowBars::Many(&header.deployments)),
        }
    }

    fn row_with(&self, index: usize, runs: &[Run]) -> Option<usize> {
        match &self.rows {
            RowList::Collapsed(deployments) => {
                let index = u32::try_from(index).ok().filter(|&i| (i as usize) < runs.len())?;
                deployments.position(index, runs).map(|_| 0)
            }
            rows => rows.row_of(index),
        }
    }
}

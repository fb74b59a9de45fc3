//! Where a deployment is, visible or not, and which one is next to it.

use deployline_engine::{Ms, Run};

use crate::bar::span;
use crate::lines::{Content, Items, Lines};
use crate::picture::Frame;
use crate::rows::StageRows;
use crate::{LayoutOptions, Picture, Planned, Viewport, rows};

/// Where a deployment's bar is, in pixels of the whole picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Left edge, not cut to the plot.
    pub x: f64,
    /// Width, not cut to the plot.
    pub width: f64,
    /// Upper edge.
    pub y: f64,
    /// Height.
    pub height: f64,
}

/// A way to go from one deployment to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
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
    /// Where a deployment is; `None` where there is no such deployment or the filter leaves it out.
    pub fn place_of(
        &self,
        planned: Planned<'_>,
        viewport: &Viewport,
        options: &LayoutOptions,
        (stage, index): (usize, usize),
    ) -> Option<Place> {
        self.place(planned, &self.frame(planned, viewport, options), options, (stage, index))
    }

    pub(crate) fn place(
        &self,
        planned: Planned<'_>,
        frame: &Frame,
        options: &LayoutOptions,
        (stage, index): (usize, usize),
    ) -> Option<Place> {
        let run = planned.schedule.stages.get(stage)?.runs.get(index)?;
        let (x, width) = span(&frame.scale, run.start, run.end);
        let (rows, lines) = (frame.stages.get(stage)?, &self.stages.get(stage)?.lines);
        if let Lines::Collapsed(items) = lines {
            items.position(u32::try_from(index).ok()?, &planned.schedule.stages[stage].runs)?;
        }
        let (y, height) = self.bar_y(rows, index, options)?;
        Some(Place { x, width, y, height })
    }

    /// The upper edge and the height of a deployment's bar; in a collapsed stage, of all its bars.
    pub(crate) fn bar_y(
        &self,
        rows: &StageRows,
        index: usize,
        options: &LayoutOptions,
    ) -> Option<(f64, f64)> {
        let lines = &self.stages.get(rows.stage)?.lines;
        if let Lines::Collapsed(_) = lines {
            return Some(rows::header_bar_y(rows, options));
        }
        let line = lines.line_of(index)?;
        Some(match lines.content(line)? {
            Content::Head(head) if head.group.is_some() => rows::thin_bar_y(rows, line, options),
            Content::One(_) | Content::Head(_) => rows::bar_y(rows, line, options),
        })
    }

    /// The deployment that a key leads to, by stage and index; `None` where there is none in that
    /// direction. From one that is not in any row, every step but the last leads to the first.
    pub fn neighbour(
        &self,
        planned: Planned<'_>,
        (stage, index): (usize, usize),
        step: Step,
    ) -> Option<(usize, usize)> {
        let runs = |stage: usize| planned.schedule.stages.get(stage).map(|run| run.runs.as_slice());
        if step == Step::Last {
            let below_all = (self.stages.len(), 0);
            return self.towards(planned, below_all, false, Some(Ms(u64::MAX)));
        }
        let here = runs(stage).and_then(|runs| {
            let line = self.stages.get(stage)?.line_with(index, runs)?;
            Some((line, runs, runs.get(index)?))
        });
        let Some((line, stage_runs, run)) = here.filter(|_| step != Step::First) else {
            return self.towards(planned, (0, 0), true, None);
        };
        match step {
            Step::Left | Step::Right => {
                let row = self.stages[stage].row(line)?;
                let found = row.beside(index, step == Step::Right, stage_runs)?;
                Some((stage, found))
            }
            Step::Down => self.towards(planned, (stage, line + 1), true, Some(run.start)),
            Step::Up => self.towards(planned, (stage, line), false, Some(run.start)),
            Step::First | Step::Last => None,
        }
    }

    /// The next row with a bar, from `line` of `stage` on or, upwards, before it; in it the bar at
    /// `time`.
    fn towards(
        &self,
        planned: Planned<'_>,
        (stage, line): (usize, usize),
        is_down: bool,
        time: Option<Ms>,
    ) -> Option<(usize, usize)> {
        let found = |stage: usize, line: usize| {
            let row = self.stages[stage].row(line)?;
            Some((stage, row.at(time, &planned.schedule.stages[stage].runs)?))
        };
        if is_down {
            return (stage..self.stages.len()).find_map(|i| {
                let first = if i == stage { line } else { 0 };
                (first..self.stages[i].row_count()).find_map(|line| found(i, line))
            });
        }
        (0..=stage).rev().filter(|&i| i < self.stages.len()).find_map(|i| {
            let count = self.stages[i].row_count();
            let end = if i == stage { line.min(count) } else { count };
            (0..end).rev().find_map(|line| found(i, line))
        })
    }
}

/// The bars of a line, for keys.
enum Row<'a> {
    One(usize),
    Many(&'a Items),
}

impl Row<'_> {
    /// The last one that has started at `time`, or else the first.
    fn at(&self, time: Option<Ms>, runs: &[Run]) -> Option<usize> {
        match self {
            Self::One(index) => Some(*index),
            Self::Many(Items { by_start, .. }) => {
                let started =
                    by_start.partition_point(|&index| Some(runs[index as usize].start) <= time);
                by_start.get(started.saturating_sub(1)).map(|&index| index as usize)
            }
        }
    }

    fn beside(&self, index: usize, is_right: bool, runs: &[Run]) -> Option<usize> {
        let Self::Many(items) = self else { return None };
        let position = items.position(u32::try_from(index).ok()?, runs)?;
        let next = if is_right { position + 1 } else { position.checked_sub(1)? };
        items.by_start.get(next).map(|&index| index as usize)
    }
}

impl crate::picture::StageIndex {
    /// Lines that may have bars: a collapsed stage has one, its header.
    fn row_count(&self) -> usize {
        match &self.lines {
            Lines::Collapsed(_) => 1,
            lines => lines.len(),
        }
    }

    fn row(&self, line: usize) -> Option<Row<'_>> {
        if let Lines::Collapsed(items) = &self.lines {
            return Some(Row::Many(items));
        }
        match self.lines.content(line)? {
            Content::One(index) => Some(Row::One(index)),
            Content::Head(head) => Some(Row::Many(&head.items)),
        }
    }

    fn line_with(&self, index: usize, runs: &[Run]) -> Option<usize> {
        match &self.lines {
            Lines::Collapsed(items) => {
                let index = u32::try_from(index).ok().filter(|&i| (i as usize) < runs.len())?;
                items.position(index, runs).map(|_| 0)
            }
            lines => lines.line_of(index),
        }
    }
}

//! Marks that bars have beside their colours: parts that are not work, and failures. They are explained only
//! where a bar has them.

use deployline_engine::{PartKind, Schedule, Status};

use crate::{LayoutOptions, Picture, text};

/// A mark that some bars have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyMark {
    /// What they do in a part.
    Part(PartKind),
    /// How they fail.
    Status(Status),
}

/// A mark with its name and position, in pixels of the whole picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeyItem {
    /// The mark.
    pub mark: KeyMark,
    /// Left edge of its swatch.
    pub x: f64,
    /// Upper edge of its swatch.
    pub y: f64,
}

/// Width of a swatch.
pub(crate) const SWATCH_WIDTH: f64 = 20.0;
/// Height of a swatch.
pub(crate) const SWATCH_HEIGHT: f64 = 12.0;
/// Distance from a swatch to its name.
pub(crate) const BESIDE_SWATCH: f64 = 6.0;
/// Distance from a name to the next swatch; names are estimated rather too wide.
const BESIDE_NAME: f64 = 12.0;
/// Distance from one line of swatches to the next.
const LINE_HEIGHT: f64 = 20.0;

impl KeyMark {
    /// All, in the order in which they are explained.
    const ALL: [Self; 8] = [
        Self::Part(PartKind::Wait),
        Self::Part(PartKind::Retry),
        Self::Part(PartKind::Manual),
        Self::Part(PartKind::Rollback),
        Self::Status(Status::Failed),
        Self::Status(Status::Ignored),
        Self::Status(Status::Aborted),
        Self::Status(Status::Cancelled),
    ];

    /// The marks of a schedule.
    pub fn of(schedule: &Schedule) -> Vec<Self> {
        let mut found = [false; Self::ALL.len()];
        let mut note = |mark: Self| {
            if let Some(at) = Self::ALL.iter().position(|it| *it == mark) {
                found[at] = true;
            }
        };
        for part in schedule.parts.iter().flat_map(|of| &of.parts) {
            note(Self::of_part(part.kind));
        }
        // Of a stage that went well, no deployment needs to be looked at.
        let is_well = |status| matches!(status, Status::Succeeded | Status::Skipped);
        for run in schedule.stages.iter().filter(|run| !is_well(run.status)).flat_map(|it| &it.runs)
        {
            note(Self::Status(run.status));
        }
        Self::ALL.into_iter().zip(found).filter(|(_, found)| *found).map(|(mark, _)| mark).collect()
    }

    /// The mark of a part: of those that look the same, one stands for all.
    fn of_part(kind: PartKind) -> Self {
        Self::Part(match kind {
            PartKind::Approval => PartKind::Manual,
            PartKind::Barrier | PartKind::Queue => PartKind::Wait,
            other => other,
        })
    }

    /// Its name, in a word or a few.
    pub fn name(self) -> &'static str {
        match self {
            Self::Part(PartKind::Retry) => "retry",
            Self::Part(PartKind::Manual | PartKind::Approval) => "waits for a person",
            Self::Part(PartKind::Wait | PartKind::Barrier | PartKind::Queue) => "waits",
            Self::Part(PartKind::Rollback) => "rollback",
            Self::Part(PartKind::Work) => "work",
            Self::Status(Status::Ignored) => "fails, ignored",
            Self::Status(Status::Aborted) => "aborts the run",
            Self::Status(Status::Cancelled) => "cancelled",
            Self::Status(_) => "fails",
        }
    }
}

impl Picture {
    /// Height of the lines that explain marks, below the rows.
    pub(crate) fn key_height(&self, options: &LayoutOptions) -> f64 {
        self.placed_key(options).last().map_or(0.0, |last| last.y + LINE_HEIGHT)
    }

    /// These lines, at the foot of a picture of this height.
    pub(crate) fn key_items(&self, height: f64, options: &LayoutOptions) -> Vec<KeyItem> {
        let top = height - self.key_height(options);
        let placed = self.placed_key(options).into_iter();
        placed.map(|item| KeyItem { y: item.y + top, ..item }).collect()
    }

    /// The marks below each other from 0 on, as many in a line as it has room for.
    fn placed_key(&self, options: &LayoutOptions) -> Vec<KeyItem> {
        if options.has_controls {
            return Vec::new();
        }
        let (left, right) = (options.margin, options.width - options.margin);
        let (mut x, mut y) = (left, 0.0);
        let mut items = Vec::new();
        for &mark in &self.key {
            let name = text::width(mark.name(), options.font_px);
            let width = SWATCH_WIDTH + BESIDE_SWATCH + name;
            if x > left && x + width > right {
                (x, y) = (left, y + LINE_HEIGHT);
            }
            items.push(KeyItem { mark, x, y });
            x += width + BESIDE_NAME;
        }
        items
    }
}

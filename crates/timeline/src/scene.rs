//! A picture laid out: stages, rows and bars with their places in pixels.

use deployline_engine::{DeploymentId, Ms, PartKind, Status};

use crate::key::KeyItem;
use crate::px::between;
use crate::{GroupId, TimeScale, TimeWindow};

/// A rectangle, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// The part of the picture that is visible.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// Width of the picture in pixels.
    pub width: f64,
    /// Distance of the visible part from the top, in pixels.
    pub top: f64,
    /// Height of the visible part, in pixels; infinite for all of it.
    pub height: f64,
    /// The visible time; `None` for all of the run.
    pub window: Option<TimeWindow>,
}

impl Viewport {
    /// All of a picture of this width.
    pub fn all(width: f64) -> Self {
        Self { width, top: 0.0, height: f64::INFINITY, window: None }
    }
}

/// Width of a stage's controls, where it has some.
pub(crate) const CONTROLS_WIDTH: f64 = 44.0;

/// Sizes in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayoutOptions {
    /// Width of the picture that the sizes are for.
    pub width: f64,
    /// Distance from one deployment's row to the next.
    pub row_height: f64,
    /// Height of the line that names a stage.
    pub band_header_height: f64,
    /// Space between stages.
    pub band_gap: f64,
    /// Width of the column that names each deployment; 0 puts the names to the bars.
    pub label_width: f64,
    /// Space at the left and right edge.
    pub margin: f64,
    /// Font size of names and numbers.
    pub font_px: f64,
    /// True for a picture that is worked with: it has what folds groups, leads to the YAML and changes
    /// durations.
    pub has_controls: bool,
}

impl LayoutOptions {
    /// Sizes that suit a picture of this width.
    pub fn for_width(width: f64) -> Self {
        let label_width = if width < 560.0 { 0.0 } else { between(width * 0.3, 180.0, 300.0) };
        Self {
            width,
            row_height: 24.0,
            band_header_height: 34.0,
            band_gap: 14.0,
            label_width,
            margin: 16.0,
            font_px: 12.0,
            has_controls: false,
        }
    }

    /// Width of the controls at the right end of a stage's header.
    pub(crate) fn controls_width(&self) -> f64 {
        if self.has_controls { CONTROLS_WIDTH } else { 0.0 }
    }
}

/// Stages, rows and bars that a viewport shows, with their positions in pixels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// Width of the picture.
    pub width: f64,
    /// Height of the whole picture, visible or not.
    pub height: f64,
    /// Left end of the visible time.
    pub plot_left: f64,
    /// Right end of the visible time.
    pub plot_right: f64,
    /// Time to places and back.
    pub scale: TimeScale,
    /// Right end of the rows' numbers.
    pub number_right: f64,
    /// Left end of the rows' names.
    pub name_left: f64,
    /// True where there are controls; see [`LayoutOptions::has_controls`].
    pub has_controls: bool,
    /// Marks on the time axis.
    pub ticks: Vec<Tick>,
    /// The stages, those inside others behind them; only visible ones.
    pub bands: Vec<Band>,
    /// Headers of groups, and the names of slots; only visible ones.
    pub headers: Vec<GroupHeader>,
    /// The deployments, from the top down; only visible ones.
    pub bars: Vec<Bar>,
    /// Deployments too near each other to be told apart; only visible ones.
    pub clusters: Vec<Cluster>,
    /// Slots with nothing to do; only visible ones.
    pub idle: Vec<IdleSlot>,
    /// Names of the marks that bars have, below the rows; empty in a picture that is worked with, which has
    /// them beside it.
    pub key: Vec<KeyItem>,
}

/// A mark on the time axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Its position.
    pub x: f64,
    /// The time, as `1h 30m`.
    pub label: String,
}

/// A stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Index of the stage.
    pub stage: usize,
    /// Upper edge.
    pub y: f64,
    /// With all its rows.
    pub height: f64,
    /// Upper edge of its rows.
    pub rows_y: f64,
    /// Number of stages that it is in: 1 for one of a pipeline that a deployment runs.
    pub depth: u8,
    /// Its start and end on the time axis, cut to the visible time.
    pub span_x: (f64, f64),
    /// Its name.
    pub title: String,
    /// Number of deployments, and of those at once, in words.
    pub detail: String,
    /// Its start and end, in words.
    pub times: String,
    /// True where it runs beside the stage before it.
    pub is_parallel: bool,
    /// The run leaves it out.
    pub is_left_out: bool,
    /// True where its bars are thin ones in its header.
    pub is_collapsed: bool,
    /// Number of its deployments that the filter finds.
    pub found: usize,
    /// Number of its deployments.
    pub total: usize,
}

/// The header of a group of rows, or the name of a slot.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupHeader {
    /// Index of the stage.
    pub stage: usize,
    /// The group; `None` for a slot.
    pub group: Option<GroupId>,
    /// Left end of its name.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Height.
    pub height: f64,
    /// Number of groups that it is in.
    pub depth: u8,
    /// Its name, shortened to fit.
    pub name: String,
    /// Number of its deployments, and of those that the filter finds: `40`, `3 of 40`.
    pub detail: String,
    /// Start of its first deployment and end of its last one, in words.
    pub times: String,
    /// The same on the time axis, cut to the visible time and to what the name leaves of it.
    pub span_x: (f64, f64),
    /// Number of its deployments that the filter finds.
    pub found: usize,
    /// Number of its deployments.
    pub total: usize,
    /// True where its bars are thin ones in this row.
    pub is_collapsed: bool,
}

/// Several deployments of one row in one shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Index of the stage.
    pub stage: usize,
    /// Index of the first of them, by time, in the stage's list.
    pub first: usize,
    /// Number of them.
    pub count: usize,
    /// Start of the first one.
    pub from: Ms,
    /// End of the last one, and of all that started before in its row.
    pub to: Ms,
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// At least enough to be seen; ends before the row's next shape.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// Theirs where they have one in common, as far as a few of them show it.
    pub color: Color,
}

/// The time in which a slot has nothing to do though its stage runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IdleSlot {
    /// Index of the stage.
    pub stage: usize,
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// A deployment.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Index of the stage.
    pub stage: usize,
    /// Index in the stage's list.
    pub index: usize,
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// At least enough to be seen.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// By what the arrangement says.
    pub color: Color,
    /// Its place in the order, from 1.
    pub number: String,
    /// `service → target`, shortened to the column of names; empty without that column.
    pub row_label: String,
    /// Text in the bar, or beside it where the bar is too short; shortened to fit.
    pub bar_label: String,
    /// Left end of `bar_label`.
    pub bar_label_x: f64,
    /// Place of `bar_label`.
    pub label_place: LabelPlace,
    /// Its status at the end.
    pub status: Status,
    /// What it does in order, as far as it is visible; empty where all of it is work.
    pub parts: Vec<BarPart>,
    /// Its steps in order, where they are shown and there is room for them.
    pub steps: Vec<BarStep>,
    /// It stands for something the YAML can't say.
    pub is_placeholder: bool,
    /// It starts before the visible time.
    pub is_cut_left: bool,
    /// It ends after the visible time.
    pub is_cut_right: bool,
    /// Only its row is visible; it runs at another time. `x` is the nearer end of the plot.
    pub is_outside: bool,
    /// No other bar is in its row: the whole row stands for it.
    pub is_alone: bool,
    /// It is in the header of a collapsed group.
    pub is_thin: bool,
    /// The filter does not find it.
    pub is_dimmed: bool,
    /// The run leaves its stage out.
    pub is_left_out: bool,
    /// It lasts as long as the pipeline that it runs.
    pub runs_pipeline: bool,
    /// Left edge and width of where it is in the plan it is compared with.
    pub ghost: Option<(f64, f64)>,
}

/// Place of a bar's label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LabelPlace {
    /// In the bar; of one with parts, in its work.
    #[default]
    Inside,
    /// Beside the bar, which is too short for it.
    Beside,
    /// Across all parts of the bar, where neither its work nor the space beside it is wide enough.
    Across,
}

impl Bar {
    /// The deployment that it stands for.
    pub fn at(&self) -> DeploymentId {
        DeploymentId { stage: self.stage as u32, index: self.index as u32 }
    }

    /// Right edge of its work, in which its label stands and whose end is dragged; its left edge where the
    /// work is out of sight.
    pub fn work_end(&self) -> f64 {
        let width = match self.parts.first() {
            None => self.width,
            Some(part) if part.kind == PartKind::Work => part.width,
            Some(_) => 0.0,
        };
        self.x + width
    }
}

/// A part of a bar that is more than work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BarPart {
    /// What the deployment does.
    pub kind: PartKind,
    /// Left edge; of a retry, that of the attempt without the wait before it.
    pub x: f64,
    /// Width.
    pub width: f64,
}

/// A step in a bar, or several side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct BarStep {
    /// Left edge.
    pub x: f64,
    /// Width.
    pub width: f64,
    /// Its name, shortened to fit; empty where there is no room.
    pub name: String,
    /// Its part of the bar is no plain colour: it waits, or is rolled back.
    pub is_patterned: bool,
}

/// The colour of a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// One of the ten, from 0 to [`crate::COLOR_COUNT`].
    Nth(u8),
    /// That of a stage without deployments.
    Neutral,
}

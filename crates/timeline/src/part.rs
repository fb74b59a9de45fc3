//! Meanings of shapes, and the classes by which style sheets know them.

use std::fmt;

use deployline_engine::{DeploymentId, PartKind, Status};

use crate::{Color, Hit, KeyMark};

/// Meaning of a shape: the part of the picture that it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Part {
    /// Shapes of one kind. Each kind has a group of its own, so that one more of it moves no others.
    Layer,
    /// A mark on the time axis.
    Tick,
    /// The same through the rows.
    GridLine,
    /// The background of a stage.
    Band,
    /// The background of a stage inside another one: of a pipeline that a deployment runs.
    InnerBand,
    /// The line that names a stage, by the stage's index.
    BandHeader(usize),
    /// A stage's name.
    BandTitle,
    /// Start and end of a stage.
    BandTimes,
    /// The button that leads to a stage's lines in the YAML, by the stage's index.
    StageSource(usize),
    /// The line that names a group, by its position in [`Scene::headers`](crate::Scene::headers).
    GroupHeader(usize),
    /// The line that names a slot.
    SlotHeader,
    /// The name of a group or a slot.
    HeaderName,
    /// A line from the start of a group's first deployment to the end of its last.
    GroupSpan,
    /// Numbers behind the name of a stage or a group.
    Detail,
    /// An invisible area that folds something when it is clicked.
    FoldArea,
    /// An arrow that points down where something is unfolded below it.
    Caret,
    /// The time in which a slot has nothing to do.
    Idle,
    /// A deployment: all that is in its row, or the bar alone.
    Bar(BarState),
    /// An invisible area that makes all of a deployment's row its own.
    RowArea,
    /// The outline of a bar in the plan that this one is compared with.
    Ghost,
    /// The bar itself, of one deployment or of several.
    BarBody,
    /// What a deployment does in a part of its bar.
    BarPart(PartKind),
    /// The edges between the steps of a bar.
    StepEdges,
    /// The name of a step in a bar.
    StepName {
        /// It stands on a part of the bar that is no plain colour.
        is_patterned: bool,
    },
    /// The end of a deployment that stops the run.
    Stop,
    /// A mark of bars, where it is explained.
    Key(KeyMark),
    /// Its name.
    KeyName,
    /// The number of a deployment in the order.
    Number,
    /// The name of a deployment at the left of its row.
    RowLabel,
    /// The name of a deployment in its bar.
    LabelInside,
    /// The same beside its bar.
    LabelBeside,
    /// The same across the parts of its bar.
    LabelAcross,
    /// The duration that a bar would have, while its end is dragged.
    DraggedDuration,
    /// An invisible handle by which a bar's end is dragged.
    BarEnd(DeploymentId),
    /// Several deployments in one bar.
    Cluster {
        /// Position in [`Scene::clusters`](crate::Scene::clusters).
        cluster: usize,
        /// Theirs.
        color: Color,
    },
    /// A connector from one deployment to the one that it lets start.
    Link {
        /// True for a part of the critical path.
        is_critical: bool,
    },
    /// A connector from a stage to one that depends on it.
    Dependency,
    /// The instant at which the run is looked at.
    Playhead,
    /// A text beside the pointer.
    Title,
    /// The area or line of a kind in the graph.
    Level(LevelKind),
    /// The colour of a kind in the graph's legend.
    LevelKey(LevelKind),
    /// The name of a kind in the graph's legend.
    LevelName,
    /// Bars of a stage, in the strip of all of the picture.
    StripStage {
        /// Stages that follow each other can be told apart.
        is_odd: bool,
    },
    /// The visible part, in the strip of all of the picture.
    StripWindow,
}

/// Kinds of deployments that are counted over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelKind {
    /// Those that run.
    Running,
    /// Those that wait for a slot.
    Waiting,
    /// The number that may run at once.
    Limit,
}

/// A deployment and how its bar looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BarState {
    /// The deployment.
    pub at: DeploymentId,
    /// By what the arrangement says.
    pub color: Color,
    /// Its status at the end.
    pub status: Status,
    /// It has parts, which are drawn over its body.
    pub has_parts: bool,
    /// It stands for something the YAML can't say.
    pub is_placeholder: bool,
    /// The filter does not find it.
    pub is_dimmed: bool,
    /// The run leaves its stage out.
    pub is_left_out: bool,
    /// Marks of a viewer.
    pub marks: BarMarks,
}

/// Marks of a viewer on a bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BarMarks {
    /// It is picked.
    pub is_selected: bool,
    /// The line of the editor's cursor makes it.
    pub is_at_cursor: bool,
    /// It is in the chain that the picked one waits for.
    pub is_in_chain: bool,
    /// It is in the critical path.
    pub is_critical: bool,
    /// It depends on the assumption that is looked at.
    pub is_dependent: bool,
    /// Its progress, while the run is played.
    pub progress: Option<Progress>,
}

/// Progress of a deployment at an instant of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It has not started.
    Waiting,
    /// It runs.
    Running,
    /// It is over, in whatever way.
    Done,
}

impl Part {
    /// Classes of its shape in style sheets; empty for a shape without a style of its own.
    pub fn class(self) -> String {
        let mut class = String::new();
        // Writing to a string does not fail.
        let _ = self.write_class(&mut class);
        class
    }

    /// Writes [`Part::class`].
    pub(crate) fn write_class(self, out: &mut dyn fmt::Write) -> fmt::Result {
        match self {
            Self::Bar(state) => state.write_class(out),
            Self::Cluster { color, .. } => write!(out, "dl-cluster {}", color.class()),
            Self::Link { is_critical: true } => out.write_str("dl-chain-line dl-critical-line"),
            part => out.write_str(part.fixed_class()),
        }
    }

    /// The class of what always looks the same.
    fn fixed_class(self) -> &'static str {
        match self {
            Self::Layer | Self::Title => "",
            Self::Tick => "dl-tick",
            Self::GridLine => "dl-grid",
            Self::Band => "dl-band",
            Self::InnerBand => "dl-inner-band",
            Self::BandHeader(_) => "dl-band-header",
            Self::BandTitle => "dl-band-title",
            Self::BandTimes | Self::Detail | Self::KeyName => "dl-detail",
            Self::StageSource(_) => "dl-to-stage",
            Self::GroupHeader(_) => "dl-group-header",
            Self::SlotHeader => "dl-slot-header",
            Self::GroupSpan => "dl-span",
            Self::FoldArea => "dl-fold-area",
            Self::Caret => "dl-caret",
            Self::Idle => "dl-idle",
            Self::Bar(_) => "dl-bar",
            Self::RowArea => "dl-row-area",
            Self::Ghost => "dl-ghost",
            Self::BarBody => "dl-shape",
            Self::BarPart(PartKind::Work) => "dl-part dl-work",
            Self::BarPart(PartKind::Retry) => "dl-part dl-retry",
            Self::BarPart(PartKind::Manual | PartKind::Approval) => "dl-part dl-manual",
            Self::BarPart(PartKind::Wait | PartKind::Barrier | PartKind::Queue) => {
                "dl-part dl-wait"
            }
            Self::BarPart(PartKind::Rollback) => "dl-part dl-rollback",
            Self::StepEdges => "dl-step-edges",
            Self::StepName { is_patterned: false } => "dl-inside dl-step",
            Self::StepName { is_patterned: true } => "dl-name dl-across dl-step",
            Self::Stop => "dl-stop",
            Self::Key(KeyMark::Part(_)) => "dl-key dl-neutral dl-parted",
            Self::Key(KeyMark::Status(Status::Ignored)) => "dl-key dl-neutral dl-ignored",
            Self::Key(KeyMark::Status(_)) => "dl-key dl-neutral dl-failed",
            Self::Number => "dl-number",
            Self::HeaderName | Self::RowLabel | Self::LabelBeside => "dl-name",
            Self::LabelInside => "dl-inside",
            Self::LabelAcross => "dl-name dl-across",
            Self::DraggedDuration => "dl-name dl-preview",
            Self::BarEnd(_) => "dl-end",
            Self::Cluster { .. } => "dl-cluster",
            Self::Link { .. } => "dl-chain-line",
            Self::Dependency => "dl-dependency-line",
            Self::Playhead => "dl-playhead",
            Self::Level(LevelKind::Running) | Self::LevelKey(LevelKind::Running) => {
                "dl-level-running"
            }
            Self::Level(LevelKind::Waiting) | Self::LevelKey(LevelKind::Waiting) => {
                "dl-level-waiting"
            }
            Self::Level(LevelKind::Limit) => "dl-level-limit",
            Self::LevelKey(LevelKind::Limit) => "dl-level-limit-key",
            Self::LevelName => "dl-level-name",
            Self::StripStage { is_odd: false } => "dl-strip-stage",
            Self::StripStage { is_odd: true } => "dl-strip-stage dl-strip-other",
            Self::StripWindow => "dl-strip-window",
        }
    }

    /// Subject of a click on its shape; `None` where that is what the shape is in.
    pub fn hit(self) -> Option<Hit> {
        Some(match self {
            Self::Bar(state) => Hit::Deployment(state.at),
            Self::BarEnd(at) => Hit::BarEnd(at),
            Self::BandHeader(stage) => Hit::Stage(stage),
            Self::StageSource(stage) => Hit::StageSource(stage),
            Self::GroupHeader(header) => Hit::Group(header),
            Self::Cluster { cluster, .. } => Hit::Cluster(cluster),
            _ => return None,
        })
    }
}

impl BarState {
    fn write_class(self, out: &mut dyn fmt::Write) -> fmt::Result {
        write!(out, "dl-bar {}", self.color.class())?;
        let marks = self.marks;
        let progress = |progress: Progress| marks.progress == Some(progress);
        for (is_so, class) in [
            (self.has_parts, " dl-parted"),
            (self.is_placeholder, " dl-placeholder"),
            (self.status == Status::Skipped, " dl-skipped"),
            (
                matches!(self.status, Status::Failed | Status::Aborted | Status::Cancelled),
                " dl-failed",
            ),
            (self.status == Status::Ignored, " dl-ignored"),
            (marks.is_selected, " dl-selected"),
            (marks.is_at_cursor, " dl-at-cursor"),
            (marks.is_in_chain, " dl-in-chain"),
            (marks.is_critical, " dl-critical"),
            (marks.is_dependent, " dl-dependent"),
            (self.is_dimmed, " dl-dimmed"),
            (self.is_left_out, " dl-left-out"),
            (progress(Progress::Waiting), " dl-waiting"),
            (progress(Progress::Running), " dl-running"),
            (progress(Progress::Done), " dl-done"),
        ] {
            if is_so {
                out.write_str(class)?;
            }
        }
        Ok(())
    }
}

impl Color {
    /// Its class in style sheets.
    pub fn class(self) -> &'static str {
        const NTH: [&str; crate::COLOR_COUNT as usize] = [
            "dl-c0", "dl-c1", "dl-c2", "dl-c3", "dl-c4", "dl-c5", "dl-c6", "dl-c7", "dl-c8",
            "dl-c9",
        ];
        match self {
            Self::Nth(color) => NTH.get(usize::from(color)).copied().unwrap_or(NEUTRAL),
            Self::Neutral => NEUTRAL,
        }
    }
}

const NEUTRAL: &str = "dl-neutral";

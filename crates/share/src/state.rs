//! The state that a link carries, apart from the types of the page.

use deployline_engine::{Assumptions, DeploymentId};
use deployline_map::Map;
use deployline_planner::Inputs;
use deployline_timeline::{Arrangement, TimeWindow};

/// Everything that a link carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkState {
    /// The plan.
    pub plan: PlanSource,
    /// The plan that it is compared with.
    pub pinned: Option<PlanSource>,
    /// Arrangement, visible time and selection.
    pub view: View,
}

/// A link that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenedLink {
    /// What it carries.
    pub state: LinkState,
    /// Sentences for its reader about values that were out of bounds, and what became of them.
    pub note: Option<String>,
}

/// Everything that decides a plan and its schedule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanSource {
    /// The YAML: the pipeline first, then entities, input sets and templates.
    pub texts: Vec<Text>,
    /// Choices where the YAML leaves something open.
    pub inputs: Inputs,
    /// Answers to the other questions that the YAML leaves open, as `deployline_inputs` keys them.
    pub answers: Map<String, String>,
    /// Assumptions about the run.
    pub assumptions: Assumptions,
}

/// A text with its file name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Its file name; may be empty.
    pub name: String,
    /// The YAML.
    pub text: String,
}

/// View of a plan. Light or dark is its reader's own choice, and so not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Rows, colours, folded groups and the filter.
    pub arrangement: Arrangement,
    /// The visible time; `None` for all of the run.
    pub window: Option<TimeWindow>,
    /// `true` while the critical path is shown.
    pub shows_critical_path: bool,
    /// `true` while the run is drawn in waves.
    pub is_waves: bool,
    /// The selected deployment.
    pub selection: Option<DeploymentId>,
}

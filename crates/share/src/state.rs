//! The state that a link carries, apart from the types of the page.

use deployline_engine::{Assumptions, At};
use deployline_map::Map;
use deployline_planner::Inputs;
use deployline_timeline::{Arrangement, TimeWindow};

/// All that a link carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// What is planned.
    pub plan: Source,
    /// What it is compared with.
    pub pinned: Option<Source>,
    /// How it is looked at.
    pub look: Look,
}

/// All that decides a plan and its schedule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The YAML: the pipeline first, then entities, input sets and templates.
    pub texts: Vec<Text>,
    /// Choices where the YAML leaves something open.
    pub inputs: Inputs,
    /// What was given by hand for the rest that it leaves open, as `deployline_inputs` keys it.
    pub answers: Map<String, String>,
    /// What is assumed about the run.
    pub assumptions: Assumptions,
}

/// A text and what it is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Its file name; may be empty.
    pub name: String,
    /// The YAML.
    pub text: String,
}

/// How a plan is looked at. Light or dark is its reader's own choice, and so not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Rows, colours, folded groups and the filter.
    pub arrangement: Arrangement,
    /// The visible time; `None` for all of the run.
    pub window: Option<TimeWindow>,
    /// Whether the chain that decides the end is shown.
    pub shows_critical_path: bool,
    /// Whether the run is drawn in waves.
    pub is_waves: bool,
    /// The deployment that is picked.
    pub selection: Option<At>,
}

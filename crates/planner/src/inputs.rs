//! The viewer's choices where the YAML leaves something open.

use deployline_engine::{AxisName, PartialRun};
use deployline_map::Map;
use deployline_span::SourceId;

/// Source of a text that is made from the viewer's answers.
///
/// Input sets of this source settle any expression at their paths, and not only `<+input>`, since the
/// viewer may know what a run would find.
pub const ANSWERS: SourceId = SourceId(u16::MAX);

/// Choices for what only a run knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Values of the flags that are expressions, by stage identifier and axis. The choice for a stage
    /// holds for those that take the list from it, unless there is one for them.
    pub parallel: Map<(String, AxisName), bool>,
    /// Values of the conditions that the text leaves undecided, by stage identifier.
    pub conditions: Map<String, bool>,
    /// Choice of a DAG, in which stages wait for those in their `dependsOn`; `None` for what the text suggests.
    pub dag: Option<bool>,
    /// Identifiers of the input sets and overlays of the texts that are laid over the pipeline, in order: the last
    /// one wins. `None` for all of them, in the order of the texts.
    pub input_sets: Option<Vec<String>>,
    /// `true` where a list of the newer schema without a flag runs side by side, as its documentation says.
    pub is_v1_default_parallel: bool,
    /// `true` where `needs` of the newer schema is taken for the dependencies of a DAG.
    pub needs_as_dag: bool,
    /// The stages that the run is started for.
    pub partial: PartialRun,
}

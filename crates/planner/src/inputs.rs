//! What the viewer decides where the YAML leaves it open.

use deployline_engine::AxisName;
use deployline_map::Map;
use deployline_span::SourceId;

/// The source of a text that was not written by anyone, but made from what the viewer gave by hand.
///
/// Input sets of this source settle any expression at their paths, and not only `<+input>`: the
/// viewer says what a run would find.
pub const BY_HAND: SourceId = SourceId(u16::MAX);

/// Answers to what only a run would tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// By stage identifier and axis: whether an axis whose flag is an expression is parallel. Said of
    /// a stage, it holds for those that take the list from it, unless something is said of them.
    pub parallel: Map<(String, AxisName), bool>,
}

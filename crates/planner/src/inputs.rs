//! What the viewer decides where the YAML leaves it open.

use std::collections::BTreeMap;

/// Answers to what only a run would tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// By stage identifier and axis: whether an axis whose flag is an expression is parallel.
    pub parallel: BTreeMap<(String, AxisName), bool>,
}

/// One of the two axes of a deployment stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AxisName {
    /// `services`
    Services,
    /// `environments` or `environmentGroup`, flattened to infrastructures.
    Targets,
}

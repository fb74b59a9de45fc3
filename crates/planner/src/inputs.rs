//! What the viewer decides where the YAML leaves it open.

use std::collections::BTreeMap;

use crate::AxisName;

/// Answers to what only a run would tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// By stage identifier and axis: whether an axis whose flag is an expression is parallel.
    pub parallel: BTreeMap<(String, AxisName), bool>,
}

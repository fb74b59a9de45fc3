//! Marks of a viewer in a picture.

use deployline_engine::{DeploymentId, Ms};

use crate::{BarMarks, Link};

/// Marks of a viewer in a picture; by default none.
#[derive(Clone, Copy)]
pub struct Marks<'a> {
    /// Marks of each bar.
    pub of_bar: &'a dyn Fn(DeploymentId) -> BarMarks,
    /// A bar in words, for those who do not see it; empty where its texts say enough.
    pub label: &'a dyn Fn(DeploymentId) -> String,
    /// The bar whose end is dragged.
    pub dragged: Option<DraggedBar>,
    /// Connectors of the chain that the picked deployment waits for.
    pub chain: &'a [Link],
    /// Connectors of the picked deployment's stage with those that it waits for, and that wait for it.
    pub dependencies: &'a [Link],
    /// Connectors of the critical path.
    pub critical_path: &'a [Link],
    /// The instant at which the run is looked at.
    pub playhead: Option<Ms>,
}

/// A bar whose end is being dragged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DraggedBar {
    /// The deployment.
    pub at: DeploymentId,
    /// The duration that it would have.
    pub duration: Ms,
    /// The width that its bar would have, in pixels.
    pub width: f64,
}

impl Default for Marks<'_> {
    fn default() -> Self {
        Self {
            of_bar: &|_| BarMarks::default(),
            label: &|_| String::new(),
            dragged: None,
            chain: &[],
            dependencies: &[],
            critical_path: &[],
            playhead: None,
        }
    }
}

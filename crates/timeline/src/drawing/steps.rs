//! Steps of a bar: their names, and lines between them.

use std::fmt::Write as _;

use super::measures::BASELINE;
use crate::{Bar, Part, Px, Shape};

/// Space between the edge of a step and its name.
const PADDING: f64 = 4.0;

/// Adds the steps of a bar.
pub(super) fn push(shapes: &mut Vec<Shape>, bar: &Bar) {
    let mut edges = String::new();
    for step in bar.steps.iter().skip(1) {
        // Writing to a string does not fail.
        let _ = write!(edges, "M{} {}v{}", Px(step.x), Px(bar.y), Px(bar.height));
    }
    if !edges.is_empty() {
        shapes.push(Shape::path(Part::StepEdges, edges));
    }
    let baseline = bar.y + bar.height / 2.0 + BASELINE;
    for step in bar.steps.iter().filter(|step| !step.name.is_empty()) {
        let part = Part::StepName { is_patterned: step.is_patterned };
        shapes.push(Shape::text(part, step.x + PADDING, baseline, &step.name));
    }
}

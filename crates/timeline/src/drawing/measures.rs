//! Distances and lines that several drawings have in common.

use deployline_engine::Ms;

use crate::{Part, Px, Rect, Scene, Shape, TimeScale};

/// Distance of what is as wide as the picture from its edges, in pixels.
pub(super) const INSET: f64 = 8.0;
/// Distance of a stage inside another one from its edge, in pixels.
pub(super) const INDENT: f64 = 12.0;
/// Distance of a text's baseline from the middle of its line, in pixels.
pub(super) const BASELINE: f64 = 4.0;

/// Shapes of one kind.
pub(super) fn layer(shapes: impl IntoIterator<Item = Shape>) -> Shape {
    Shape::group(Part::Layer, shapes.into_iter().collect())
}

/// A rectangle from the one edge of the picture to the other.
pub(super) fn full_width(scene: &Scene, y: f64, height: f64) -> Rect {
    Rect { x: INSET, y, width: scene.width - 2.0 * INSET, height }
}

/// A line from the top down.
pub(super) fn vertical(part: Part, x: f64, height: f64) -> Shape {
    Shape::path(part, format!("M{} 0V{}", Px(x), Px(height)))
}

/// The instant at which the run is looked at, unless that is out of sight.
pub(super) fn playhead(scale: &TimeScale, time: Option<Ms>, height: f64) -> Option<Shape> {
    let time = time.filter(|time| (scale.window.from..=scale.window.to).contains(time))?;
    Some(vertical(Part::Playhead, scale.x(time), height))
}

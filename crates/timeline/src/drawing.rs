//! From a [`Scene`] to [`Shape`]s: where each line, text and bar of a picture stands.

mod bar;
mod graph;
mod header;
mod strip;

pub use graph::{GRAPH_HEIGHT, graph, graph_shapes};
pub use strip::strip_shapes;

use deployline_engine::Ms;

use crate::shape::Anchor;
use crate::{Band, IdleSlot, Link, Marks, Part, Px, Rect, Scene, Shape, TimeScale};

/// Height of the time axis, in pixels.
pub const AXIS_HEIGHT: f64 = 30.0;

/// Distance of what is as wide as the picture from its edges.
const INSET: f64 = 8.0;
/// Distance of a text's baseline from the middle of its line.
const BASELINE: f64 = 4.0;

/// The rows that a scene shows, from the back to the front: each kind of shape in a group of its own.
pub fn shapes(scene: &Scene, marks: &Marks<'_>) -> Vec<Shape> {
    let bands = &scene.bands;
    let headers = scene.headers.iter().enumerate();
    let clusters = scene.clusters.iter().enumerate();
    let links = |links: &[Link], is_critical: bool| {
        layer(links.iter().map(|link| Shape::path(Part::Link { is_critical }, link.path.clone())))
    };
    vec![
        layer(bands.iter().map(|band| band_shape(scene, band))),
        layer(scene.idle.iter().map(idle)),
        layer(scene.ticks.iter().map(|tick| vertical(Part::GridLine, tick.x, scene.height))),
        layer(bands.iter().map(|band| header::of_stage(scene, band))),
        layer(headers.map(|(i, header)| header::of_group(scene, i, header))),
        layer(scene.bars.iter().map(|bar| bar::of_deployment(scene, bar, marks))),
        layer(clusters.map(|(i, cluster)| bar::of_several(i, cluster))),
        links(marks.critical_path, true),
        links(marks.chain, false),
        layer(playhead(&scene.scale, marks.playhead, scene.height).into_iter()),
    ]
}

/// The time axis above the rows.
pub fn axis_shapes(scene: &Scene) -> Vec<Shape> {
    let mark = |tick: &crate::Tick| {
        Shape::text(Part::Tick, tick.x, 19.0, &tick.label).anchored(Anchor::Middle).sized(11.0)
    };
    scene.ticks.iter().map(mark).collect()
}

fn layer(shapes: impl Iterator<Item = Shape>) -> Shape {
    Shape::group(Part::Layer, shapes.collect())
}

/// A rectangle from the one edge of the picture to the other.
fn full_width(scene: &Scene, y: f64, height: f64) -> Rect {
    Rect { x: INSET, y, width: scene.width - 2.0 * INSET, height }
}

fn band_shape(scene: &Scene, band: &Band) -> Shape {
    Shape::rect(Part::Band, full_width(scene, band.y, band.height), 8.0)
}

fn idle(idle: &IdleSlot) -> Shape {
    let IdleSlot { x, y, width, height, .. } = *idle;
    Shape::rect(Part::Idle, Rect { x, y, width, height }, 3.0)
}

fn vertical(part: Part, x: f64, height: f64) -> Shape {
    Shape::path(part, format!("M{} 0V{}", Px(x), Px(height)))
}

/// Where the run is, unless that is out of sight.
fn playhead(scale: &TimeScale, time: Option<Ms>, height: f64) -> Option<Shape> {
    let time = time.filter(|time| (scale.window.from..=scale.window.to).contains(time))?;
    Some(vertical(Part::Playhead, scale.x(time), height))
}

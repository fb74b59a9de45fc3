//! From a [`Scene`] to [`Shape`]s: where each line, text and bar of a picture stands.

mod bar;
mod graph;
mod header;
mod key;
mod measures;
mod parts;
mod steps;
mod strip;

use self::measures::{INDENT, INSET, full_width, layer, playhead, vertical};
use crate::shape::Anchor;
use crate::{Band, IdleSlot, Link, Marks, Part, Rect, Scene, Shape};

pub use self::graph::{GRAPH_HEIGHT, graph, graph_shapes};
pub use self::key::swatch;
pub use self::strip::strip_shapes;

/// Height of the time axis, in pixels.
pub const AXIS_HEIGHT: f64 = 30.0;

/// Distance of the key from the lines above it.
const ABOVE_KEY: f64 = 4.0;

/// The rows that a scene shows, from the back to the front: each kind of shape in a group of its own.
pub fn shapes(scene: &Scene, marks: &Marks<'_>) -> Vec<Shape> {
    let bands = &scene.bands;
    let rows_end = scene.key.first().map_or(scene.height, |item| item.y - ABOVE_KEY);
    let headers = scene.headers.iter().enumerate();
    let clusters = scene.clusters.iter().enumerate();
    let links = |links: &[Link], part: Part| {
        layer(links.iter().map(|link| Shape::path(part, link.path.clone())))
    };
    vec![
        layer(bands.iter().map(|band| band_shape(scene, band))),
        layer(scene.idle.iter().map(idle)),
        layer(scene.ticks.iter().map(|tick| vertical(Part::GridLine, tick.x, rows_end))),
        layer(bands.iter().map(|band| header::of_stage(scene, band))),
        layer(headers.map(|(i, header)| header::of_group(scene, i, header))),
        layer(scene.bars.iter().map(|bar| bar::of_deployment(scene, bar, marks))),
        layer(clusters.map(|(i, cluster)| bar::of_several(i, cluster))),
        links(marks.dependencies, Part::Dependency),
        links(marks.critical_path, Part::Link { is_critical: true }),
        links(marks.chain, Part::Link { is_critical: false }),
        layer(scene.key.iter().map(key::item)),
        layer(playhead(&scene.scale, marks.playhead, scene.height)),
    ]
}

/// The time axis above the rows.
pub fn axis_shapes(scene: &Scene) -> Vec<Shape> {
    let mark = |tick: &crate::Tick| {
        Shape::text(Part::Tick, tick.x, 19.0, &tick.label).anchored(Anchor::Middle).sized(11.0)
    };
    scene.ticks.iter().map(mark).collect()
}

fn band_shape(scene: &Scene, band: &Band) -> Shape {
    let all = full_width(scene, band.y, band.height);
    if band.depth == 0 {
        return Shape::rect(Part::Band, all, 8.0);
    }
    let inset = f64::from(band.depth) * INDENT - INSET / 2.0;
    let rect = Rect { x: all.x + inset, width: all.width - inset - INSET / 2.0, ..all };
    Shape::rect(Part::InnerBand, rect, 6.0)
}

fn idle(idle: &IdleSlot) -> Shape {
    let IdleSlot { x, y, width, height, .. } = *idle;
    Shape::rect(Part::Idle, Rect { x, y, width, height }, 3.0)
}

//! The strip above the rows: all of the picture, and the visible part of it.

use super::measures::layer;
use crate::{Overview, Part, Rect, Shape};

/// The least that is drawn of the visible part, so that it can be dragged.
const MIN_WINDOW: f64 = 8.0;

/// The strip, with `visible` as a window in it. Stages of one colour are one path: there may be thousands.
pub fn strip_shapes(overview: &Overview, visible: Rect) -> Vec<Shape> {
    let of_color = |is_odd: bool| {
        let stages = overview.stages.iter().filter(|stage| (stage.stage % 2 == 1) == is_odd);
        Shape::path(Part::StripStage { is_odd }, stages.map(|stage| &*stage.path).collect())
    };
    vec![
        layer([false, true].map(of_color)),
        Shape::rect(Part::StripWindow, window(overview, visible), 3.0),
    ]
}

/// The window, large enough to be seen and inside of the strip.
fn window(overview: &Overview, visible: Rect) -> Rect {
    let (width, height) = (visible.width.max(MIN_WINDOW), visible.height.max(MIN_WINDOW));
    Rect {
        x: visible.x.min(overview.width - width).max(0.0) + 1.0,
        y: visible.y.min(overview.height - height).max(0.0) + 1.0,
        width: (width - 2.0).max(1.0),
        height: height - 2.0,
    }
}

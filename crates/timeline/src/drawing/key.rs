//! Marks of bars with their names.

use deployline_engine::Status;

use super::bar::{RADIUS, stop};
use super::parts;
use crate::key::{BESIDE_SWATCH, KeyItem, SWATCH_HEIGHT, SWATCH_WIDTH};
use crate::{BarPart, KeyMark, Part, Rect, Shape};

/// A mark as bars have it, on a small one with its upper left corner at this point.
pub fn swatch(mark: KeyMark, x: f64, y: f64) -> Shape {
    let rect = Rect { x, y, width: SWATCH_WIDTH, height: SWATCH_HEIGHT };
    let mut shapes = vec![Shape::rect(Part::BarBody, rect, RADIUS)];
    match mark {
        KeyMark::Part(kind) => {
            parts::push(&mut shapes, &[BarPart { kind, x, width: rect.width }], rect, RADIUS);
        }
        KeyMark::Status(Status::Aborted | Status::Cancelled) => shapes.push(stop(rect)),
        KeyMark::Status(_) => {}
    }
    Shape::group(Part::Key(mark), shapes)
}

/// The same with its name behind it.
pub(super) fn item(item: &KeyItem) -> Shape {
    let KeyItem { mark, x, y } = *item;
    let name_x = x + SWATCH_WIDTH + BESIDE_SWATCH;
    let name = Shape::text(Part::KeyName, name_x, y + SWATCH_HEIGHT - 2.0, mark.name());
    Shape::group(Part::Layer, vec![swatch(mark, x, y), name])
}

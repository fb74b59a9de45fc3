//! Parts of a bar, told apart by their shapes: a block of work, lower blocks of retries, hatching where it waits
//! for a person, a line where it waits for a time or for others, and a wedge where it is rolled back.

use std::fmt::Write as _;

use deployline_engine::PartKind;

use crate::{BarPart, Part, Px, Rect, Shape};

/// Distance from one line of the hatching to the next, in pixels.
const HATCHING: f64 = 6.0;

/// Adds the parts of a bar, one shape for each kind.
pub(super) fn push(shapes: &mut Vec<Shape>, parts: &[BarPart], bar: Rect, radius: f64) {
    if parts.is_empty() {
        return;
    }
    for kind in PartKind::ALL {
        let mut d = String::new();
        for part in parts.iter().filter(|part| part.kind == kind) {
            let rect = Rect { x: part.x, width: part.width, ..bar };
            match kind {
                // The first one, with the round corners of the bar.
                PartKind::Work => shapes.push(Shape::rect(Part::BarPart(kind), rect, radius)),
                PartKind::Retry => block(&mut d, rect),
                PartKind::Manual | PartKind::Approval => hatching(&mut d, rect),
                PartKind::Wait | PartKind::Barrier | PartKind::Queue => line(&mut d, rect),
                PartKind::Rollback => wedge(&mut d, rect),
            }
        }
        if !d.is_empty() {
            shapes.push(Shape::path(Part::BarPart(kind), d));
        }
    }
}

/// Lower than the bar.
fn block(d: &mut String, Rect { x, y, width, height }: Rect) {
    let inset = (height * 0.2).round();
    let (top, bottom) = (y + inset, y + height - inset);
    add(d, &[(x, top), (x + width, top), (x + width, bottom), (x, bottom)], "Z");
}

/// From the whole height down to nothing.
fn wedge(d: &mut String, Rect { x, y, width, height }: Rect) {
    let bottom = y + height;
    add(d, &[(x, y), (x + width, bottom), (x, bottom)], "Z");
}

/// From the left edge to the right one, at half the height.
fn line(d: &mut String, Rect { x, y, width, height }: Rect) {
    let middle = (y + height / 2.0).round();
    add(d, &[(x, middle), (x + width, middle)], "");
}

/// Lines that go up to the right, cut at both ends.
fn hatching(d: &mut String, Rect { x, y, width, height }: Rect) {
    let (right, bottom) = (x + width, y + height);
    let mut start = x - height + HATCHING / 2.0;
    while start < right {
        let (from, to) = (start.max(x), (start + height).min(right));
        add(d, &[(from, bottom - (from - start)), (to, bottom - (to - start))], "");
        start += HATCHING;
    }
}

/// Adds lines through the points.
fn add(d: &mut String, points: &[(f64, f64)], end: &str) {
    let mut command = 'M';
    for (x, y) in points {
        // Writing to a string does not fail.
        let _ = write!(d, "{command}{} {}", Px(*x), Px(*y));
        command = 'L';
    }
    d.push_str(end);
}

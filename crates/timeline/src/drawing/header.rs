//! The lines that name stages, groups and slots.

use super::measures::{BASELINE, INDENT, INSET, full_width};
use crate::scene::CONTROLS_WIDTH;
use crate::shape::Anchor;
use crate::{Band, GroupHeader, Part, Px, Rect, Scene, Shape};

/// Left end of a stage's name.
const TITLE_LEFT: f64 = 16.0;
/// Distance of the controls and of the times from the right edge.
const RIGHT: f64 = 20.0;
/// Width of the caret before a group's name.
const CARET_WIDTH: f64 = 14.0;
/// Width of what folds a group, beside its indent.
const GROUP_FOLD_WIDTH: f64 = 240.0;

/// A stage's name, and when it runs. With controls, the name folds it.
pub(super) fn of_stage(scene: &Scene, band: &Band) -> Shape {
    let height = band.rows_y - band.y;
    let (baseline, middle) = (band.y + height / 2.0 + BASELINE + 1.0, band.y + height / 2.0);
    let controls = if scene.has_controls { CONTROLS_WIDTH } else { 0.0 };
    let left = TITLE_LEFT + f64::from(band.depth) * INDENT;
    let title = Shape::text(title_part(band), left, baseline, &band.title).sized(13.0);
    let times_right = scene.width - RIGHT - controls;
    let times = Shape::text(Part::BandTimes, times_right, baseline, &band.times);
    let mut shapes = Vec::with_capacity(5);
    if scene.has_controls {
        shapes.push(Shape::rect(Part::FoldArea, full_width(scene, band.y, height), 8.0));
    }
    shapes.push(title.followed_by(10.0, &band.detail));
    shapes.push(times.anchored(Anchor::End));
    if scene.has_controls {
        shapes.push(to_source(band.stage, scene.width - 48.0, middle));
        shapes.push(caret(scene.width - 24.0, middle, band.is_collapsed));
    }
    Shape::group(Part::BandHeader(band.stage), shapes)
}

/// Meaning of a stage's name, which stands back where the run leaves the stage out.
fn title_part(band: &Band) -> Part {
    if band.is_left_out { Part::Detail } else { Part::BandTitle }
}

/// Leads to the stage's lines in the YAML.
fn to_source(stage: usize, x: f64, y: f64) -> Shape {
    let d = format!("M{} {}l-4 4l4 4m6 -8l4 4l-4 4", Px(x - 3.0), Px(y - 4.0));
    let area = Rect { x: x - 12.0, y: y - 12.0, width: 24.0, height: 24.0 };
    Shape::group(
        Part::StageSource(stage),
        vec![
            Shape::title("Show this stage in the YAML".to_owned()),
            Shape::rect(Part::FoldArea, area, 4.0),
            Shape::path(Part::Caret, d),
        ],
    )
}

/// A group's name, and its time where its rows are below; or the name of a slot.
pub(super) fn of_group(scene: &Scene, number: usize, header: &GroupHeader) -> Shape {
    let middle = header.y + header.height / 2.0;
    let is_group = header.group.is_some();
    let mut shapes = Vec::with_capacity(4);
    let mut name_left = header.x;
    if is_group && scene.has_controls {
        name_left += CARET_WIDTH;
        let (y, height) = (header.y, header.height);
        let area = Rect { x: INSET, y, width: header.x + GROUP_FOLD_WIDTH, height };
        shapes.push(Shape::rect(Part::FoldArea, area, 4.0));
        shapes.push(caret(header.x + 4.0, middle, header.is_collapsed));
    }
    let name = Shape::text(Part::HeaderName, name_left, middle + BASELINE, &header.name);
    shapes.push(name.followed_by(8.0, &header.detail));
    if !is_group {
        return Shape::group(Part::SlotHeader, shapes);
    }
    if !header.is_collapsed {
        let (left, right) = header.span_x;
        let span = Rect { x: left, y: middle - 1.5, width: right - left, height: 3.0 };
        shapes.push(Shape::rect(Part::GroupSpan, span, 1.5));
    }
    Shape::group(Part::GroupHeader(number), shapes)
}

/// Points down where something is unfolded below.
fn caret(x: f64, y: f64, is_collapsed: bool) -> Shape {
    let (x, y) = (Px(x), Px(y));
    let d = if is_collapsed {
        format!("M{x} {y}m-2 -4l4 4l-4 4")
    } else {
        format!("M{x} {y}m-4 -2l4 4l4 -4")
    };
    Shape::path(Part::Caret, d)
}

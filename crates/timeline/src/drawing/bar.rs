//! Bars: of one deployment, and of several in one.

use deployline_engine::{Status, format};

use super::measures::{BASELINE, full_width};
use super::{parts, steps};
use crate::columns::PADDING;
use crate::shape::{Anchor, Geometry};
use crate::{Bar, BarState, Cluster, DraggedBar, LabelPlace, Marks, Part, Px, Rect, Scene, Shape};

/// Radius of a bar's corners.
pub(super) const RADIUS: f64 = 3.0;
/// Width of what a bar's end is dragged by, half of it outside of the bar.
const END_WIDTH: f64 = 12.0;

/// A deployment: its bar and its texts.
pub(super) fn of_deployment(scene: &Scene, bar: &Bar, marks: &Marks<'_>) -> Shape {
    let at = bar.at();
    let dragged = marks.dragged.filter(|dragged| dragged.at == at);
    let state = BarState {
        at,
        color: bar.color,
        status: bar.status,
        has_parts: dragged.is_none() && !bar.parts.is_empty(),
        is_placeholder: bar.is_placeholder,
        is_dimmed: bar.is_dimmed,
        is_left_out: bar.is_left_out,
        marks: (marks.of_bar)(at),
    };
    let label = (marks.label)(at);
    let shapes = in_bar(scene, bar, dragged);
    Shape { part: Part::Bar(state), geometry: Geometry::Group { label, shapes } }
}

fn in_bar(scene: &Scene, bar: &Bar, dragged: Option<DraggedBar>) -> Vec<Shape> {
    let width = dragged.map_or(bar.width, |dragged| dragged.width);
    let rect = Rect { x: bar.x, y: bar.y, width, height: bar.height };
    let baseline = bar.y + bar.height / 2.0 + BASELINE;
    let text = |part: Part, x: f64, text: &str| Shape::text(part, x, baseline, text);
    let mut shapes = Vec::with_capacity(6);
    if bar.is_alone && scene.has_controls {
        let row = full_width(scene, bar.y - 3.0, bar.height + 6.0);
        shapes.push(Shape::rect(Part::RowArea, row, 4.0));
    }
    if let Some((x, width)) = bar.ghost {
        let ghost = Rect { x, y: bar.y - 1.0, width, height: bar.height + 2.0 };
        shapes.push(Shape::rect(Part::Ghost, ghost, RADIUS));
    }
    if !bar.is_outside {
        let radius = if bar.is_cut_left { 0.0 } else { RADIUS };
        shapes.push(Shape::rect(Part::BarBody, rect, radius));
        if dragged.is_none() {
            parts::push(&mut shapes, &bar.parts, rect, radius);
            steps::push(&mut shapes, bar);
        }
        if matches!(bar.status, Status::Aborted | Status::Cancelled) && !bar.is_cut_right {
            shapes.push(stop(rect));
        }
    }
    if !bar.row_label.is_empty() {
        shapes.push(text(Part::Number, scene.number_right, &bar.number).anchored(Anchor::End));
        shapes.push(text(Part::RowLabel, scene.name_left, &bar.row_label));
    }
    if let Some(dragged) = dragged {
        let duration = dragged.duration.to_string();
        shapes.push(text(Part::DraggedDuration, bar.x + width + 8.0, &duration));
    } else if !bar.bar_label.is_empty() {
        let part = match bar.label_place {
            LabelPlace::Inside => Part::LabelInside,
            LabelPlace::Beside => Part::LabelBeside,
            LabelPlace::Across => Part::LabelAcross,
        };
        shapes.push(text(part, bar.bar_label_x, &bar.bar_label));
    }
    if scene.has_controls && has_end(bar) {
        // The duration is that of the work.
        let end = if dragged.is_some() { bar.x + width } else { bar.work_end() };
        let x = end - END_WIDTH / 2.0;
        let end = Rect { x, width: END_WIDTH, ..rect };
        shapes.push(Shape::rect(Part::BarEnd(bar.at()), end, 0.0));
    }
    shapes
}

/// Returns true for a bar whose end can be dragged.
fn has_end(bar: &Bar) -> bool {
    let is_there = !bar.is_thin && !bar.is_outside && bar.status != Status::Skipped;
    is_there && !bar.runs_pipeline && !bar.is_cut_right && bar.work_end() > bar.x
}

/// A stop behind a bar.
pub(super) fn stop(bar: Rect) -> Shape {
    let (x, y) = (bar.x + bar.width, bar.y - 2.0);
    Shape::path(Part::Stop, format!("M{} {}v{}", Px(x), Px(y), Px(bar.height + 4.0)))
}

/// Several deployments in one bar, with their number where there is room for it.
pub(super) fn of_several(number: usize, cluster: &Cluster) -> Shape {
    let Cluster { x, y, width, height, color, count, .. } = *cluster;
    let mut shapes = vec![
        Shape::title(format::count(count, "deployment")),
        Shape::rect(Part::BarBody, Rect { x, y, width, height }, RADIUS),
    ];
    if width > 30.0 && height > 14.0 {
        let baseline = y + height / 2.0 + BASELINE;
        shapes.push(Shape::text(Part::LabelInside, x + PADDING, baseline, &count.to_string()));
    }
    Shape::group(Part::Cluster { cluster: number, color }, shapes)
}

//! Connectors between deployments of which each let the next one start.

use deployline_engine::{DeploymentId, Part, Schedule};

use crate::placement::Placement;
use crate::px::between;
use crate::{LayoutOptions, Picture, Planned, Px, Rect, TimeScale, Viewport};

/// A connector from the end of one bar to the start of another, or between them where they meet at a barrier.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Stage and index of the earlier one.
    pub from: (usize, usize),
    /// Stage and index of the later one.
    pub to: (usize, usize),
    /// An SVG path: lines along the axes with round corners, in pixels of the whole picture.
    pub path: String,
}

/// The least distance from one connector to the next between the same rows, in pixels.
const MIN_DISTANCE: f64 = 4.0;
/// Distance of a connector's first turn from its bar, in pixels.
const STUB: f64 = 6.0;
/// The radius of its corners, in pixels.
const RADIUS: f64 = 4.0;

/// Stage and index of a deployment.
type At = (usize, usize);

/// A deployment and its bar.
type Placed = (At, Rect);

impl Picture {
    /// The connectors of a chain of deployments, by stage and index from the first to the last;
    /// only those visible, and between the same rows one for each few pixels. Deployments that the
    /// filter leaves out are passed over.
    pub fn path(
        &self,
        planned: Planned<'_>,
        viewport: &Viewport,
        options: &LayoutOptions,
        chain: &[At],
    ) -> Vec<Link> {
        let placement = self.placement(planned, viewport, options);
        let mut before = None;
        let mut pairs = Vec::new();
        for &at in chain {
            let Some(bar) = self.placed_bar(planned, &placement, options, at) else { continue };
            let met = before.replace((at, bar)).map(|before| {
                where_they_meet(planned.schedule, &placement.columns.scale, (before, (at, bar)))
            });
            pairs.extend(met);
        }
        connectors(&placement, viewport, &pairs)
    }

    /// The connectors of pairs of deployments, as those of a chain.
    pub fn connectors(
        &self,
        planned: Planned<'_>,
        viewport: &Viewport,
        options: &LayoutOptions,
        pairs: &[(At, At)],
    ) -> Vec<Link> {
        let placement = self.placement(planned, viewport, options);
        let bar = |at: At| Some((at, self.placed_bar(planned, &placement, options, at)?));
        let pairs = pairs.iter().filter_map(|&(from, to)| bar(from).zip(bar(to)));
        connectors(&placement, viewport, &pairs.collect::<Vec<_>>())
    }
}

/// The bars of two deployments, each cut at the instant at which the first let the second go on, if it did not let it
/// start: its key of a queue, or its coming to a barrier.
fn where_they_meet(
    schedule: &Schedule,
    scale: &TimeScale,
    (first, second): (Placed, Placed),
) -> (Placed, Placed) {
    let id = |(stage, index): At| DeploymentId { stage: stage as u32, index: index as u32 };
    let is_it = |part: &&Part| part.waits_for.is_some_and(|it| it.at() == id(first.0));
    let Some(part) = schedule.parts(id(second.0)).iter().rfind(is_it) else {
        return (first, second);
    };
    let ((from, a), (to, b)) = (first, second);
    let end = between(scale.x(part.end), a.x, a.x + a.width);
    let start = between(scale.x(part.end), b.x, b.x + b.width);
    let rest = Rect { x: start, width: b.x + b.width - start, ..b };
    ((from, Rect { width: end - a.x, ..a }), (to, rest))
}

fn connectors(placement: &Placement, viewport: &Viewport, pairs: &[(Placed, Placed)]) -> Vec<Link> {
    let (left, right) = (placement.columns.scale.left, placement.columns.scale.right);
    let mut last = (f64::NEG_INFINITY, f64::NAN, f64::NAN);
    let links = pairs.iter().filter_map(|&((from, a), (to, b))| {
        let is_in_time = a.x + a.width <= right + STUB && b.x >= left - STUB;
        let (top, bottom) = (a.y.min(b.y), (a.y + a.height).max(b.y + b.height));
        let is_in_rows = bottom >= viewport.top && top <= viewport.top + viewport.height;
        if !is_in_time || !is_in_rows {
            return None;
        }
        let is_beside_last = (a.y, b.y) == (last.1, last.2) && b.x - last.0 < MIN_DISTANCE;
        if is_beside_last {
            return None;
        }
        last = (b.x, a.y, b.y);
        let points = points(a, b).map(|(x, y)| {
            // Long connectors end just outside of what is seen.
            let (above, below) = (viewport.top - 50.0, viewport.top + viewport.height + 50.0);
            (between(x, left - STUB, right + STUB), between(y, above, below))
        });
        Some(Link { from, to, path: rounded(&points) })
    });
    links.collect()
}

/// From the middle of one bar's end to the middle of the other's start.
///
/// ```text
/// ▇▇▇▇▇▇▇──┐
///          └──▇▇▇▇▇        with room between them; without:   ▇▇▇▇▇▇▇──┐
///                                                          ┌──────────┘
///                                                          └──▇▇▇▇▇
/// ```
fn points(a: Rect, b: Rect) -> [(f64, f64); 6] {
    let (start, end) = ((a.x + a.width, a.y + a.height / 2.0), (b.x, b.y + b.height / 2.0));
    let out = start.0 + STUB;
    let back = if end.0 - STUB >= out { out } else { end.0 - STUB };
    // Between the rows, beside the earlier one.
    let between = if end.1 >= start.1 { a.y + a.height + 2.0 } else { a.y - 2.0 };
    let between = if back == out || start.1 == end.1 { end.1 } else { between };
    [start, (out, start.1), (out, between), (back, between), (back, end.1), end]
}

/// Lines through the points, with round corners.
fn rounded(points: &[(f64, f64)]) -> String {
    let mut points = points.to_vec();
    points.dedup();
    let mut out = String::new();
    for (i, &(x, y)) in points.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|before| points.get(before));
        match (before, points.get(i + 1)) {
            (None, _) => out.push_str(&format!("M{} {}", Px(x), Px(y))),
            (Some(_), None) => out.push_str(&format!("L{} {}", Px(x), Px(y))),
            (Some(&before), Some(&after)) => {
                let (a, b) = (near((x, y), before), near((x, y), after));
                let [ax, ay, bx, by] = [a.0, a.1, b.0, b.1].map(Px);
                out.push_str(&format!("L{ax} {ay}Q{} {} {bx} {by}", Px(x), Px(y)));
            }
        }
    }
    out
}

/// The point a radius from `corner` towards `other`, or half way where that is nearer.
fn near(corner: (f64, f64), other: (f64, f64)) -> (f64, f64) {
    let (dx, dy) = (other.0 - corner.0, other.1 - corner.1);
    let length = dx.hypot(dy).max(f64::MIN_POSITIVE);
    let share = (RADIUS / length).min(0.5);
    (corner.0 + dx * share, corner.1 + dy * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_down_where_there_is_room_and_back_where_there_is_none() {
        let bar = |x: f64, y: f64| Rect { x, width: 20.0, y, height: 10.0 };
        let path = |a: Rect, b: Rect| rounded(&points(a, b));
        assert_eq!(
            path(bar(0.0, 0.0), bar(60.0, 40.0)),
            "M20 5L23 5Q26 5 26 9L26 41Q26 45 30 45L60 45"
        );
        assert!(path(bar(0.0, 0.0), bar(21.0, 40.0)).contains("Q15 12"));
    }
}

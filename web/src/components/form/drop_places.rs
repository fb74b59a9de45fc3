//! Items that a pointer grabs in an area, and the positions they can drop at: see
//! [`reorder`](super::reorder).

use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, PointerEvent};

/// Distance from the nearest position up to which a drop counts as one there, in pixels.
const REACH: f64 = 120.0;

/// Item that a pointer has grabbed.
pub(super) fn grabbed(area: &Element, event: &PointerEvent) -> Option<String> {
    if event.button() != 0 || !event.is_primary() {
        return None;
    }
    let target: Element = event.target()?.dyn_into().ok()?;
    let grip = target.closest("[data-grip]").ok()??;
    if grip.get_attribute("data-grip")? == "mouse" && event.pointer_type() == "touch" {
        return None;
    }
    let item = grip.closest("[data-drag]").ok()??;
    belongs(&item, area).then(|| item.get_attribute("data-drag"))?
}

/// The name of the place of an area that a drop at a point means.
pub(super) fn closest_to(area: &Element, at: (f64, f64)) -> Option<String> {
    let mut zones = zones(area);
    let rects: Vec<_> =
        zones.iter().map(|(_, zone)| bounds(&zone.get_bounding_client_rect())).collect();
    nearest(at, &rects).map(|index| zones.swap_remove(index).0)
}

/// The places of an area where something can be dropped.
fn zones(area: &Element) -> Vec<(String, Element)> {
    let Ok(list) = area.query_selector_all("[data-drop]") else { return Vec::new() };
    let elements = (0..list.length()).filter_map(|at| list.item(at)?.dyn_into::<Element>().ok());
    elements
        .filter(|element| belongs(element, area))
        .filter_map(|element| Some((element.get_attribute("data-drop")?, element)))
        .collect()
}

fn belongs(element: &Element, area: &Element) -> bool {
    element.closest("[data-area]").ok().flatten().is_some_and(|closest| closest == *area)
}

/// Position of a pointer, in pixels of the window.
pub(super) fn place(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// Left, top, right and bottom.
fn bounds(rect: &DomRect) -> [f64; 4] {
    [rect.left(), rect.top(), rect.right(), rect.bottom()]
}

/// Which of the rectangles (left, top, right, bottom) is closest to a point, within reach.
fn nearest((x, y): (f64, f64), rects: &[[f64; 4]]) -> Option<usize> {
    let distance = |[left, top, right, bottom]: &[f64; 4]| {
        let apart = |at: f64, from: f64, to: f64| (from - at).max(at - to).max(0.0);
        apart(x, *left, *right).hypot(apart(y, *top, *bottom))
    };
    let distances = rects.iter().map(distance).enumerate();
    let (index, least) = distances.min_by(|a, b| a.1.total_cmp(&b.1))?;
    (least <= REACH).then_some(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_place_within_reach_is_the_drop_target() {
        let rects =
            [[0.0, 0.0, 10.0, 100.0], [150.0, 0.0, 160.0, 100.0], [20.0, 90.0, 140.0, 100.0]];
        for (point, expected) in [
            ((15.0, 20.0), Some(0)),
            ((140.0, 20.0), Some(1)),
            ((80.0, 80.0), Some(2)),
            ((80.0, 150.0), Some(2)),
            ((80.0, 300.0), None),
        ] {
            assert_eq!(nearest(point, &rects), expected, "{point:?}");
        }
        assert_eq!(nearest((0.0, 0.0), &[]), None);
    }
}

//! The parts of a bar that is more than work, cut to what of it is visible.
//!
//! ```text
//! work 60s, retry 10s + 60s, rollback 30s
//! |▇▇▇▇▇▇▇▇▇▇▇▇  ▄▄▄▄▄▄▄▄▄▄▄▄ ◣▁▁▁|      the wait before an attempt is empty
//! ```

use deployline_engine::{DeploymentId, MAX_RETRY_PARTS, Ms, Part, PartKind};

use super::stage::StageLayout;
use crate::px::between;
use crate::{BarPart, TimeScale};

/// Distance from one part to the next, in pixels.
const GAP: f64 = 1.0;
/// The narrowest part that is one of its own, in pixels.
const MIN_PART: f64 = 1.0;
/// The same of several of a kind, which have gaps between them.
const MIN_REPEATED: f64 = 3.0;

impl StageLayout<'_> {
    /// The parts between two edges; none where all of the bar is work.
    pub(super) fn parts(&self, index: usize, left: f64, right: f64) -> Vec<BarPart> {
        let at = DeploymentId { stage: self.extent.stage as u32, index: index as u32 };
        let parts = self.schedule.parts(at);
        if parts.is_empty() {
            return Vec::new();
        }
        visible(parts, self.scale, left, right)
    }
}

fn visible(parts: &[Part], scale: &TimeScale, left: f64, right: f64) -> Vec<BarPart> {
    let x = |time: Ms| between(scale.x(time), left, right);
    let works = parts.iter().filter(|part| part.kind == PartKind::Work);
    let work = works.fold(Ms(0), |sum, part| sum + (part.end - part.start));
    let first_retry = parts.iter().position(|part| part.kind == PartKind::Retry).unwrap_or(0);
    let mut drawn: Vec<BarPart> = Vec::new();
    for (position, part) in parts.iter().enumerate() {
        let mut start = part.start;
        // The one behind the last holds many attempts, and is drawn as a whole.
        if part.kind == PartKind::Retry && position - first_retry < MAX_RETRY_PARTS as usize {
            start = start.max(Ms(part.end.0.saturating_sub(work.0)));
        }
        let (from, to) = (x(start), x(part.end));
        let width = to - from;
        match drawn.last_mut() {
            Some(last) if width < least(last.kind == part.kind) => last.width = to - last.x,
            _ if width <= 0.0 => {}
            _ => drawn.push(BarPart { kind: part.kind, x: from, width }),
        }
    }
    // The bar may be wider than its time, so that it is seen at all.
    if let Some(last) = drawn.last_mut() {
        last.width = right - last.x;
    }
    for at in 1..drawn.len() {
        let next = drawn[at].x;
        let part = &mut drawn[at - 1];
        part.width = part.width.min(next - part.x - GAP).max(MIN_PART);
    }
    drawn
}

fn least(is_repeated: bool) -> f64 {
    if is_repeated { MIN_REPEATED } else { MIN_PART }
}

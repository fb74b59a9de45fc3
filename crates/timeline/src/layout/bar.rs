//! One deployment's bar, cut to the visible time.

use deployline_engine::{DeploymentId, Run};

use super::stage::StageLayout;
use crate::axis::MIN_BAR;
use crate::columns::PADDING;
use crate::px::between;
use crate::{Bar, Color, LabelPlace};

impl StageLayout<'_> {
    /// A bar without its texts, cut to the visible time.
    pub(crate) fn bar(&self, index: usize, (y, height): (f64, f64)) -> Bar {
        let run = &self.run.runs[index];
        let (scale, deployment) = (self.scale, self.plan.deployments[index]);
        let is_outside = scale.is_before(run.end) || scale.is_after(run.start);
        let is_cut_left = run.start < scale.window.from;
        let is_cut_right = run.end > scale.window.to;
        let (mut x, mut width) = scale.bar(run.start, run.end);
        if is_outside {
            x = if scale.is_before(run.end) { scale.left } else { scale.right };
            width = 0.0;
        } else if is_cut_left || is_cut_right {
            let right = if is_cut_right { scale.right } else { x + width };
            x = between(x, scale.left, scale.right - MIN_BAR);
            width = (right - x).max(MIN_BAR);
        }
        Bar {
            stage: self.extent.stage,
            index,
            x,
            y,
            width,
            height,
            color: self.color(index),
            number: String::new(),
            row_label: String::new(),
            bar_label: String::new(),
            bar_label_x: x + PADDING,
            label_place: LabelPlace::Inside,
            status: run.status,
            parts: if is_outside { Vec::new() } else { self.parts(index, x, x + width) },
            steps: Vec::new(),
            is_placeholder: deployment.is_placeholder,
            is_cut_left: is_cut_left && !is_outside,
            is_cut_right: is_cut_right && !is_outside,
            is_outside,
            is_alone: false,
            is_thin: false,
            is_dimmed: !self.index.matches.has(deployment),
            is_left_out: self.stage.absence.is_some(),
            runs_pipeline: self.runs_pipeline(index),
            ghost: self.ghost(index),
        }
    }

    fn runs_pipeline(&self, index: usize) -> bool {
        let at = DeploymentId { stage: self.extent.stage as u32, index: index as u32 };
        self.schedule.child_at(at).is_some()
    }

    fn ghost(&self, index: usize) -> Option<(f64, f64)> {
        let (start, end) = (self.ghosts)(self.extent.stage, index)?;
        if self.scale.is_before(end) || self.scale.is_after(start) {
            return None;
        }
        let x = self.scale.clamped_x(start);
        Some((x, (self.scale.clamped_x(end) - x).max(MIN_BAR)))
    }

    pub(crate) fn color(&self, index: usize) -> Color {
        let Run { status, .. } = self.run.runs[index];
        self.colors.of(self.stage, self.plan.deployments[index], status)
    }
}

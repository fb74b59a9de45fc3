//! The bars of one row: thin ones in the header of a collapsed group, or those of a slot.

use super::stage::StageLayout;
use crate::axis::MIN_BAR;
use crate::merged_bars::{MergedBars, merged_bars};
use crate::row_list::ByStart;
use crate::{Cluster, Color, IdleSlot, Scene};

/// The narrowest gap that is drawn as one, in pixels.
const MIN_IDLE: f64 = 2.0;
/// Number of a cluster's deployments that are looked at for their colour.
const COLOR_SAMPLES: usize = 8;

impl StageLayout<'_> {
    pub(super) fn bars_of_row(
        &self,
        deployments: &ByStart,
        y: (f64, f64),
        is_thin: bool,
        scene: &mut Scene,
    ) {
        let merged = merged_bars(deployments, &self.run.runs, self.scale);
        for (i, bars) in merged.iter().enumerate() {
            if bars.count > 1 {
                let next_x = merged.get(i + 1).map(|next| self.scale.x(next.from));
                scene.clusters.push(self.cluster(deployments, bars, next_x, y));
                continue;
            }
            let mut bar = self.bar(bars.first as usize, y);
            bar.is_thin = is_thin;
            scene.bars.push(match is_thin {
                true => bar,
                false => self.labelled(self.with_steps(bar)),
            });
        }
        if !is_thin {
            self.idle(&merged, y, scene);
        }
    }

    fn cluster(
        &self,
        deployments: &ByStart,
        bars: &MergedBars,
        next_x: Option<f64>,
        y: (f64, f64),
    ) -> Cluster {
        let x = self.scale.clamped_x(bars.from);
        let right = self.scale.clamped_x(bars.to).min(next_x.unwrap_or(f64::INFINITY)) - 1.0;
        let members = &deployments.indexes[bars.range.clone()];
        let step = members.len().div_ceil(COLOR_SAMPLES).max(1);
        let mut colors = members.iter().step_by(step).map(|&index| self.color(index as usize));
        let first = colors.next().unwrap_or(Color::Neutral);
        Cluster {
            stage: self.extent.stage,
            first: bars.first as usize,
            count: bars.count,
            from: bars.from,
            to: bars.to,
            x,
            y: y.0,
            width: (right - x).max(MIN_BAR),
            height: y.1,
            color: if colors.all(|color| color == first) { first } else { Color::Neutral },
        }
    }

    /// The times in which a slot has nothing to do though its stage runs.
    fn idle(&self, merged: &[MergedBars], y: (f64, f64), scene: &mut Scene) {
        let mut free_from = self.run.start;
        let end = (self.run.end, self.run.end);
        for (from, to) in merged.iter().map(|bars| (bars.from, bars.to)).chain([end]) {
            let x = self.scale.clamped_x(free_from);
            let width = self.scale.clamped_x(from) - x;
            if width >= MIN_IDLE {
                let stage = self.extent.stage;
                scene.idle.push(IdleSlot { stage, x, y: y.0, width, height: y.1 });
            }
            free_from = free_from.max(to);
        }
    }
}

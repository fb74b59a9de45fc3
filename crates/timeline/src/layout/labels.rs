//! The texts beside a bar and in it.

use deployline_engine::Work;
use deployline_engine::words::{self, shown};

use super::stage::StageLayout;
use crate::columns::PADDING;
use crate::{Bar, LabelPlace, text};

impl StageLayout<'_> {
    /// Names the bar of a row: in the row's label column, or, without one, in or beside the bar.
    pub(crate) fn named(&self, mut bar: Bar) -> Bar {
        if matches!(self.stage.work, Work::Deploy(_)) {
            bar.number = (bar.index + 1).to_string();
        }
        let font_px = self.options.font_px;
        let (service, target) = self.names(bar.index);
        let full =
            if target.is_empty() { service.clone() } else { format!("{service} → {target}") };
        let inside = bar.work_end() - bar.x - 2.0 * PADDING;
        if self.options.label_width > 0.0 {
            let room = self.scale.left - self.name_left - PADDING;
            bar.row_label = text::fit(&full, room, font_px);
            // The row has the whole name. Of a stage, either all bars have a label inside or none.
            if self.widest_service <= inside && bar.steps.is_empty() {
                bar.bar_label = service;
            }
            return bar;
        }
        let numbered = format!("{} {full}", bar.number).trim_start().to_owned();
        let (right_room, left_room) =
            (self.scale.right - bar.x - bar.width, bar.x - self.options.margin);
        let beside = right_room.max(left_room) - 2.0 * PADDING;
        bar.label_place = place(text::width(&numbered, font_px), inside, beside, &bar);
        if bar.label_place != LabelPlace::Beside {
            bar.steps.iter_mut().for_each(|step| step.name.clear());
        }
        if bar.label_place != LabelPlace::Beside {
            return self.with_label(bar, &numbered);
        }
        bar.bar_label = text::fit(&numbered, beside, font_px);
        bar.bar_label_x = if right_room >= left_room {
            bar.x + bar.width + PADDING
        } else {
            bar.x - PADDING - text::width(&bar.bar_label, font_px)
        };
        bar
    }

    /// Names a bar that shares its row: as much as fits into it.
    pub(crate) fn labelled(&self, mut bar: Bar) -> Bar {
        let (service, target) = self.names(bar.index);
        let full = if target.is_empty() { service } else { format!("{service} → {target}") };
        let inside = bar.work_end() - bar.x - 2.0 * PADDING;
        bar.label_place = place(text::width(&full, self.options.font_px), inside, 0.0, &bar);
        // Nothing beside the bar says what it is.
        bar.steps.iter_mut().for_each(|step| step.name.clear());
        self.with_label(bar, &full)
    }

    /// Puts as much of a name as fits into the bar.
    fn with_label(&self, mut bar: Bar, name: &str) -> Bar {
        let end = match bar.label_place {
            LabelPlace::Across => bar.x + bar.width,
            LabelPlace::Inside | LabelPlace::Beside => bar.work_end(),
        };
        bar.bar_label = text::fit(name, end - bar.x - 2.0 * PADDING, self.options.font_px);
        bar
    }

    /// Service and target, each apart from what stands beside it.
    fn names(&self, index: usize) -> (String, String) {
        let deployment = self.plan.deployments[index];
        match (&self.stage.work, deployment.service, deployment.target) {
            (Work::Deploy(deploy), Some(service), Some(target)) => (
                shown::isolated(words::service_label(deploy, service)).into_owned(),
                shown::target_label(deploy, self.plan, target),
            ),
            _ => (shown::label(self.stage, self.plan, index), String::new()),
        }
    }
}

/// Place of a label: in the bar if it fits there, else where there is most space for it.
fn place(label: f64, inside: f64, beside: f64, bar: &Bar) -> LabelPlace {
    let across = if bar.parts.is_empty() { inside } else { bar.width - 2.0 * PADDING };
    if label <= inside || inside >= across.max(beside) {
        LabelPlace::Inside
    } else if label <= beside || beside >= across {
        LabelPlace::Beside
    } else {
        LabelPlace::Across
    }
}

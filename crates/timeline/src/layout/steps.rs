//! The steps in a bar, where there is room to tell them apart.
//!
//! ```text
//! |Roll out      |Smoke test    |Ask|Clean up      |
//! ```

use deployline_engine::words::shown;
use deployline_engine::{Ms, Step, StepKind, StepSpan};

use super::stage::StageLayout;
use crate::px::between;
use crate::{Bar, BarStep, text};

/// Bars with less room for each step show none, in pixels.
const MIN_STEP: f64 = 6.0;
/// Space between the edge of a step and its name.
const NAME_PADDING: f64 = 4.0;
/// The narrowest space for a name: some letters.
const MIN_NAME: f64 = 24.0;

impl StageLayout<'_> {
    /// Adds the steps of a bar, if the picture shows them and they are wide enough.
    pub(super) fn with_steps(&self, bar: Bar) -> Bar {
        let Some(times) = &self.steps else { return bar };
        if bar.is_outside || bar.is_thin {
            return bar;
        }
        let steps = &self.stage.steps;
        let index = bar.index as u32;
        let works = outline(&times.of(index), &steps.tree);
        let rolls_back = outline(&times.of_rollback(index), &steps.rollback);
        let count = works.len() + rolls_back.len();
        if count < 2 || bar.width < MIN_STEP * count as f64 {
            return bar;
        }
        let works = works.iter().map(|span| self.bar_step(&bar, span, &steps.tree));
        let rolls_back = rolls_back.iter().map(|span| BarStep {
            is_patterned: true,
            ..self.bar_step(&bar, span, &steps.rollback)
        });
        let all = works.chain(rolls_back).filter(|step| step.width > 0.0).collect();
        Bar { steps: all, ..bar }
    }

    /// A step of a tree in its bar.
    fn bar_step(&self, bar: &Bar, span: &StepSpan, tree: &[Step]) -> BarStep {
        let x = |time: Ms| between(self.scale.x(time), bar.x, bar.x + bar.width);
        let (left, right) = (x(span.start), x(span.end));
        let room = right - left - 2.0 * NAME_PADDING;
        let name = match room >= MIN_NAME {
            true => text::fit(&name(span.step, tree), room, self.options.font_px),
            false => String::new(),
        };
        let is_patterned = tree[span.step as usize].kind == StepKind::Wait;
        BarStep { x: left, width: right - left, name, is_patterned }
    }
}

/// The name of a step, or of those side by side.
fn name(step: u32, tree: &[Step]) -> String {
    let of = |step: &Step| match step.name.is_empty() {
        true => shown::isolated(&step.identifier).into_owned(),
        false => shown::isolated(&step.name).into_owned(),
    };
    let around = &tree[step as usize];
    let first = step as usize + 1;
    let inner = &tree[first..first + around.inner as usize];
    match around.kind {
        StepKind::SideBySide => {
            let names: Vec<String> = outermost(inner).map(of).collect();
            names.join(" ∥ ")
        }
        StepKind::Loop { .. } => format!("{} × {}", of(around), outermost(inner).count()),
        _ => of(around),
    }
}

/// The steps that follow each other: of steps side by side, and of runs that are, all of them as one.
fn outline(spans: &[StepSpan], tree: &[Step]) -> Vec<StepSpan> {
    let mut shown = Vec::new();
    let mut end = 0;
    for span in spans {
        let step = &tree[span.step as usize];
        let holds_sequence =
            matches!(step.kind, StepKind::Group | StepKind::Loop { at_once: Some(1) });
        if span.step < end || holds_sequence {
            continue;
        }
        end = span.step + 1 + step.inner;
        shown.push(*span);
    }
    shown
}

/// Those that are in no other of them.
fn outermost(steps: &[Step]) -> impl Iterator<Item = &Step> {
    let next = |at: &usize| Some(at + 1 + steps[*at].inner as usize).filter(|at| *at < steps.len());
    std::iter::successors((!steps.is_empty()).then_some(0), next).map(|at| &steps[at])
}

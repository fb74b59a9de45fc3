//! Looping strategies of steps and step groups: each run stands in the tree, with the suffix that the product gives its
//! identifier as its name.
//!
//! Follows `docs/semantics.md`, "Inside a deployment".
//!
//! ```text
//! repeat: {times: 3, maxConcurrency: 2}     test (loop, 2 at once): test_0, test_1, test_2
//! ```

use deployline_engine::format::number;
use deployline_engine::{STEP_BUDGET, Step, StepKind, StepWait, Steps, bounded_name};
use deployline_map::Map;

use crate::resolve::budget::MAX_LOOP_STEPS;
use crate::resolve::context::Reader;
use crate::resolve::strategy::{self, Strategy};
use crate::resolve::view::View;
use crate::rules;

/// Runs of a step or group.
struct Runs {
    /// Suffixes of their names, in order.
    post_fixes: Vec<String>,
    /// `None` where all go at once.
    at_once: Option<u32>,
}

/// Puts each run of the steps at these places into the tree. Where that are more steps than are kept, the loop stays
/// one step. `views` are those of the steps.
pub(super) fn unroll(
    steps: Steps,
    loops: &[u32],
    (views, is_newer): (&[View<'_>], bool),
    reader: &mut Reader<'_, '_>,
) -> Steps {
    let mut runs: Map<u32, Runs> = Map::new();
    for step in loops {
        let read = views.get(*step as usize).and_then(|view| read(view, is_newer, reader));
        if let Some(read) = read {
            runs.insert(*step, read);
        }
    }
    let size = size(&steps.tree, &runs);
    if runs.is_empty() {
        return steps;
    }
    if size > STEP_BUDGET || !reader.cx.budget.take_steps(size) {
        report_too_many(size, loops, views, reader);
        return steps;
    }
    let mut unrolled = Unrolled { steps: &steps, runs: &runs, tree: Vec::new(), waits: Vec::new() };
    unrolled.add((0, steps.tree.len()), None);
    let (tree, waits) = (unrolled.tree, unrolled.waits);
    let parts = parts(&tree);
    Steps { tree: tree.into(), waits, parts, ..steps }
}

fn report_too_many(size: usize, loops: &[u32], views: &[View<'_>], reader: &mut Reader<'_, '_>) {
    let first = loops.first().and_then(|step| views.get(*step as usize));
    let Some(first) = first else { return };
    let message = format!(
        "With all runs of its steps, this stage has {} of them. At most {} are drawn one by one, and {} in all such \
         stages together, so each of its loops is drawn as one step. Shorten their lists.",
        number(size),
        number(STEP_BUDGET),
        number(MAX_LOOP_STEPS)
    );
    reader.report(&rules::TOO_MANY_DEPLOYMENTS, first.key_span("strategy"), message);
}

/// The runs of a step; `None` where it has no strategy that is known, or one of them.
fn read(step: &View<'_>, is_newer: bool, reader: &mut Reader<'_, '_>) -> Option<Runs> {
    // A strategy of the stage may have left its place there, which is not about this step.
    let of_stage = reader.cx.no_items.take();
    let (strategy, found) = reader.apart(|reader| match is_newer {
        true => strategy::newer::read_loop(step, reader),
        false => strategy::read_loop(step, reader),
    });
    let is_empty = std::mem::replace(&mut reader.cx.no_items, of_stage).is_some();
    // A list that only a run has, such as its hosts or a value of the stage's loop, makes one step of it, without a
    // word: the note beside the bar has the kind of the loop.
    let is_while = step.at(&["strategy", "while"]).is_some();
    let is_unknown = strategy.as_ref().is_some_and(|strategy| strategy.is_unknown && !is_while);
    if is_unknown || !found.unknown_variables.is_empty() {
        return None;
    }
    reader.add_diagnostics(found.diagnostics);
    if is_empty {
        return Some(Runs { post_fixes: Vec::new(), at_once: None });
    }
    let Strategy { values, positions, max_concurrency, .. } = strategy?;
    if positions.len() < 2 {
        return None;
    }
    let post_fixes =
        (0..).zip(&positions).map(|(index, position)| values.post_fix(*position, index));
    let at_once = max_concurrency.map(|limit| limit.value).filter(|limit| *limit > 0);
    Some(Runs { post_fixes: post_fixes.collect(), at_once })
}

/// Number of steps and groups with all runs.
fn size(tree: &[Step], runs: &Map<u32, Runs>) -> usize {
    let mut sizes: Vec<usize> = vec![0; tree.len()];
    let mut all: usize = 0;
    for (at, step) in tree.iter().enumerate().rev() {
        let mut own: usize = 1;
        let mut inner = at + 1;
        while inner <= at + step.inner as usize {
            own = own.saturating_add(sizes[inner]);
            inner += 1 + tree[inner].inner as usize;
        }
        sizes[at] = match runs.get(&(at as u32)) {
            Some(runs) => own.saturating_mul(runs.post_fixes.len()).saturating_add(1),
            None => own,
        };
    }
    let mut at = 0;
    while at < tree.len() {
        all = all.saturating_add(sizes[at]);
        at += 1 + tree[at].inner as usize;
    }
    all
}

/// Equal parts that the work has: each round of a loop has those of one run, steps side by side share one.
fn parts(tree: &[Step]) -> u32 {
    let mut of_each: Vec<u32> = Vec::with_capacity(tree.len());
    let mut at = 0;
    while at < tree.len() {
        let end = at + 1 + tree[at].inner as usize;
        let inner = &tree[at + 1..end];
        of_each.push(match tree[at].kind {
            StepKind::Work => 1,
            StepKind::Wait | StepKind::LeftOut => 0,
            StepKind::Group => parts(inner),
            StepKind::SideBySide => parts(inner).min(1),
            StepKind::Loop { at_once } => {
                let first = inner.first().map_or(0, |run| 1 + run.inner as usize);
                let runs = inner.len().checked_div(first).unwrap_or_default() as u32;
                let rounds = runs.div_ceil(at_once.unwrap_or(runs).max(1));
                parts(&inner[..first]).saturating_mul(rounds)
            }
        });
        at = end;
    }
    of_each.iter().fold(0, |all, own| all.saturating_add(*own))
}

/// A tree that is written anew, with the runs of its loops.
struct Unrolled<'a> {
    steps: &'a Steps,
    runs: &'a Map<u32, Runs>,
    tree: Vec<Step>,
    waits: Vec<StepWait>,
}

impl Unrolled<'_> {
    /// Adds the steps from one place to another; a run has its suffix.
    fn add(&mut self, (first, end): (usize, usize), post_fix: Option<&str>) {
        let mut at = first;
        while at < end {
            let behind = at + 1 + self.steps.tree[at].inner as usize;
            match self.runs.get(&(at as u32)).filter(|_| post_fix.is_none()) {
                Some(runs) => self.add_loop(at, runs),
                None => self.add_step(at, post_fix.unwrap_or_default()),
            }
            at = behind;
        }
    }

    fn add_loop(&mut self, at: usize, runs: &Runs) {
        let step = &self.steps.tree[at];
        let kind = match runs.post_fixes.is_empty() {
            true => StepKind::LeftOut,
            false => StepKind::Loop { at_once: runs.at_once },
        };
        let place = self.tree.len();
        self.tree.push(Step { kind, inner: 0, timeout: None, ..step.clone() });
        for post_fix in &runs.post_fixes {
            self.add((at, at + 1 + step.inner as usize), Some(post_fix));
        }
        self.tree[place].inner = (self.tree.len() - place - 1) as u32;
    }

    /// Adds a step or group with what is within it.
    fn add_step(&mut self, at: usize, post_fix: &str) {
        let step = &self.steps.tree[at];
        let place = self.tree.len();
        let name = match post_fix {
            "" => step.name.clone(),
            post_fix => bounded_name(&format!("{}{post_fix}", step.name)),
        };
        self.tree.push(Step { name, inner: 0, ..step.clone() });
        let of_step = self.steps.waits.binary_search_by_key(&(at as u32), |wait| wait.step);
        if let Ok(wait) = of_step {
            self.waits.push(StepWait { step: place as u32, ..self.steps.waits[wait].clone() });
        }
        self.add((at + 1, at + 1 + step.inner as usize), None);
        self.tree[place].inner = (self.tree.len() - place - 1) as u32;
    }
}

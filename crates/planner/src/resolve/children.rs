//! The children of a looping strategy, each with its service and its target.
//!
//! Most children share what they are given: a hundred services on a hundred infrastructures are
//! ten thousand children, and two hundred names. So each axis is read once for each combination of
//! those variables that it mentions.

use deployline_engine::{Axis, Child, Deploy, Looping, Service, Stage, Target, Work};
use deployline_map::Map;
use deployline_yaml::Diagnostic;

use super::Context;
use super::interner::Interner;
use super::strategy::Strategy;
use super::text::{self, Scope, Used};

/// The axes of a stage as they are written, to be read with the variables of one child.
pub(super) trait Axes<'a> {
    fn services(&self, scope: &Scope<'_>, cx: &mut Context<'a>) -> Axis<Service>;
    fn targets(&self, scope: &Scope<'_>, cx: &mut Context<'a>) -> Axis<Target>;
    /// Both, and all that is said beside them.
    fn deploy(&self, scope: &Scope<'_>, cx: &mut Context<'a>) -> Deploy;
}

/// Gives a stage that deploys its children: one deployment each.
pub(super) fn add<'a>(
    stage: &mut Stage,
    strategy: &Strategy,
    axes: &impl Axes<'a>,
    cx: &mut Context<'a>,
) {
    let mut looping = bare(strategy);
    let count = looping.children.len();
    if count == 0 || cx.room.is_full() {
        return;
    }
    let (mut services, mut targets) = (Interner::default(), Interner::default());
    let (mut seen_services, mut seen_targets) = (Seen::default(), Seen::default());
    let found = cx.diagnostics.len();
    let first = strategy.values_of(0);
    let held = cx.room.held();
    let mut deploy = axes.deploy(&Scope::of_child(&first, (0, count)), cx);
    cx.room.hold_only(held);
    keep_what_is_new(&mut cx.diagnostics, found, found);
    for (index, child) in looping.children.iter_mut().enumerate() {
        if cx.room.is_full() {
            return;
        }
        let choices = strategy.choices_of(index);
        child.service = seen_services.number(&choices, || {
            read(strategy, (index, count), found, cx, |scope, cx| {
                axes.services(scope, cx).items.first().map(|item| services.index_of(item))
            })
        });
        child.target = seen_targets.number(&choices, || {
            read(strategy, (index, count), found, cx, |scope, cx| {
                axes.targets(scope, cx).items.first().map(|item| targets.index_of(item))
            })
        });
    }
    deploy.services.items = services.items;
    deploy.targets.items = targets.items;
    stage.work = Work::Deploy(Box::new(deploy));
    stage.looping = Some(looping);
}

/// The children of a stage that deploys nothing.
pub(super) fn bare(strategy: &Strategy) -> Looping {
    let child = |position: &u32| Child {
        position: *position,
        service: None,
        target: None,
        is_placeholder: strategy.is_unknown,
    };
    let children: Vec<Child> = strategy.positions.iter().map(child).collect();
    let all = u32::try_from(children.len()).unwrap_or(u32::MAX);
    let written_limit = strategy.max_concurrency.filter(|limit| limit.value > 0);
    Looping {
        values: strategy.values.clone(),
        max_concurrency: written_limit.map_or(all, |limit| limit.value.min(all)),
        written_limit,
        on_failure: strategy.on_failure,
        node_name: strategy.node_name.as_deref().map(text::name_parts),
        children,
    }
}

/// Reads something with the variables of the child at an index; says which of them it looked at.
fn read<'a>(
    strategy: &Strategy,
    (index, count): (usize, usize),
    found: usize,
    cx: &mut Context<'a>,
    axis: impl FnOnce(&Scope<'_>, &mut Context<'a>) -> Option<u32>,
) -> (Option<u32>, Used) {
    let values = strategy.values_of(index);
    let scope = Scope::of_child(&values, (index, count));
    let before = cx.diagnostics.len();
    // Equal ones are held once, and no more of them than there are children.
    let held = cx.room.held();
    let number = axis(&scope, cx);
    cx.room.hold_only(held);
    keep_what_is_new(&mut cx.diagnostics, found, before);
    (number, scope.used())
}

/// Drops from `before` on what was said of the same place since `found`: most children have the
/// same to say.
fn keep_what_is_new(diagnostics: &mut Vec<Diagnostic>, found: usize, before: usize) {
    for diagnostic in diagnostics.split_off(before) {
        let is_same =
            |other: &Diagnostic| (other.code, other.span) == (diagnostic.code, diagnostic.span);
        if !diagnostics[found..].iter().any(is_same) {
            diagnostics.push(diagnostic);
        }
    }
}

/// What was read so far, by the choices that mattered.
#[derive(Default)]
struct Seen {
    /// Which choices mattered to any reading.
    used: Used,
    by_choices: Map<Vec<u32>, Option<u32>>,
}

impl Seen {
    fn number(
        &mut self,
        choices: &[u32],
        read: impl FnOnce() -> (Option<u32>, Used),
    ) -> Option<u32> {
        if let Some(number) = self.by_choices.get(&self.key(choices)) {
            return *number;
        }
        let (number, used) = read();
        if used.iter().any(|(at, ())| !self.used.contains_key(at)) {
            for (at, ()) in used {
                self.used.insert(at, ());
            }
            // Their keys told less than what is known to matter now.
            self.by_choices.clear();
        }
        self.by_choices.insert(self.key(choices), number);
        number
    }

    fn key(&self, choices: &[u32]) -> Vec<u32> {
        self.used.iter().map(|(at, ())| choices[*at]).collect()
    }
}

#[cfg(test)]
mod tests {
    use deployline_engine::Pipeline;

    use super::*;
    use crate::{Inputs, resolve};

    fn pipeline(text: &str) -> Pipeline {
        let parsed = deployline_yaml::parse(text);
        let (pipeline, diagnostics) = resolve(&parsed.documents, &Inputs::default());
        assert_eq!(diagnostics, [], "{text}");
        pipeline
    }

    /// Every child's service and infrastructure.
    fn pairs(text: &str) -> String {
        let pipeline = pipeline(text);
        let stage = &pipeline.stages[0];
        let Work::Deploy(deploy) = &stage.work else { panic!("deploys") };
        let looping = stage.looping.as_ref().unwrap();
        let pair = |child: &Child| {
            let service = &deploy.services.items[child.service.unwrap() as usize].name.text;
            let target = &deploy.targets.items[child.target.unwrap() as usize];
            format!("{service}@{}", target.infrastructure.as_ref().unwrap().text)
        };
        looping.children.iter().map(pair).collect::<Vec<_>>().join(" ")
    }

    fn stage(service: &str, infrastructure: &str, strategy: &str) -> String {
        format!(
            "stages: [{{stage: {{identifier: s, type: Deployment, strategy: {{{strategy}}}, spec: {{\
             service: {{serviceRef: '{service}'}}, environment: {{environmentRef: e, \
             infrastructureDefinitions: [{{identifier: '{infrastructure}'}}]}}}}}}}}]"
        )
    }

    #[test]
    fn each_axis_follows_the_variables_that_it_mentions() {
        const MATRIX: &str = "matrix: {s: [a, b], i: [x, y]}";
        for (service, infrastructure, expected) in [
            ("<+matrix.s>", "<+matrix.i>", "a@x a@y b@x b@y"),
            ("<+matrix.i>", "<+matrix.s>", "x@a y@a x@b y@b"),
            ("<+matrix.s>", "<+matrix.s><+matrix.i>", "a@ax a@ay b@bx b@by"),
            ("one", "<+strategy.iteration>", "one@0 one@1 one@2 one@3"),
            ("of<+strategy.iterations>", "<+matrix.i>", "of4@x of4@y of4@x of4@y"),
        ] {
            assert_eq!(pairs(&stage(service, infrastructure, MATRIX)), expected);
        }
        assert_eq!(
            pairs(&stage("<+repeat.item>", "x", "repeat: {items: [a, b, a]}")),
            "a@x b@x a@x"
        );
    }

    #[test]
    fn what_matters_later_is_told_apart_from_then_on() {
        let mut seen = Seen::default();
        let used = |of: &[usize]| of.iter().map(|at| (*at, ())).collect::<Used>();
        assert_eq!(seen.number(&[0, 0], || (Some(1), used(&[0]))), Some(1));
        assert_eq!(seen.number(&[0, 1], || unreachable!("the second does not matter")), Some(1));
        assert_eq!(seen.number(&[1, 0], || (Some(2), used(&[0, 1]))), Some(2));
        assert_eq!(seen.number(&[1, 1], || (Some(3), used(&[0, 1]))), Some(3));
        assert_eq!(seen.number(&[0, 1], || (Some(4), used(&[0]))), Some(4));
    }
}

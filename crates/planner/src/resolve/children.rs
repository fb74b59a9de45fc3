//! The children of a looping strategy, each with its service and its target.
//!
//! Most children share what they are given: a hundred services on a hundred infrastructures are
//! ten thousand children, and two hundred names. So each axis is read once for each combination of
//! those values that it uses.
//!
//! Follows `docs/semantics.md`, "Looping strategies on a stage".

use deployline_engine::{Child, Looping, Service, Target};
use deployline_map::{Map, Set};

use super::context::{Reader, Reported};
use super::interner::Interner;
use super::strategy::Strategy;
use super::variables::{UsedValues, Variables, name_parts};

/// The children of a stage that deploys, and what their indexes refer to.
pub(super) struct Children {
    pub(super) looping: Looping,
    pub(super) services: Vec<Service>,
    pub(super) targets: Vec<Target>,
}

/// Reads the service and the target of each child; `None` where these are too many.
pub(super) fn read<'a>(
    strategy: &Strategy,
    service: impl Fn(&mut Reader<'_, 'a>) -> Option<Service>,
    target: impl Fn(&mut Reader<'_, 'a>) -> Option<Target>,
    reader: &mut Reader<'_, 'a>,
) -> Option<Children> {
    let mut looping = without_deployments(strategy);
    let mut services = ChildAxis::new(service);
    let mut targets = ChildAxis::new(target);
    let mut reported = Set::new();
    for (index, child) in looping.children.iter_mut().enumerate() {
        let choices = strategy.choices_of(index);
        child.service = services.index_of(strategy, index, &choices, &mut reported, reader);
        child.target = targets.index_of(strategy, index, &choices, &mut reported, reader);
        if reader.cx.budget.is_exceeded() {
            return None;
        }
    }
    let (services, targets) = (services.items.items, targets.items.items);
    Some(Children { looping, services, targets })
}

/// Reads something else for each child: the index of what it has, in the list of all that differ.
pub(super) fn read_each<'a, T: Clone + Ord>(
    strategy: &Strategy,
    read: impl Fn(&mut Reader<'_, 'a>) -> Option<T>,
    reader: &mut Reader<'_, 'a>,
) -> (Vec<Option<u32>>, Vec<T>) {
    let mut axis = ChildAxis::new(read);
    let mut reported = Set::new();
    let mut indexes = Vec::with_capacity(strategy.positions.len());
    for index in 0..strategy.positions.len() {
        let choices = strategy.choices_of(index);
        indexes.push(axis.index_of(strategy, index, &choices, &mut reported, reader));
    }
    (indexes, axis.items.items)
}

/// The children of a stage that deploys nothing.
pub(super) fn without_deployments(strategy: &Strategy) -> Looping {
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
        span: strategy.span,
        values: strategy.values.clone(),
        max_concurrency: written_limit.map_or(all, |limit| limit.value.min(all)),
        written_limit,
        on_failure: strategy.on_failure,
        node_name: strategy.node_name.as_deref().map(name_parts),
        children,
    }
}

/// One axis of all children.
struct ChildAxis<T, F> {
    read: F,
    /// The items of the axis, each once.
    items: Interner<T>,
    cache: ReadingCache,
}

impl<'a, T: Clone + Ord, F: Fn(&mut Reader<'_, 'a>) -> Option<T>> ChildAxis<T, F> {
    fn new(read: F) -> Self {
        Self { read, items: Interner::default(), cache: ReadingCache::default() }
    }

    /// Index of the item of a child that was given `choices`.
    fn index_of(
        &mut self,
        strategy: &Strategy,
        child_idx: usize,
        choices: &[u32],
        reported: &mut Reported,
        reader: &mut Reader<'_, 'a>,
    ) -> Option<u32> {
        let Self { read, items, cache } = self;
        cache.index_of(choices, || {
            let values = strategy.values_of(child_idx);
            let post_fix = strategy.post_fix_of(child_idx);
            let variables = Variables::of_child(&values, (child_idx, strategy.positions.len()))
                .with_post_fix(post_fix.as_deref());
            // Equal items are held once, and no more of them than there are children.
            let taken = reader.cx.budget.taken();
            let mut of_child = Reader::of_child(reader.cx, variables);
            let item = read(&mut of_child);
            let used = of_child.used_values().clone();
            let findings = of_child.into_findings();
            reader.cx.budget.give_back_to(taken);
            reader.add_findings(findings.only_new(reported));
            (item.map(|item| items.index_of(&item)), used)
        })
    }
}

/// Indexes of the items that were read so far, by the choices that mattered.
#[derive(Default)]
struct ReadingCache {
    /// Places of the choices that mattered to any reading.
    used: UsedValues,
    by_choices: Map<Vec<u32>, Option<u32>>,
}

impl ReadingCache {
    /// Index for a child that was given `choices`; read where none was given what matters of these.
    fn index_of(
        &mut self,
        choices: &[u32],
        read: impl FnOnce() -> (Option<u32>, UsedValues),
    ) -> Option<u32> {
        if let Some(index) = self.by_choices.get(&self.key(choices)) {
            return *index;
        }
        let (index, used) = read();
        if used.iter().any(|(at, ())| !self.used.contains_key(at)) {
            for (at, ()) in used {
                self.used.insert(at, ());
            }
            // Earlier keys lack the values that have just turned out to matter.
            self.by_choices.clear();
        }
        self.by_choices.insert(self.key(choices), index);
        index
    }

    fn key(&self, choices: &[u32]) -> Vec<u32> {
        self.used.iter().map(|(at, ())| choices[*at]).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use deployline_engine::{Pipeline, Work};

    use super::*;
    use crate::resolve::context::Context;
    use crate::resolve::entities::Entities;
    use crate::resolve::strategy;
    use crate::resolve::view::View;
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
            ("s<+strategy.identifierPostFix>", "x", "s_0_0@x s_0_1@x s_1_0@x s_1_1@x"),
        ] {
            assert_eq!(pairs(&stage(service, infrastructure, MATRIX)), expected);
        }
        assert_eq!(
            pairs(&stage("<+repeat.item>", "x", "repeat: {items: [a, b, a]}")),
            "a@x b@x a@x"
        );
        assert_eq!(
            pairs(&stage("s<+strategy.identifierPostFix>", "x", "repeat: {items: [a, b]}")),
            "s_0@x s_1@x"
        );
    }

    #[test]
    fn each_axis_is_read_once_for_each_combination_that_it_uses() {
        const TEXT: &str = "strategy: {matrix: {s: [a, b, c], i: [x, y]}}";
        let parsed = deployline_yaml::parse(TEXT);
        let (stage, inputs) = (View::from(parsed.documents[0].root()), Inputs::default());
        for (service, target, expected) in [
            ("one", "two", (1, 1)),
            ("<+matrix.s>", "<+matrix.i>", (3, 2)),
            ("<+matrix.s>", "<+matrix.s><+matrix.i>", (3, 6)),
            ("<+strategy.iteration>", "<+strategy.iterations>", (6, 1)),
        ] {
            let mut cx = Context::new(&inputs, Entities::default());
            let mut reader = Reader::new(&mut cx);
            let strategy = strategy::read(&stage, true, &mut reader).unwrap();
            let (services, targets) = (Cell::new(0), Cell::new(0));
            let read_service = |reader: &mut Reader<'_, '_>| {
                services.set(services.get() + 1);
                Some(Service::placeholder(reader.substitute(service), stage.span()))
            };
            let read_target = |reader: &mut Reader<'_, '_>| {
                targets.set(targets.get() + 1);
                Some(Target::placeholder(reader.substitute(target), None, stage.span()))
            };
            let children = read(&strategy, read_service, read_target, &mut reader).unwrap();
            assert_eq!(children.looping.children.len(), 6);
            assert_eq!((services.get(), targets.get()), expected, "{service} to {target}");
        }
    }

    #[test]
    fn a_value_that_is_used_later_is_part_of_the_key_from_then_on() {
        let mut cache = ReadingCache::default();
        let used = |of: &[usize]| of.iter().map(|at| (*at, ())).collect::<UsedValues>();
        assert_eq!(cache.index_of(&[0, 0], || (Some(1), used(&[0]))), Some(1));
        assert_eq!(cache.index_of(&[0, 1], || unreachable!("the second does not matter")), Some(1));
        assert_eq!(cache.index_of(&[1, 0], || (Some(2), used(&[0, 1]))), Some(2));
        assert_eq!(cache.index_of(&[1, 1], || (Some(3), used(&[0, 1]))), Some(3));
        assert_eq!(cache.index_of(&[0, 1], || (Some(4), used(&[0]))), Some(4));
    }
}

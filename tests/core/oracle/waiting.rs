//! Steps that wait, on paper: each step begins when all before it have ended, instant by instant.
//!
//! Stages that deploy nothing, each with children that go through the same steps.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use deployline_engine::{Assumptions, Ms, Plan, Schedule, Status, StepKind, StepSpan, StepTimes};
use deployline_map::Map;
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

/// Work of each child, in milliseconds: up to eight steps share it, and up to eight each of their parts.
const WORK: u64 = 840 * 840;

/// A pipeline of stages with steps. Times are in milliseconds.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    /// Stages of one entry run side by side.
    pub(crate) entries: Vec<Vec<Steps>>,
    /// A barrier counts the children that run at once.
    pub(crate) counts_slots: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Steps {
    children: usize,
    limit: usize,
    items: Vec<Item>,
}

#[derive(Clone, Debug)]
enum Item {
    /// A share of the work, or so long.
    Work(Option<u64>),
    Wait(u64),
    Barrier {
        name: usize,
        timeout: u64,
    },
    Queue {
        key: usize,
        is_of_stage: bool,
        timeout: u64,
        /// Other runs hold the key so long.
        others: u64,
    },
    Group(Vec<Item>),
    SideBySide(Vec<Item>),
}

pub(crate) fn case() -> impl Strategy<Value = Waiting> {
    let stage = (1..=3usize, 1..=3usize, vec(item(), 1..=3))
        .prop_map(|(children, limit, items)| Steps { children, limit: limit.min(children), items });
    (vec(vec(stage, 1..=3), 1..=2), any::<bool>())
        .prop_map(|(entries, counts_slots)| Waiting { entries, counts_slots })
}

fn item() -> impl Strategy<Value = Item> {
    let timeout = || select(&[WORK / 4, WORK, WORK * 3]);
    let leaf = prop_oneof![
        4 => weighted(0.2, select(&[0, WORK / 3, WORK * 2])).prop_map(Item::Work),
        2 => select(&[0, WORK / 4, WORK / 2, WORK]).prop_map(Item::Wait),
        2 => (0..2usize, timeout()).prop_map(|(name, timeout)| Item::Barrier { name, timeout }),
        2 => (0..2usize, prop::bool::weighted(0.8), timeout(), select(&[0, 0, 0, WORK / 4, WORK * 2]))
            .prop_map(|(key, is_of_stage, timeout, others)| {
                Item::Queue { key, is_of_stage, timeout, others }
            }),
    ];
    leaf.prop_recursive(2, 4, 2, |inner| {
        prop_oneof![
            vec(inner.clone(), 1..=2).prop_map(Item::Group),
            vec(inner, 1..=2).prop_map(Item::SideBySide),
        ]
    })
}

impl Waiting {
    pub(crate) fn assumptions(&self) -> Assumptions {
        let (mut step_durations, mut waits) = (Map::new(), Map::new());
        for (position, stage) in self.entries.iter().flatten().enumerate() {
            assumed(&stage.items, &mut 0, &mut |step, is_wait, length| {
                let place = (format!("s{position}"), name(step));
                let all = if is_wait { &mut waits } else { &mut step_durations };
                all.insert(place, Ms(length));
            });
        }
        Assumptions {
            step_durations,
            waits,
            duration: Ms(WORK),
            barrier_in_loops: self.counts_slots,
            ..Assumptions::default()
        }
    }

    pub(crate) fn yaml(&self) -> String {
        let mut text = "pipeline:\n  identifier: p\n  flowControl: {barriers: [{identifier: b0}, \
                        {identifier: b1}]}\n  stages:\n"
            .to_owned();
        let mut position = 0;
        for entry in &self.entries {
            let _ = writeln!(text, "  - parallel:");
            for stage in entry {
                let mut step = 0;
                let items = yaml_of(&stage.items, &mut step);
                let _ = writeln!(
                    text,
                    "    - stage: {{identifier: s{position}, type: Custom, strategy: {{repeat: {{times: {}, \
                     maxConcurrency: {}}}}}, spec: {{execution: {{steps: {items}}}}}}}",
                    stage.children, stage.limit
                );
                position += 1;
            }
        }
        text
    }

    /// A line for each child with its steps: `s0 1: 0 to 4 failed, x1 0 to 4`.
    pub(crate) fn answer(&self) -> String {
        let mut paper = Paper::new(self);
        paper.run();
        let mut lines = String::new();
        for (stage, children) in paper.children.iter().enumerate() {
            for (i, child) in children.iter().enumerate() {
                let _ = match (child.start, child.end) {
                    (Some(start), Some(end)) => {
                        let failed = if child.has_failed { " failed" } else { "" };
                        let steps = paper.steps_of(stage, child);
                        writeln!(lines, "s{stage} {i}: {start} to {end}{failed}{steps}")
                    }
                    _ => writeln!(lines, "s{stage} {i}: never"),
                };
            }
        }
        lines
    }
}

/// The same of the planner.
pub(crate) fn of_planner(plan: &Plan, schedule: &Schedule, assumptions: &Assumptions) -> String {
    let mut lines = String::new();
    for (position, (stage, run)) in plan.pipeline.stages.iter().zip(&schedule.stages).enumerate() {
        let times = StepTimes::new(plan, schedule, assumptions, position);
        let steps = |child: usize| {
            let spans = times.iter().flat_map(|times| times.of(child as u32));
            let spans = spans.filter_map(|StepSpan { step, start, end }| {
                let of = &stage.steps.tree[step as usize];
                let is_leaf = matches!(of.kind, StepKind::Work | StepKind::Wait);
                is_leaf.then(|| format!(", {} {} to {}", of.identifier, start.0, end.0))
            });
            spans.collect::<String>()
        };
        for (i, run) in run.runs.iter().enumerate() {
            let failed = if run.status == Status::Failed { " failed" } else { "" };
            let _ = match run.status {
                Status::Skipped => writeln!(lines, "{} {i}: never", stage.identifier),
                _ => {
                    let (start, end) = (run.start.0, run.end.0);
                    let steps = steps(i);
                    writeln!(lines, "{} {i}: {start} to {end}{failed}{steps}", stage.identifier)
                }
            };
        }
    }
    lines
}

fn yaml_of(items: &[Item], step: &mut usize) -> String {
    let all = items.iter().map(|item| {
        *step += 1;
        let name = format!("identifier: {}", name(*step));
        let plain = |kind: &str, timeout: u64, spec: &str| {
            format!("{{step: {{{name}, type: {kind}, timeout: {timeout}ms, spec: {{{spec}}}}}}}")
        };
        match item {
            Item::Work(_) => format!("{{step: {{{name}, type: Http}}}}"),
            Item::Wait(length) => {
                format!("{{step: {{{name}, type: Wait, spec: {{duration: {length}ms}}}}}}")
            }
            Item::Barrier { name, timeout } => {
                plain("Barrier", *timeout, &format!("barrierRef: b{name}"))
            }
            Item::Queue { key, is_of_stage, timeout, .. } => {
                let scope = if *is_of_stage { "Stage" } else { "Pipeline" };
                plain("Queue", *timeout, &format!("key: k{key}, scope: {scope}"))
            }
            Item::Group(inner) => {
                format!("{{stepGroup: {{{name}, steps: {}}}}}", yaml_of(inner, step))
            }
            Item::SideBySide(inner) => format!("{{parallel: {}}}", yaml_of(inner, step)),
        }
    });
    format!("[{}]", all.collect::<Vec<_>>().join(", "))
}

fn name(step: usize) -> String {
    format!("x{step}")
}

/// Tells of the steps of which a length is assumed: their numbers in the order of the text, whether they wait, and how
/// long they take.
fn assumed(items: &[Item], step: &mut usize, tell: &mut dyn FnMut(usize, bool, u64)) {
    for item in items {
        *step += 1;
        match item {
            Item::Work(Some(length)) => tell(*step, false, *length),
            Item::Queue { others, .. } if *others > 0 => tell(*step, true, *others),
            Item::Group(inner) | Item::SideBySide(inner) => assumed(inner, step, tell),
            Item::Work(None) | Item::Wait(_) | Item::Barrier { .. } | Item::Queue { .. } => {}
        }
    }
}

/// A step that holds no others, with those that must have ended before it.
#[derive(Clone)]
struct Leaf {
    /// Its number in the order of the text; none for work that no step has.
    number: Option<usize>,
    does: Does,
    before: BTreeSet<usize>,
}

#[derive(Clone, Copy, PartialEq)]
enum Does {
    Takes(u64),
    /// It fails where it is not over by then.
    TakesAtMost {
        length: u64,
        timeout: u64,
    },
    Meets {
        name: usize,
        timeout: u64,
    },
    Queues {
        key: usize,
        timeout: u64,
        others: u64,
    },
}

fn works(items: &[Item]) -> u64 {
    let of = |item: &Item| match item {
        Item::Work(_) => 1,
        Item::Wait(_) | Item::Barrier { .. } | Item::Queue { .. } => 0,
        Item::Group(inner) => works(inner),
        Item::SideBySide(inner) => works(inner).min(1),
    };
    items.iter().map(of).sum()
}

fn has_known_wait(items: &[Item]) -> bool {
    items.iter().any(|item| match item {
        Item::Wait(length) => *length > 0,
        Item::Group(inner) | Item::SideBySide(inner) => has_known_wait(inner),
        Item::Queue { others, .. } => *others > 0,
        Item::Work(_) | Item::Barrier { .. } => false,
    })
}

/// The leaves of a stage in the order of the text.
fn leaves(items: &[Item]) -> Vec<Leaf> {
    let mut all = Vec::new();
    let mut before = BTreeSet::new();
    if works(items) == 0 && !has_known_wait(items) {
        all.push(Leaf { number: None, does: Does::Takes(WORK), before: BTreeSet::new() });
        before.insert(0);
    }
    add_sequence(items, WORK, before, (&mut 0, &mut all));
    all
}

/// Adds steps one after the other; returns the leaves that must end before what stands behind them.
fn add_sequence(
    items: &[Item],
    work: u64,
    mut before: BTreeSet<usize>,
    (step, all): (&mut usize, &mut Vec<Leaf>),
) -> BTreeSet<usize> {
    let each = work / works(items).max(1);
    for item in items {
        let own = each * works(std::slice::from_ref(item));
        before = add(item, own, before, (step, all));
    }
    before
}

fn add(
    item: &Item,
    work: u64,
    before: BTreeSet<usize>,
    (step, all): (&mut usize, &mut Vec<Leaf>),
) -> BTreeSet<usize> {
    *step += 1;
    let does = match item {
        Item::Work(own) => Does::Takes(own.unwrap_or(work)),
        Item::Wait(length) => Does::Takes(*length),
        Item::Barrier { name, timeout } => Does::Meets { name: *name, timeout: *timeout },
        Item::Queue { key, is_of_stage: true, timeout, others } => {
            Does::Queues { key: *key, timeout: *timeout, others: *others }
        }
        Item::Queue { is_of_stage: false, timeout, others, .. } => {
            Does::TakesAtMost { length: *others, timeout: *timeout }
        }
        Item::Group(inner) => return add_sequence(inner, work, before, (step, all)),
        Item::SideBySide(inner) => {
            let ends = inner.iter().map(|item| {
                let own = if works(std::slice::from_ref(item)) > 0 { work } else { 0 };
                add(item, own, before.clone(), (step, all))
            });
            return ends.flatten().collect();
        }
    };
    all.push(Leaf { number: Some(*step), does, before });
    [all.len() - 1].into()
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    NotYet,
    /// Until that instant; of one that waits for others, its timeout.
    Until(u64),
    /// Other runs hold its key until that instant.
    OtherRuns(u64),
    /// What it waits for has come.
    Released,
    /// What it waits for never comes.
    Broken,
    Ended,
    Failed,
}

#[derive(Clone)]
struct Child {
    start: Option<u64>,
    has_begun: bool,
    end: Option<u64>,
    leaves: Vec<State>,
    /// By leaf: when it began, and when it ended.
    times: Vec<(u64, u64)>,
    has_failed: bool,
    is_skipped: bool,
    /// It comes to no barrier any more.
    has_given_up: bool,
}

impl Child {
    fn runs(&self) -> bool {
        self.leaves
            .iter()
            .any(|state| !matches!(state, State::NotYet | State::Ended | State::Failed))
    }
}

struct Paper<'a> {
    case: &'a Waiting,
    stages: Vec<&'a Steps>,
    leaves: Vec<Vec<Leaf>>,
    children: Vec<Vec<Child>>,
    /// Barriers that a member can't reach any more, or has waited too long for.
    broken: BTreeSet<usize>,
    came: BTreeMap<usize, usize>,
    /// By key: who holds it, and who waits, in order.
    holders: BTreeMap<usize, (usize, usize)>,
    queues: BTreeMap<usize, Vec<(usize, usize, usize)>>,
    now: u64,
}

impl<'a> Paper<'a> {
    fn new(case: &'a Waiting) -> Self {
        let stages: Vec<&Steps> = case.entries.iter().flatten().collect();
        let leaves: Vec<Vec<Leaf>> = stages.iter().map(|stage| leaves(&stage.items)).collect();
        let child = |leaves: &Vec<Leaf>| Child {
            start: None,
            has_begun: false,
            end: None,
            leaves: vec![State::NotYet; leaves.len()],
            times: vec![(0, 0); leaves.len()],
            has_failed: false,
            is_skipped: false,
            has_given_up: false,
        };
        let children = stages.iter().zip(&leaves);
        let children = children.map(|(stage, leaves)| vec![child(leaves); stage.children]);
        Paper {
            case,
            children: children.collect(),
            stages,
            leaves,
            broken: BTreeSet::new(),
            came: BTreeMap::new(),
            holders: BTreeMap::new(),
            queues: BTreeMap::new(),
            now: 0,
        }
    }

    fn run(&mut self) {
        let mut first = 0;
        let mut has_failed = false;
        for entry in &self.case.entries {
            let stages = first..first + entry.len();
            first = stages.end;
            if has_failed {
                for stage in stages {
                    self.children[stage].iter_mut().for_each(|child| child.is_skipped = true);
                }
                continue;
            }
            for stage in stages.clone() {
                for child in 0..self.stages[stage].limit {
                    self.children[stage][child].start = Some(self.now);
                }
            }
            while stages.clone().any(|stage| self.children[stage].iter().any(|it| it.end.is_none()))
            {
                while self.something_happens() {}
                let all = self.children.iter().flatten().filter(|child| child.end.is_none());
                let next = all.flat_map(|child| &child.leaves).filter_map(|state| match state {
                    State::Until(time) | State::OtherRuns(time) => Some(*time),
                    _ => None,
                });
                self.now = next.filter(|time| *time > self.now).min().unwrap_or(self.now);
            }
            has_failed =
                stages.clone().any(|stage| self.children[stage].iter().any(|it| it.has_failed));
        }
    }

    /// The first thing that happens at this instant: a step of the first child in the list, then the end of one, then
    /// a timeout. `false` where nothing does.
    fn something_happens(&mut self) -> bool {
        let all: Vec<(usize, usize)> = (0..self.children.len())
            .flat_map(|stage| (0..self.children[stage].len()).map(move |child| (stage, child)))
            .filter(|(stage, child)| {
                let child = &self.children[*stage][*child];
                child.start.is_some() && child.end.is_none()
            })
            .collect();
        all.iter().any(|at| self.next_begins(*at))
            || all.iter().any(|at| self.step_happens(*at))
            || all.iter().any(|at| self.child_ends(*at))
            || all.iter().any(|at| self.timeout_happens(*at))
    }

    fn state(&self, (stage, child): (usize, usize), leaf: usize) -> State {
        self.children[stage][child].leaves[leaf]
    }

    fn set(&mut self, (stage, child): (usize, usize), leaf: usize, state: State) {
        let child = &mut self.children[stage][child];
        if child.leaves[leaf] == State::NotYet {
            child.times[leaf].0 = self.now;
        }
        child.times[leaf].1 = self.now;
        child.leaves[leaf] = state;
    }

    /// `, x1 0 to 4` for each step that began.
    fn steps_of(&self, stage: usize, child: &Child) -> String {
        let leaves = self.leaves[stage].iter().zip(&child.leaves).zip(&child.times);
        let ran = leaves.filter(|((_, state), _)| **state != State::NotYet);
        let named = ran.filter_map(|((leaf, _), (begin, end))| {
            Some(format!(", {} {begin} to {end}", name(leaf.number?)))
        });
        named.collect()
    }

    /// What stands behind a step begins together with its end, and so do steps side by side.
    fn next_begins(&mut self, at: (usize, usize)) -> bool {
        if !self.children[at.0][at.1].has_begun {
            return false;
        }
        for leaf in 0..self.leaves[at.0].len() {
            let Leaf { does, before, .. } = self.leaves[at.0][leaf].clone();
            let states = &self.children[at.0][at.1].leaves;
            let is_over = before.iter().all(|leaf| states[*leaf] == State::Ended);
            if states[leaf] != State::NotYet || !is_over {
                continue;
            }
            let new = self.begins(at, leaf, does);
            self.set(at, leaf, new);
            if let (State::Until(_), Does::Meets { name, .. }) = (new, does) {
                self.open_if_all_came(name);
            }
            return true;
        }
        self.gives_up(at)
    }

    /// The child begins, or a step of it ends.
    fn step_happens(&mut self, at: (usize, usize)) -> bool {
        let child = &mut self.children[at.0][at.1];
        if !std::mem::replace(&mut child.has_begun, true) {
            return true;
        }
        for leaf in 0..self.leaves[at.0].len() {
            let new = match (self.state(at, leaf), self.leaves[at.0][leaf].does) {
                (State::Until(time), Does::Takes(_)) if time == self.now => State::Ended,
                (State::Until(time), Does::TakesAtMost { length, timeout }) if time == self.now => {
                    if length > timeout {
                        State::Failed
                    } else {
                        State::Ended
                    }
                }
                (State::OtherRuns(time), Does::Queues { key, timeout, others })
                    if time == self.now =>
                {
                    let since = self.children[at.0][at.1].times[leaf].0;
                    match others > timeout {
                        true => State::Failed,
                        false => self.queues(at, leaf, (key, since + timeout)),
                    }
                }
                (State::Released, _) => State::Ended,
                (State::Broken, _) => State::Failed,
                _ => continue,
            };
            self.set(at, leaf, new);
            return true;
        }
        false
    }

    /// A child whose steps are over comes to no barrier any more.
    fn gives_up(&mut self, (stage, index): (usize, usize)) -> bool {
        let child = &mut self.children[stage][index];
        if child.has_given_up || child.runs() {
            return false;
        }
        child.has_given_up = true;
        let never = (0..child.leaves.len()).filter(|i| child.leaves[*i] == State::NotYet);
        for leaf in never.collect::<Vec<_>>() {
            if let Does::Meets { name, .. } = self.leaves[stage][leaf].does {
                self.break_barrier(name);
            }
        }
        true
    }

    fn begins(&mut self, at: (usize, usize), leaf: usize, does: Does) -> State {
        match does {
            Does::Takes(length) => State::Until(self.now + length),
            Does::Meets { name, timeout } => {
                *self.came.entry(name).or_default() += 1;
                if self.broken.contains(&name) {
                    State::Broken
                } else {
                    State::Until(self.now + timeout)
                }
            }
            Does::TakesAtMost { length, timeout } => State::Until(self.now + length.min(timeout)),
            Does::Queues { timeout, others, .. } if others > 0 => {
                State::OtherRuns(self.now + others.min(timeout))
            }
            Does::Queues { key, timeout, .. } => self.queues(at, leaf, (key, self.now + timeout)),
        }
    }

    /// Takes a key, or waits for it until a time.
    fn queues(&mut self, at: (usize, usize), leaf: usize, (key, until): (usize, u64)) -> State {
        let holder = *self.holders.entry(key).or_insert(at);
        if holder == at {
            return State::Ended;
        }
        self.queues.entry(key).or_default().push((at.0, at.1, leaf));
        State::Until(until)
    }

    /// All that may still come, and all that have come.
    fn members(&self, name: usize) -> usize {
        let of_stage = |stage: usize| {
            let is_it =
                |leaf: &&Leaf| matches!(leaf.does, Does::Meets { name: of, .. } if of == name);
            let steps = self.leaves[stage].iter().filter(is_it).count();
            let children = self.children[stage].iter().filter(|child| !child.is_skipped).count();
            steps
                * if self.case.counts_slots {
                    children.min(self.stages[stage].limit)
                } else {
                    children
                }
        };
        (0..self.stages.len()).map(of_stage).sum()
    }

    fn open_if_all_came(&mut self, name: usize) {
        if self.came.get(&name).copied().unwrap_or(0) >= self.members(name) {
            self.all_at(name, State::Released);
        }
    }

    /// Gives all that wait at a barrier this state.
    fn all_at(&mut self, name: usize, state: State) {
        for (stage, leaves) in self.leaves.iter().enumerate() {
            for child in &mut self.children[stage] {
                for (leaf, of) in leaves.iter().zip(&mut child.leaves) {
                    let is_it = matches!(leaf.does, Does::Meets { name: of, .. } if of == name);
                    if is_it && matches!(of, State::Until(_)) {
                        *of = state;
                    }
                }
            }
        }
    }

    fn break_barrier(&mut self, name: usize) {
        if self.came.get(&name).copied().unwrap_or(0) < self.members(name) {
            self.broken.insert(name);
            self.all_at(name, State::Broken);
        }
    }

    /// A child ends when nothing of it runs and nothing can begin.
    fn child_ends(&mut self, (stage, index): (usize, usize)) -> bool {
        let child = &mut self.children[stage][index];
        if child.runs() {
            return false;
        }
        child.end = Some(self.now);
        child.has_failed = child.leaves.contains(&State::Failed);
        let held: Vec<usize> = self
            .holders
            .iter()
            .filter(|(_, by)| **by == (stage, index))
            .map(|(key, _)| *key)
            .collect();
        for key in held {
            self.holders.remove(&key);
            let waiting = self.queues.entry(key).or_default();
            let next = (!waiting.is_empty()).then(|| waiting.remove(0));
            if let Some((stage, child, _)) = next {
                self.holders.insert(key, (stage, child));
                self.passes((stage, child), key);
            }
        }
        if let Some(next) = self.children[stage].iter().position(|child| child.start.is_none()) {
            self.children[stage][next].start = Some(self.now);
        }
        true
    }

    /// All steps of a child that wait for this key go on.
    fn passes(&mut self, (stage, child): (usize, usize), key: usize) {
        self.queues.entry(key).or_default().retain(|of| (of.0, of.1) != (stage, child));
        for (leaf, state) in self.leaves[stage].iter().zip(&mut self.children[stage][child].leaves)
        {
            let is_it = matches!(leaf.does, Does::Queues { key: of, .. } if of == key);
            if is_it && matches!(state, State::Until(_)) {
                *state = State::Released;
            }
        }
    }

    fn timeout_happens(&mut self, at: (usize, usize)) -> bool {
        for leaf in 0..self.leaves[at.0].len() {
            let now = State::Until(self.now);
            if self.state(at, leaf) != now {
                continue;
            }
            self.set(at, leaf, State::Failed);
            match self.leaves[at.0][leaf].does {
                Does::Meets { name, .. } => self.break_barrier(name),
                Does::Queues { key, .. } => {
                    let waiting = self.queues.entry(key).or_default();
                    waiting.retain(|of| *of != (at.0, at.1, leaf));
                }
                Does::Takes(_) | Does::TakesAtMost { .. } => unreachable!("it has ended"),
            }
            return true;
        }
        false
    }
}

//! The steps of each child on paper, instant by instant.

use std::collections::{BTreeMap, BTreeSet};

use super::{Item, Steps, WORK, Waiting, name};

/// A step that holds no others, with those that must have ended before it.
#[derive(Clone)]
struct Leaf {
    /// Its number in the order of the text; none for work that no step has.
    number: Option<usize>,
    does: Does,
    before: BTreeSet<usize>,
    /// Of the first ones of a run in a loop: the runs before it, by their last leaves, and how many of these must have
    /// ended, none having failed.
    place: Option<Place>,
}

#[derive(Clone)]
struct Place {
    /// By run before it: its leaves, and those that must end before it has ended.
    runs: Vec<(std::ops::Range<usize>, BTreeSet<usize>)>,
    least: usize,
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
        Item::Loop { times, limit, of } => {
            works(std::slice::from_ref(of)) * times.div_ceil(*limit) as u64
        }
    };
    items.iter().map(of).sum()
}

fn has_known_wait(items: &[Item]) -> bool {
    items.iter().any(|item| match item {
        Item::Wait(length) => *length > 0,
        Item::Group(inner) | Item::SideBySide(inner) => has_known_wait(inner),
        Item::Queue { others, .. } => *others > 0,
        Item::Loop { of, .. } => has_known_wait(std::slice::from_ref(of)),
        Item::Work(_) | Item::Barrier { .. } => false,
    })
}

/// The leaves of a stage in the order of the text.
fn leaves(items: &[Item]) -> Vec<Leaf> {
    let mut all = Vec::new();
    let mut before = BTreeSet::new();
    if works(items) == 0 && !has_known_wait(items) {
        all.push(Leaf {
            number: None,
            does: Does::Takes(WORK),
            before: BTreeSet::new(),
            place: None,
        });
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
    let (all_works, mut done) = (works(items), 0);
    for item in items {
        let from = done;
        done += works(std::slice::from_ref(item));
        let own = part(work, (from, done), all_works);
        before = add(item, own, before, (step, all));
    }
    before
}

/// The work of some of so many equal parts, in whole milliseconds that add up.
fn part(work: u64, (from, to): (u64, u64), all: u64) -> u64 {
    work * to / all.max(1) - work * from / all.max(1)
}

fn add(
    item: &Item,
    work: u64,
    before: BTreeSet<usize>,
    (step, all): (&mut usize, &mut Vec<Leaf>),
) -> BTreeSet<usize> {
    if let Item::Loop { times, limit, of } = item {
        return add_loop(of, (*times, *limit), work, before, (step, all));
    }
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
        Item::Loop { .. } => unreachable!("it is one of those above"),
    };
    all.push(Leaf { number: Some(*step), does, before, place: None });
    [all.len() - 1].into()
}

/// Adds runs of one item: so many begin at once, each other one when another has ended.
fn add_loop(
    of: &Item,
    (times, limit): (usize, usize),
    work: u64,
    before: BTreeSet<usize>,
    (step, all): (&mut usize, &mut Vec<Leaf>),
) -> BTreeSet<usize> {
    let first_step = *step;
    let rounds = times.div_ceil(limit) as u64;
    let mut runs = Vec::new();
    for run in 0..times {
        *step = first_step;
        let round = (run / limit) as u64;
        let own = match works(std::slice::from_ref(of)) {
            0 => 0,
            _ => part(work, (round, round + 1), rounds),
        };
        let first = all.len();
        let ends = add(of, own, before.clone(), (step, all));
        if run >= limit {
            for leaf in &mut all[first..] {
                // The others of the run come after these.
                if leaf.before == before && leaf.place.is_none() {
                    leaf.place = Some(Place { runs: runs.clone(), least: run + 1 - limit });
                }
            }
        }
        runs.push((first..all.len(), ends));
    }
    runs.into_iter().flat_map(|(_, ends)| ends).collect()
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    NotYet,
    /// Until that instant; of one that waits for others, its timeout.
    Until(u64),
    /// Other runs hold its key until that instant.
    OtherRuns(u64),
    /// The others have come, or the key is free.
    Released,
    /// The others never come.
    Broken,
    Ended,
    Failed,
}

#[derive(Clone)]
pub(super) struct Child {
    pub(super) start: Option<u64>,
    has_begun: bool,
    pub(super) end: Option<u64>,
    leaves: Vec<State>,
    /// By leaf: when it began, and when it ended.
    times: Vec<(u64, u64)>,
    pub(super) has_failed: bool,
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

pub(super) struct Paper<'a> {
    case: &'a Waiting,
    stages: Vec<&'a Steps>,
    leaves: Vec<Vec<Leaf>>,
    pub(super) children: Vec<Vec<Child>>,
    /// Barriers that a member can't reach any more, or has waited too long for.
    broken: BTreeSet<usize>,
    came: BTreeMap<usize, usize>,
    /// By key: who holds it, and who waits, in order.
    holders: BTreeMap<usize, (usize, usize)>,
    queues: BTreeMap<usize, Vec<(usize, usize, usize)>>,
    now: u64,
}

impl<'a> Paper<'a> {
    pub(super) fn new(case: &'a Waiting) -> Self {
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

    pub(super) fn run(&mut self) {
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
    pub(super) fn steps_of(&self, stage: usize, child: &Child) -> String {
        let leaves = self.leaves[stage].iter().zip(&child.leaves).zip(&child.times);
        let ran = leaves.filter(|((_, state), _)| **state != State::NotYet);
        let named = ran.filter_map(|((leaf, _), (begin, end))| {
            Some(format!(", {} {begin} to {end}", name(leaf.number?)))
        });
        named.collect()
    }

    /// The step behind another begins together with its end, and so do steps side by side.
    fn next_begins(&mut self, at: (usize, usize)) -> bool {
        if !self.children[at.0][at.1].has_begun {
            return false;
        }
        for leaf in 0..self.leaves[at.0].len() {
            let Leaf { does, before, place, .. } = self.leaves[at.0][leaf].clone();
            let states = &self.children[at.0][at.1].leaves;
            let are_over =
                |leaves: &BTreeSet<usize>| leaves.iter().all(|leaf| states[*leaf] == State::Ended);
            let has_place = place.is_none_or(|place| {
                let mut leaves = place.runs.iter().flat_map(|(leaves, _)| leaves.clone());
                let has_failed = leaves.any(|leaf| states[leaf] == State::Failed);
                let over = place.runs.iter().filter(|(_, ends)| are_over(ends)).count();
                over >= place.least && !has_failed
            });
            if states[leaf] != State::NotYet || !are_over(&before) || !has_place {
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

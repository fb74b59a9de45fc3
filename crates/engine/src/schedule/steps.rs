//! Steps in the bar of a deployment: its work is shared by the steps that work, and each wait adds its length.
//!
//! Follows `docs/semantics.md`, "Inside a deployment".
//!
//! ```text
//! steps: roll, wait 5m, test; 4 minutes of work
//! |roll==|wait=======|test==|      2m, 5m, 2m
//! ```

use deployline_map::Set;

use super::durations::StageDurations;
use super::window::{StepEnd, Window};
use super::{Part, PartKind, WaitsFor};
use crate::{Assumptions, Deployment, Ms, Stage, Step, StepKind, StepWait, WaitKind};

/// The longest that a step waits at a barrier or in a queue, where its text says nothing.
pub const DEFAULT_TIMEOUT: Ms = Ms::from_hours(10);

/// The steps of a stage as they run, where one of them waits.
pub(super) struct Flow<'a> {
    pub(super) tree: &'a [Step],
    pub(super) waits: &'a [StepWait],
    /// By wait: its length. Of one at a barrier or in a queue, what is added to what it waits for.
    lengths: Vec<Ms>,
    /// By step: its own duration, where one is assumed; empty where none is.
    own: Vec<Option<Ms>>,
    /// By step: shares of the work within it.
    shares: Vec<u64>,
    /// By step: the one around it.
    pub(super) parents: Vec<Option<u32>>,
    /// By step: `true` where something within it waits for other deployments, or longer than it may.
    is_held: Vec<bool>,
    /// The most steps side by side, or runs of one, that the account lets go at once.
    account_limit: Option<u32>,
    /// Length of the wait until a person starts the stage, or until that is given up.
    pub(super) manual: Ms,
    /// Nobody starts the stage before its timeout.
    pub(super) is_given_up: bool,
    /// The deployment that starts at 0 with so much work, which most have.
    usual: Option<(Ms, Usual)>,
}

/// A deployment that starts at 0.
struct Usual {
    /// None where all of it is work.
    parts: Vec<Part>,
    length: Ms,
}

/// A step as it ran in one deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Leaf {
    pub(super) kind: PartKind,
    pub(super) step: Option<u32>,
    pub(super) start: Ms,
    pub(super) end: Ms,
    pub(super) waits_for: Option<WaitsFor>,
}

/// Lengths of steps by the text and the assumptions.
#[derive(Default)]
struct Lengths {
    /// By wait.
    of_waits: Vec<Ms>,
    manual: Ms,
    is_given_up: bool,
    own: Vec<Option<Ms>>,
    account_limit: Option<u32>,
}

impl Lengths {
    fn new(stage: &Stage, assumptions: &Assumptions) -> Self {
        let (tree, waits) = (&stage.steps.tree[..], &stage.steps.waits[..]);
        let given = |step: &str| {
            if assumptions.waits.is_empty() {
                return None;
            }
            let stage = stage.own_identifier().to_owned();
            assumptions.waits.get(&(stage, step.to_owned())).copied()
        };
        let manual = stage.manual.and_then(|_| given("")).unwrap_or_default();
        let timeout = stage.manual.and_then(|manual| manual.timeout).map(|timeout| timeout.after);
        let is_given_up = timeout.is_some_and(|timeout| timeout < manual);
        let manual = timeout.map_or(manual, |timeout| timeout.min(manual));
        let length = |wait: &StepWait| {
            given(&tree[wait.step as usize].identifier).unwrap_or(match wait.kind {
                WaitKind::Time(time) => time.unwrap_or_default(),
                WaitKind::Approval | WaitKind::Barrier(_) | WaitKind::Queue(_) => Ms(0),
            })
        };
        let of_waits = waits.iter().map(length).collect();
        let account_limit = assumptions.at_once();
        Self {
            of_waits,
            manual,
            is_given_up,
            own: own_durations(stage, assumptions),
            account_limit,
        }
    }
}

impl<'a> Flow<'a> {
    /// The steps of a stage; `None` where nothing in it waits, and none has a duration of its own.
    pub(super) fn new(stage: &'a Stage, assumptions: &Assumptions) -> Option<Self> {
        let lengths = Lengths::new(stage, assumptions);
        let is_held =
            |wait: &StepWait| matches!(&wait.kind, WaitKind::Barrier(_) | WaitKind::Queue(Some(_)));
        let is_plain = lengths.of_waits.iter().all(|length| *length == Ms(0))
            && !stage.steps.waits.iter().any(is_held)
            && lengths.manual == Ms(0)
            && !lengths.is_given_up
            && lengths.own.is_empty();
        (!is_plain).then(|| Self::with(&stage.steps.tree, &stage.steps.waits, lengths))
    }

    /// The steps of a stage, whatever they do.
    pub(super) fn of(stage: &'a Stage, assumptions: &Assumptions) -> Self {
        Self::with(&stage.steps.tree, &stage.steps.waits, Lengths::new(stage, assumptions))
    }

    /// The steps that a rollback runs.
    pub(super) fn of_rollback(stage: &'a Stage, assumptions: &Assumptions) -> Self {
        let account_limit = assumptions.at_once();
        Self::with(&stage.steps.rollback, &[], Lengths { account_limit, ..Lengths::default() })
    }

    fn with(tree: &'a [Step], waits: &'a [StepWait], lengths: Lengths) -> Self {
        let mut flow = Self {
            tree,
            waits,
            lengths: lengths.of_waits,
            own: lengths.own,
            shares: vec![0; tree.len()],
            parents: parents(tree),
            is_held: vec![false; tree.len()],
            account_limit: lengths.account_limit,
            manual: lengths.manual,
            is_given_up: lengths.is_given_up,
            usual: None,
        };
        flow.share();
        flow
    }

    /// Counts shares and what is held, from the innermost steps outwards.
    fn share(&mut self) {
        for (index, wait) in self.waits.iter().enumerate() {
            let is_late = wait.timeout.is_some_and(|timeout| self.lengths[index] > timeout.after);
            let is_queue = matches!(wait.kind, WaitKind::Barrier(_) | WaitKind::Queue(Some(_)));
            self.is_held[wait.step as usize] = is_queue || is_late;
        }
        for step in (0..self.tree.len()).rev() {
            let own = u64::from(self.tree[step].kind == StepKind::Work);
            self.shares[step] += own;
            if let Some(at_once) = self.at_once(step as u32) {
                let inner = self.children(Some(step as u32));
                let shares: Vec<u64> = inner.map(|inner| self.shares[inner as usize]).collect();
                let of_each = shares.iter().copied().max().unwrap_or_default();
                let works = shares.iter().filter(|shares| **shares > 0).count();
                let rounds = works.div_ceil(at_once) as u64;
                self.shares[step] = match self.kind(step as u32) {
                    StepKind::SideBySide => rounds * of_each.min(1),
                    _ => rounds * of_each,
                };
            }
            let Some(parent) = self.parents[step] else { continue };
            self.shares[parent as usize] += self.shares[step];
            self.is_held[parent as usize] |= self.is_held[step];
        }
    }

    /// Returns `true` where a step waits for other deployments, or longer than it may.
    pub(super) fn is_held(&self) -> bool {
        self.is_held.contains(&true)
    }

    pub(super) fn is_step_held(&self, step: u32) -> bool {
        self.is_held[step as usize]
    }

    /// Returns `true` where all steps wait, some for a time that is known: there is nothing else to do then.
    fn is_wait_alone(&self) -> bool {
        self.shares_of(None) == 0 && self.lengths.iter().any(|length| *length > Ms(0))
    }

    /// The wait of a step that waits.
    pub(super) fn wait(&self, step: u32) -> Option<(&'a StepWait, Ms)> {
        let place = self.waits.binary_search_by_key(&step, |wait| wait.step).ok()?;
        Some((&self.waits[place], self.lengths[place]))
    }

    /// First step behind those within `around`, or behind all.
    pub(super) fn end_of(&self, around: Option<u32>) -> u32 {
        match around {
            Some(step) => step + 1 + self.tree[step as usize].inner,
            None => super::index_u32(self.tree.len()),
        }
    }

    /// Parts and end of a deployment that starts at an instant with so much work, where nothing is held; no parts where
    /// all of it is work.
    pub(super) fn parts(&mut self, start: Ms, manual: Ms, work: Ms) -> (Vec<Part>, Ms) {
        let usual = match self.usual.take() {
            Some((of, usual)) if of == work => usual,
            _ => self.usual(work),
        };
        let begin = start + manual;
        let end = begin + usual.length;
        let plain = |kind, start, end| Part { kind, start, end, step: None, waits_for: None };
        let moved = usual.parts.iter().map(|part| Part {
            start: part.start + begin,
            end: part.end + begin,
            ..*part
        });
        let mut parts: Vec<Part> = moved.collect();
        if manual > Ms(0) {
            if parts.is_empty() {
                parts.push(plain(PartKind::Work, begin, end));
            }
            parts.insert(0, plain(PartKind::Manual, start, begin));
        }
        self.usual = Some((work, usual));
        (parts, end)
    }

    fn usual(&self, work: Ms) -> Usual {
        let mut leaves = Vec::new();
        let length = self.whole(Ms(0), work, &mut leaves);
        Usual { parts: linear(leaves), length }
    }

    /// The time in which something works, of a deployment with so much work for the steps without a duration of their
    /// own.
    pub(super) fn working(&self, work: Ms) -> Ms {
        if self.own.is_empty() {
            return work;
        }
        let usual = self.usual(work);
        if usual.parts.is_empty() {
            return usual.length;
        }
        let works = usual.parts.iter().filter(|part| part.kind == PartKind::Work);
        works.fold(Ms(0), |sum, part| sum + (part.end - part.start))
    }

    /// Duration of a step that works, with so much work for it.
    pub(super) fn duration(&self, step: u32, work: Ms) -> Ms {
        self.own(step as usize).unwrap_or(work)
    }

    /// Work of a deployment that the steps share.
    pub(super) fn work(&self, durations: &StageDurations, index: u32, of: Deployment) -> Ms {
        match self.is_wait_alone() {
            true => durations.given(index, of).unwrap_or_default(),
            false => durations.of(index, of),
        }
    }

    fn own(&self, step: usize) -> Option<Ms> {
        self.own.get(step).copied().flatten()
    }

    /// All steps from an instant on; returns their end.
    fn whole(&self, start: Ms, work: Ms, leaves: &mut Vec<Leaf>) -> Ms {
        let begin = start + self.push_unshared(start, work, leaves);
        self.sequence(None, begin, work, leaves)
    }

    /// Adds the work that no step has, where all of them wait; returns its length.
    pub(super) fn push_unshared(&self, start: Ms, work: Ms, leaves: &mut Vec<Leaf>) -> Ms {
        if self.shares_of(None) > 0 {
            return Ms(0);
        }
        leaves.push(Leaf {
            kind: PartKind::Work,
            step: None,
            start,
            end: start + work,
            waits_for: None,
        });
        work
    }

    /// Shares of the steps within one, or of all.
    fn shares_of(&self, around: Option<u32>) -> u64 {
        self.children(around).map(|step| self.shares[step as usize]).sum()
    }

    /// The steps directly within one, or the outermost.
    pub(super) fn children(&self, around: Option<u32>) -> impl Iterator<Item = u32> {
        let first = around.map_or(0, |step| step + 1);
        let end = self.end_of(around);
        let next = move |step: &u32| Some(self.end_of(Some(*step))).filter(|next| *next < end);
        std::iter::successors((first < end).then_some(first), next)
    }

    /// The number of those within a step that go at once, where they don't follow each other.
    pub(super) fn at_once(&self, step: u32) -> Option<usize> {
        let limit = match self.kind(step) {
            StepKind::SideBySide => None,
            StepKind::Loop { at_once } => at_once,
            StepKind::Work | StepKind::Wait | StepKind::LeftOut | StepKind::Group => return None,
        };
        let limits = [limit, self.account_limit].into_iter().flatten();
        Some(limits.min().map_or(usize::MAX, |limit| limit.max(1) as usize))
    }

    /// The steps directly within one with the work that each has; those that go at once have the same part of it.
    pub(super) fn shared(&self, around: Option<u32>, work: Ms) -> Vec<(u32, Ms)> {
        let at_once = around.and_then(|step| self.at_once(step));
        let works = |step: &u32| self.shares[*step as usize] > 0;
        let all = match at_once {
            Some(at_once) => self.children(around).filter(works).count().div_ceil(at_once) as u64,
            None => self.shares_of(around),
        };
        let part =
            |done: u64| (u128::from(work.0) * u128::from(done) / u128::from(all.max(1))) as u64;
        let mut done = 0;
        let shared = self.children(around).map(|step| {
            let shares = self.shares[step as usize];
            let (from, to) = match at_once {
                _ if shares == 0 => (done, done),
                Some(at_once) => (done / at_once as u64, done / at_once as u64 + 1),
                None => (done, done + shares),
            };
            done += if at_once.is_some() { shares.min(1) } else { shares };
            (step, Ms(part(to) - part(from)))
        });
        shared.collect()
    }

    fn kind(&self, step: u32) -> StepKind {
        self.tree[step as usize].kind
    }

    fn sequence(&self, around: Option<u32>, start: Ms, work: Ms, leaves: &mut Vec<Leaf>) -> Ms {
        let mut time = start;
        for (step, work) in self.shared(around, work) {
            time = self.step(step, time, work, leaves);
        }
        time
    }

    /// A step that is not held, from an instant on; returns its end.
    pub(super) fn step(&self, step: u32, start: Ms, work: Ms, leaves: &mut Vec<Leaf>) -> Ms {
        let mut leaf = |kind, length| {
            let end = start + length;
            leaves.push(Leaf { kind, step: Some(step), start, end, waits_for: None });
            end
        };
        match self.kind(step) {
            StepKind::Work => leaf(PartKind::Work, self.duration(step, work)),
            StepKind::LeftOut => start,
            StepKind::Wait => {
                let Some((wait, length)) = self.wait(step) else { return start };
                leaf(kind_of(&wait.kind), length)
            }
            StepKind::Group => self.sequence(Some(step), start, work, leaves),
            StepKind::SideBySide | StepKind::Loop { .. } => {
                let mut window = Window::new(self.at_once(step).unwrap_or(1), start);
                for (step, work) in self.shared(Some(step), work) {
                    let Some(start) = window.next_start() else { break };
                    let time = self.step(step, start, work, leaves);
                    window.add(StepEnd { time, has_failed: false });
                }
                window.end().time
            }
        }
    }
}

/// Part that a wait is.
pub(super) fn kind_of(wait: &WaitKind) -> PartKind {
    match wait {
        WaitKind::Time(_) => PartKind::Wait,
        WaitKind::Approval => PartKind::Approval,
        WaitKind::Barrier(_) => PartKind::Barrier,
        WaitKind::Queue(_) => PartKind::Queue,
    }
}

/// By step: its own duration; empty where none has one.
fn own_durations(stage: &Stage, assumptions: &Assumptions) -> Vec<Option<Ms>> {
    if assumptions.step_durations.is_empty() {
        return Vec::new();
    }
    let of = |step: &Step| {
        let place = (stage.own_identifier().to_owned(), step.identifier.clone());
        assumptions.step_durations.get(&place).copied().filter(|_| step.kind == StepKind::Work)
    };
    let own: Vec<Option<Ms>> = stage.steps.tree.iter().map(of).collect();
    if own.iter().any(Option::is_some) { own } else { Vec::new() }
}

/// By step: the one around it.
fn parents(tree: &[Step]) -> Vec<Option<u32>> {
    let mut around: Vec<(u32, u32)> = Vec::new();
    let mut parents = Vec::with_capacity(tree.len());
    for (step, at) in tree.iter().zip(0..) {
        while around.last().is_some_and(|(_, end)| *end <= at) {
            around.pop();
        }
        parents.push(around.last().map(|(parent, _)| *parent));
        if step.inner > 0 {
            around.push((at, at + 1 + step.inner));
        }
    }
    parents
}

/// One part after the other: where steps run side by side, work counts before waits, and of waits the first of the
/// text. Empty where all is work.
pub(super) fn linear(leaves: Vec<Leaf>) -> Vec<Part> {
    let leaves: Vec<Leaf> = leaves.into_iter().filter(|leaf| leaf.end > leaf.start).collect();
    if leaves.iter().all(|leaf| leaf.kind == PartKind::Work) {
        return Vec::new();
    }
    let edges = |(index, leaf): (usize, &Leaf)| [(leaf.start, index), (leaf.end, index)];
    let mut edges: Vec<(Ms, usize)> = leaves.iter().enumerate().flat_map(edges).collect();
    deployline_map::sort_by(&mut edges, |a, b| a.cmp(b));
    let mut working = 0_u32;
    let mut waiting: Set<(Option<u32>, usize)> = Set::new();
    let mut parts: Vec<Part> = Vec::new();
    for (at, (time, index)) in edges.iter().enumerate() {
        let leaf = &leaves[*index];
        match (leaf.kind, leaf.start == *time) {
            (PartKind::Work, true) => working += 1,
            (PartKind::Work, false) => working -= 1,
            (_, true) => drop(waiting.insert((leaf.step, *index))),
            (_, false) => drop(waiting.remove(&(leaf.step, *index))),
        }
        let Some((end, _)) = edges.get(at + 1).filter(|(end, _)| end > time) else { continue };
        let first = || waiting.iter().next().map(|(_, index)| &leaves[*index]);
        let part = match working {
            0 => first()
                .map(|leaf| (leaf.kind, leaf.step, leaf.waits_for.filter(|_| leaf.end == *end))),
            _ => Some((PartKind::Work, None, None)),
        };
        if let Some((kind, step, waits_for)) = part {
            push(&mut parts, Part { kind, start: *time, end: *end, step, waits_for });
        }
    }
    parts
}

/// Adds a part, or makes the last one longer.
fn push(parts: &mut Vec<Part>, part: Part) {
    match parts.last_mut() {
        Some(last) if (last.kind, last.step) == (part.kind, part.step) => {
            (last.end, last.waits_for) = (part.end, part.waits_for);
        }
        _ => parts.push(part),
    }
}

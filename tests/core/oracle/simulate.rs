//! The run of one entry, its stages side by side, unit of time by unit of time, as one would do it
//! on paper.

use std::collections::BTreeSet;

use super::asking::Went;
use super::expand::{Expected, One};
use super::model::When;
use super::outcome::Ends;
use super::partial::Left;

/// What became of one deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Its turn has not come.
    Waits,
    /// It has a slot and waits for its place.
    Holds { slot: usize },
    /// It runs or has run.
    Ran(Ran),
    /// It ran until another one of its stage failed.
    Cancelled(Ran),
    /// It never starts.
    Skipped { at: u64 },
}

/// When one deployment ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) start: u64,
    pub(crate) end: u64,
    pub(crate) slot: usize,
    pub(crate) after: After,
}

/// Whose end let it start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum After {
    /// It started with its stage.
    Begin,
    /// That one of its stage freed the slot.
    Slot(usize),
    /// That one left the place: stage of the entry and deployment.
    Place(usize, usize),
    /// That one was the last of a stage of the entry to end, and let this stage take its turn.
    Turn(usize, usize),
}

/// What became of one stage of an entry.
#[derive(Clone)]
pub(crate) struct StageFate {
    /// When it began, or was skipped.
    pub(crate) begin: u64,
    /// Of its deployments; of a stage that doesn't run, none.
    pub(crate) fates: Vec<Fate>,
    /// It keeps its result of the run before.
    pub(crate) is_kept: bool,
}

impl StageFate {
    /// How it went, and each of its deployments.
    pub(crate) fn went(&self, expected: &Expected) -> Went {
        went(expected, &self.fates, self.is_kept.then_some(&expected.skipped))
    }

    /// The end of its last deployment; of one that didn't run, its begin.
    pub(crate) fn end(&self) -> u64 {
        let ends = self.fates.iter().map(|fate| match fate {
            Fate::Ran(ran) | Fate::Cancelled(ran) => ran.end,
            Fate::Skipped { at } => *at,
            Fate::Waits | Fate::Holds { .. } => panic!("it never came to an end"),
        });
        ends.max().unwrap_or(self.begin)
    }
}

/// How a stage went by the fates of its deployments. Of one that keeps its result, all succeeded but those that its
/// condition skips.
fn went(expected: &Expected, fates: &[Fate], kept_but: Option<&BTreeSet<usize>>) -> Went {
    let ends = |(i, one): (usize, &One)| match (kept_but, fates.get(i)) {
        (Some(skipped), _) => (!skipped.contains(&i)).then_some(Ends::Succeeded),
        (None, Some(Fate::Ran(_))) => Some(one.outcome.ends),
        (None, _) => None,
    };
    let each: Vec<Option<Ends>> = expected.deployments.iter().enumerate().map(ends).collect();
    Went { worst: each.iter().flatten().max().copied(), each }
}

/// Those of a stage that its condition skips, by how all stages have ended so far, and its own dependencies.
pub(crate) type Skipping<'a> = dyn Fn(usize, &[Went], Ends) -> BTreeSet<usize> + 'a;

/// What the stages of a DAG wait for, and in which state of those each runs.
pub(crate) struct Graph<'a> {
    pub(crate) depends_on: &'a [BTreeSet<usize>],
    pub(crate) whens: &'a [When],
    pub(crate) skipped: &'a Skipping<'a>,
    /// Those that the run leaves out.
    pub(crate) left: &'a [Option<Left>],
}

/// A stage and a deployment of it.
type At = (usize, usize);

struct Paper<'a> {
    stages: &'a [Option<Expected>],
    fates: Vec<Vec<Fate>>,
    /// By stage those that its condition skips.
    skipped: Vec<BTreeSet<usize>>,
    slots: Vec<Vec<Option<usize>>>,
    running: Vec<At>,
    /// Those that hold a slot and wait for a place, in the order in which they asked.
    asked: Vec<At>,
    /// When each stage began, or was skipped.
    begins: Vec<Option<u64>>,
    /// No other stages begin: one of the group has failed, or everything stops.
    is_stopped: bool,
    /// Stages begin when those that they wait for are over, and not in turns.
    graph: Option<&'a Graph<'a>>,
    /// By stage of a DAG that does not run: it is skipped because of a failure before it.
    passes_failure_on: Vec<bool>,
    /// By stage of a DAG: it is left out of the run with its result of the one before.
    keeps_result: Vec<bool>,
}

/// Runs the stages of an entry from the instant `begin`, at most `at_once` of them side by side; `None`
/// is a stage that doesn't run. Those that the run leaves out take no turn.
pub(crate) fn entry(
    stages: &[Option<Expected>],
    left: &[Option<Left>],
    at_once: usize,
    begin: u64,
) -> Vec<StageFate> {
    let mut paper = Paper::new(stages, None);
    for stage in (0..stages.len()).filter(|stage| left[*stage].is_some()) {
        paper.begins[stage] = Some(begin);
    }
    for _ in 0..at_once.min(stages.len()) {
        paper.begin_next(begin, After::Begin);
    }
    paper.run(begin);
    let begins = paper.begins.into_iter().map(|begin| begin.expect("its turn has come"));
    let of_stage = |(begin, fates)| StageFate { begin, fates, is_kept: false };
    begins.zip(paper.fates).map(of_stage).collect()
}

/// Runs the stages of a DAG: what becomes of each, and whose end let it begin.
pub(crate) fn dag(stages: &[Expected], graph: &Graph<'_>) -> Vec<(StageFate, Option<At>)> {
    let all: Vec<Option<Expected>> = stages.iter().cloned().map(Some).collect();
    let mut paper = Paper::new(&all, Some(graph));
    paper.begin_ready(0);
    paper.run(0);
    let openers: Vec<_> = (0..stages.len()).map(|stage| paper.opener(stage).1).collect();
    // Those of a cycle, and those behind one, never begin.
    let fate = |stage: usize| match paper.begins[stage] {
        Some(begin) => {
            let is_kept = paper.keeps_result[stage];
            StageFate { begin, fates: paper.fates[stage].clone(), is_kept }
        }
        None => StageFate { begin: 0, fates: Vec::new(), is_kept: false },
    };
    (0..stages.len()).map(|stage| (fate(stage), openers[stage])).collect()
}

impl<'a> Paper<'a> {
    fn new(stages: &'a [Option<Expected>], graph: Option<&'a Graph<'a>>) -> Self {
        let of =
            |stage: &Option<Expected>| stage.as_ref().map_or(0, |stage| stage.deployments.len());
        let limit = |stage: &Option<Expected>| stage.as_ref().map_or(0, |stage| stage.limit);
        let skipped = |stage: &Option<Expected>| {
            stage.as_ref().map(|stage| stage.skipped.clone()).unwrap_or_default()
        };
        Paper {
            stages,
            fates: stages.iter().map(|stage| vec![Fate::Waits; of(stage)]).collect(),
            skipped: stages.iter().map(skipped).collect(),
            slots: stages.iter().map(|stage| vec![None; limit(stage)]).collect(),
            running: Vec::new(),
            asked: Vec::new(),
            begins: vec![None; stages.len()],
            is_stopped: false,
            graph,
            passes_failure_on: vec![false; stages.len()],
            keeps_result: vec![false; stages.len()],
        }
    }

    /// Goes on until nothing runs.
    fn run(&mut self, begin: u64) {
        let mut now = begin;
        while !self.running.is_empty() {
            // Of several that end now, the first of the list comes first.
            while let Some(at) =
                self.running.iter().filter(|at| self.end(**at) == now).min().copied()
            {
                self.ends(at, now);
            }
            now += 1;
        }
    }

    /// The stages of a DAG begin that wait for nothing more, in the order of the text; one that does not run is over
    /// at once.
    fn begin_ready(&mut self, now: u64) {
        let Some(graph) = self.graph else { return };
        let is_ready = |stage: &usize| {
            self.begins[*stage].is_none()
                && graph.depends_on[*stage].iter().all(|other| self.is_over(*other))
        };
        let Some(stage) = (0..self.begins.len()).find(is_ready) else { return };
        let failed = graph.depends_on[stage].iter().any(|other| self.counts_as_failed(*other));
        let fits = match graph.whens[stage] {
            When::Unsaid | When::Success => !failed,
            When::Failure => failed,
            When::All => true,
        };
        self.begins[stage] = Some(now);
        if graph.left[stage] == Some(Left::NotChosen) {
            // As if what waits for it waited for what it waits for.
            self.passes_failure_on[stage] = failed;
            self.fates[stage].clear();
            return self.begin_ready(now);
        }
        if fits && !self.is_stopped {
            let so_far = self.so_far(&graph.depends_on[stage]);
            let before: Vec<_> = (0..self.begins.len()).map(|other| self.went(other)).collect();
            self.skipped[stage] = (graph.skipped)(stage, &before, so_far);
        }
        if fits && !self.is_stopped && self.skipped[stage].len() < self.fates[stage].len() {
            if graph.left[stage] == Some(Left::Kept) {
                self.keeps_result[stage] = true;
                self.fates[stage].clear();
                return self.begin_ready(now);
            }
            for _ in 0..self.slots[stage].len() {
                self.admit(stage, now, After::Begin);
            }
        } else {
            self.passes_failure_on[stage] = failed && !fits;
            self.fates[stage].clear();
        }
        self.begin_ready(now);
    }

    /// A stage has begun, and all of it has run or never will.
    fn is_over(&self, stage: usize) -> bool {
        let is_done = |fate: &Fate| matches!(fate, Fate::Ran(_) | Fate::Skipped { .. });
        self.begins[stage].is_some()
            && self.fates[stage].iter().all(is_done)
            && self.running.iter().all(|(other, _)| *other != stage)
    }

    fn went(&self, stage: usize) -> Went {
        let skipped = self.keeps_result[stage].then_some(&self.skipped[stage]);
        went(self.stage(stage), &self.fates[stage], skipped)
    }

    /// How all that a stage of a DAG depends on has ended.
    fn so_far(&self, depends_on: &BTreeSet<usize>) -> Ends {
        if depends_on.iter().any(|other| self.counts_as_failed(*other)) {
            return Ends::Failed;
        }
        let is_ignored = |other: &usize| match self.graph {
            Some(graph) if graph.left[*other] == Some(Left::NotChosen) => {
                self.so_far(&graph.depends_on[*other]) == Ends::Ignored
            }
            _ => self.went(*other).worst == Some(Ends::Ignored),
        };
        if depends_on.iter().any(is_ignored) { Ends::Ignored } else { Ends::Succeeded }
    }

    fn counts_as_failed(&self, stage: usize) -> bool {
        match self.fates[stage].is_empty() {
            true => self.passes_failure_on[stage],
            false => self.has_failed(stage),
        }
    }

    /// The last end of all that a stage of a DAG waited for: of a stage that did not run, what that one waited for.
    fn opener(&self, stage: usize) -> (u64, Option<At>) {
        let Some(graph) = self.graph.filter(|_| self.begins[stage].is_some()) else {
            return (0, None);
        };
        let end_of = |other: &usize| {
            let fates = self.fates[*other].iter().enumerate();
            let ran = fates.filter_map(|(i, fate)| match fate {
                Fate::Ran(ran) => Some((ran.end, Some((*other, i)))),
                _ => None,
            });
            ran.max().unwrap_or_else(|| self.opener(*other))
        };
        graph.depends_on[stage].iter().map(end_of).max().unwrap_or((0, None))
    }
}

impl Paper<'_> {
    fn stage(&self, stage: usize) -> &Expected {
        self.stages[stage].as_ref().expect("it runs")
    }

    /// The next stage begins; one that doesn't run gives its turn on.
    fn begin_next(&mut self, now: u64, after: After) {
        let Some(stage) = self.begins.iter().position(Option::is_none) else { return };
        self.begins[stage] = Some(now);
        if self.stages[stage].is_none() {
            return self.begin_next(now, after);
        }
        for _ in 0..self.slots[stage].len() {
            self.admit(stage, now, after);
        }
    }

    /// The stages that have not begun are skipped.
    fn stop(&mut self, now: u64) {
        self.is_stopped = true;
        // In a DAG each is skipped when it would have begun.
        if self.graph.is_some() {
            return;
        }
        for stage in 0..self.stages.len() {
            if self.begins[stage].is_none() {
                self.begins[stage] = Some(now);
                self.fates[stage].clear();
            }
        }
    }

    fn has_failed(&self, stage: usize) -> bool {
        let broke = |(one, fate): (&One, &Fate)| {
            matches!(fate, Fate::Ran(_))
                && (Ends::Failed..=Ends::FailsAll).contains(&one.outcome.ends)
        };
        self.stage(stage).deployments.iter().zip(&self.fates[stage]).any(broke)
    }

    fn place(&self, (stage, i): At) -> Option<&String> {
        self.stage(stage).deployments[i].place.as_ref()
    }

    fn end(&self, (stage, i): At) -> u64 {
        match &self.fates[stage][i] {
            Fate::Ran(ran) | Fate::Cancelled(ran) => ran.end,
            _ => panic!("it does not run"),
        }
    }

    fn ended_at(&self, (stage, i): At, now: u64) -> bool {
        matches!(&self.fates[stage][i], Fate::Ran(ran) | Fate::Cancelled(ran) if ran.end == now)
    }

    /// The next of the list gets a slot, and starts if nobody is at its place; one that a condition skips gives
    /// its turn on.
    fn admit(&mut self, stage: usize, now: u64, after: After) {
        let Some(i) = self.fates[stage].iter().position(|fate| *fate == Fate::Waits) else {
            return;
        };
        if self.skipped[stage].contains(&i) {
            self.fates[stage][i] = Fate::Skipped { at: now };
            return self.admit(stage, now, after);
        }
        let slot = self.slots[stage].iter().position(Option::is_none).expect("a slot is free");
        self.slots[stage][slot] = Some(i);
        let place = self.place((stage, i));
        if place.is_some() && self.running.iter().any(|other| self.place(*other) == place) {
            self.fates[stage][i] = Fate::Holds { slot };
            self.asked.push((stage, i));
        } else {
            self.start((stage, i), now, slot, after);
        }
    }

    fn start(&mut self, at: At, now: u64, slot: usize, after: After) {
        let end = now + self.stage(at.0).deployments[at.1].outcome.length();
        self.fates[at.0][at.1] = Fate::Ran(Ran { start: now, end, slot, after });
        self.running.push(at);
    }

    /// Those of a stage that have not started never start.
    fn skip_queued(&mut self, stage: usize, now: u64) {
        if self.begins[stage].is_none() {
            return;
        }
        for fate in &mut self.fates[stage] {
            if matches!(fate, Fate::Waits | Fate::Holds { .. }) {
                *fate = Fate::Skipped { at: now };
            }
        }
        self.asked.retain(|(other, _)| *other != stage);
    }

    /// Those of a stage that run and don't end by themselves now are cancelled: they end now.
    fn cancel_running(&mut self, stage: usize, now: u64) {
        for fate in &mut self.fates[stage] {
            if let Fate::Ran(ran) = fate
                && ran.end > now
            {
                *fate = Fate::Cancelled(Ran { end: now, ..ran.clone() });
            }
        }
    }

    fn ends(&mut self, at: At, now: u64) {
        let (stage, i) = at;
        self.running.retain(|other| *other != at);
        let is_cancelled = matches!(self.fates[stage][i], Fate::Cancelled(_));
        let ends = match is_cancelled {
            true => Ends::Succeeded,
            false => self.stage(stage).deployments[i].outcome.ends,
        };
        if matches!(ends, Ends::FailsAll | Ends::Aborted) {
            (0..self.stages.len()).for_each(|stage| self.skip_queued(stage, now));
            self.stop(now);
        } else if self.graph.is_some() && ends == Ends::RollsBack {
            self.is_stopped = true;
        }
        if ends >= Ends::Failed && self.stage(stage).skip_queued {
            self.skip_queued(stage, now);
        }
        if (Ends::Failed..=Ends::FailsAll).contains(&ends) && self.stage(stage).fail_fast {
            self.cancel_running(stage, now);
        }
        // First the place is passed on, then the slot.
        let same_place =
            |other: &&At| self.place(at).is_some() && self.place(**other) == self.place(at);
        if let Some(next) = self.asked.iter().find(same_place).copied() {
            self.asked.retain(|other| *other != next);
            let Fate::Holds { slot } = self.fates[next.0][next.1] else {
                panic!("it holds a slot")
            };
            self.start(next, now, slot, After::Place(stage, i));
        }
        for slot in &mut self.slots[stage] {
            if *slot == Some(i) {
                *slot = None;
            }
        }
        self.admit(stage, now, After::Slot(i));
        if self.graph.is_some() {
            return self.begin_ready(now);
        }
        let is_over = |fate: &Fate| !matches!(fate, Fate::Waits | Fate::Holds { .. });
        let runs = self.running.iter().any(|(other, _)| *other == stage);
        if !runs && self.fates[stage].iter().all(is_over) && !self.is_stopped {
            if self.has_failed(stage) {
                self.stop(now);
            } else {
                // Of several that ended at this instant, the last of the list counts.
                let last = (0..self.fates[stage].len()).rfind(|i| self.ended_at((stage, *i), now));
                self.begin_next(now, After::Turn(stage, last.unwrap_or(i)));
            }
        }
    }
}

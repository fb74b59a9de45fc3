//! The run of one entry, its stages side by side, second by second, as one would do it on paper.

use super::expand::Expected;

/// What became of one deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Its turn has not come.
    Waits,
    /// It has a slot and waits for its place.
    Holds { slot: usize },
    /// It runs or has run.
    Ran(Ran),
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
}

/// A stage and a deployment of it.
type At = (usize, usize);

struct Paper<'a> {
    stages: &'a [Option<Expected>],
    fates: Vec<Vec<Fate>>,
    slots: Vec<Vec<Option<usize>>>,
    running: Vec<At>,
    /// Those that hold a slot and wait for a place, in the order in which they asked.
    asked: Vec<At>,
}

/// Runs the stages of an entry from the instant `begin`; `None` is a stage that doesn't run.
pub(crate) fn entry(stages: &[Option<Expected>], begin: u64) -> Vec<Vec<Fate>> {
    let of = |stage: &Option<Expected>| stage.as_ref().map_or(0, |stage| stage.deployments.len());
    let limit = |stage: &Option<Expected>| stage.as_ref().map_or(0, |stage| stage.limit);
    let mut paper = Paper {
        stages,
        fates: stages.iter().map(|stage| vec![Fate::Waits; of(stage)]).collect(),
        slots: stages.iter().map(|stage| vec![None; limit(stage)]).collect(),
        running: Vec::new(),
        asked: Vec::new(),
    };
    for stage in 0..stages.len() {
        for _ in 0..paper.slots[stage].len() {
            paper.admit(stage, begin, After::Begin);
        }
    }
    let mut now = begin;
    while !paper.running.is_empty() {
        // Of several that end now, the first of the list comes first.
        while let Some(at) = paper.running.iter().filter(|at| paper.end(**at) == now).min().copied()
        {
            paper.ends(at, now);
        }
        now += 1;
    }
    paper.fates
}

impl Paper<'_> {
    fn stage(&self, stage: usize) -> &Expected {
        self.stages[stage].as_ref().expect("it runs")
    }

    fn place(&self, (stage, i): At) -> Option<&String> {
        self.stage(stage).deployments[i].place.as_ref()
    }

    fn end(&self, (stage, i): At) -> u64 {
        match &self.fates[stage][i] {
            Fate::Ran(ran) => ran.end,
            _ => panic!("it does not run"),
        }
    }

    /// The next of the list gets a slot, and starts if nobody is at its place.
    fn admit(&mut self, stage: usize, now: u64, after: After) {
        let Some(i) = self.fates[stage].iter().position(|fate| *fate == Fate::Waits) else {
            return;
        };
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
        let end = now + self.stage(at.0).deployments[at.1].duration;
        self.fates[at.0][at.1] = Fate::Ran(Ran { start: now, end, slot, after });
        self.running.push(at);
    }

    fn ends(&mut self, at: At, now: u64) {
        let (stage, i) = at;
        self.running.retain(|other| *other != at);
        let expected = self.stage(stage);
        if expected.skip_queued && expected.failing.contains(&i) {
            for fate in &mut self.fates[stage] {
                if matches!(fate, Fate::Waits | Fate::Holds { .. }) {
                    *fate = Fate::Skipped { at: now };
                }
            }
            let fates = &self.fates;
            self.asked.retain(|(stage, i)| matches!(fates[*stage][*i], Fate::Holds { .. }));
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
    }
}

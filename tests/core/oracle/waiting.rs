//! Steps that wait, on paper: each step begins when all before it have ended, instant by instant.
//!
//! Stages that deploy nothing, each with children that go through the same steps.

mod paper;

use std::fmt::Write as _;

use deployline_engine::{Assumptions, Ms, Plan, Schedule, Status, StepKind, StepSpan, StepTimes};
use deployline_map::Map;
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

use paper::Paper;

/// Work of each child, in milliseconds.
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
    /// A step or group that runs several times, so many at once.
    Loop {
        times: usize,
        limit: usize,
        of: Box<Item>,
    },
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
            vec(inner.clone(), 1..=2).prop_map(Item::SideBySide),
            (2..=3usize, 1..=3usize, inner)
                .prop_map(|(times, limit, of)| Item::repeated(of, times, limit)),
        ]
    })
}

impl Item {
    /// It several times, if it may have a strategy.
    fn repeated(of: Self, times: usize, limit: usize) -> Self {
        match of {
            Self::SideBySide(_) | Self::Loop { .. } => of,
            of => Self::Loop { times, limit, of: Box::new(of) },
        }
    }
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
        if let Item::Loop { times, limit, of } = item {
            let strategy =
                format!("strategy: {{repeat: {{times: {times}, maxConcurrency: {limit}}}}}");
            let of = yaml_of(std::slice::from_ref(of), step);
            // Each has its settings in the second pair of brackets.
            let inner = of.trim_start_matches('[').trim_end_matches(']');
            return inner.replacen(": {", &format!(": {{{strategy}, "), 1);
        }
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
            Item::Loop { .. } => unreachable!("it is one of those above"),
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
        if let Item::Loop { of, .. } = item {
            assumed(std::slice::from_ref(of), step, tell);
            continue;
        }
        *step += 1;
        match item {
            Item::Work(Some(length)) => tell(*step, false, *length),
            Item::Queue { others, .. } if *others > 0 => tell(*step, true, *others),
            Item::Group(inner) | Item::SideBySide(inner) => assumed(inner, step, tell),
            Item::Work(None)
            | Item::Wait(_)
            | Item::Barrier { .. }
            | Item::Queue { .. }
            | Item::Loop { .. } => {}
        }
    }
}

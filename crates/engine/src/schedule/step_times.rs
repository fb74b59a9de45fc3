//! Times of the steps in a deployment, found again from its run for those that are looked at: all steps of all
//! deployments would be far more than the run itself.
//!
//! Follows `docs/semantics.md`, "Inside a deployment".

use super::durations::{DurationTable, StageDurations};
use super::steps::Flow;
use super::window::{StepEnd, Window};
use super::{PartKind, Schedule, StageRun, Status};
use crate::{Assumptions, Deployment, DeploymentId, Ms, Plan, Stage, StepKind};

/// A step of a deployment, or a group of them, with its times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepSpan {
    /// Its index in [`Steps::tree`](crate::Steps::tree).
    pub step: u32,
    /// Start, from the pipeline's start.
    pub start: Ms,
    /// End, from the pipeline's start.
    pub end: Ms,
}

/// Times of the steps in the deployments of one stage: in its first attempt, where a deployment fails.
pub struct StepTimes<'a> {
    schedule: &'a Schedule,
    stage: u32,
    run: &'a StageRun,
    deployments: &'a [Deployment],
    durations: StageDurations,
    flow: Flow<'a>,
    of_rollback: Flow<'a>,
}

impl<'a> StepTimes<'a> {
    /// Those of a stage; `None` where no steps of it are known.
    pub fn new(
        plan: &'a Plan,
        schedule: &'a Schedule,
        assumptions: &Assumptions,
        stage: usize,
    ) -> Option<Self> {
        let has_steps = |it: &&Stage| !it.steps.tree.is_empty() || !it.steps.rollback.is_empty();
        let of_stage = plan.pipeline.stages.get(stage).filter(has_steps)?;
        Some(Self {
            schedule,
            stage: super::index_u32(stage),
            run: schedule.stages.get(stage)?,
            deployments: &plan.stages.get(stage)?.deployments,
            durations: StageDurations::new(of_stage, assumptions, &DurationTable::new(assumptions)),
            flow: Flow::of(of_stage, assumptions),
            of_rollback: Flow::of_rollback(of_stage, assumptions),
        })
    }

    /// The steps of a deployment that ran, in the order of the text, each group before those within it; none of a
    /// deployment that was skipped.
    pub fn of(&self, index: u32) -> Vec<StepSpan> {
        let found = self.run.runs.get(index as usize).zip(self.deployments.get(index as usize));
        let found =
            found.filter(|(run, _)| run.status != Status::Skipped && !self.flow.is_given_up);
        let Some((run, deployment)) = found else {
            return Vec::new();
        };
        let work = self.flow.work(&self.durations, index, *deployment);
        // A person starts the stage once.
        let begin = run.start.max(self.run.start + self.flow.manual);
        let begin = begin + self.flow.push_unshared(begin, work, &mut Vec::new());
        let mut spans = Walk::new(self, &self.flow, Some(index)).all(begin, work);
        // Of a deployment that was cut, steps behind its end were not reached.
        spans.retain(|span| span.start < run.end || span.end == run.end);
        spans.iter_mut().for_each(|span| span.end = span.end.min(run.end));
        deployline_map::sort_by(&mut spans, |a, b| a.step.cmp(&b.step));
        spans
    }

    /// The steps of the rollback of a deployment, in the order of the text: they share its length. Their indexes are
    /// those of [`Steps::rollback`](crate::Steps::rollback).
    pub fn of_rollback(&self, index: u32) -> Vec<StepSpan> {
        let parts = self.schedule.parts(DeploymentId { stage: self.stage, index });
        let Some(part) = parts.iter().find(|part| part.kind == PartKind::Rollback) else {
            return Vec::new();
        };
        let walk = Walk::new(self, &self.of_rollback, None);
        let mut spans = walk.all(part.start, part.end - part.start);
        deployline_map::sort_by(&mut spans, |a, b| a.step.cmp(&b.step));
        spans
    }

    /// The wait of a step for other deployments, where it was one.
    fn held(&self, index: u32, step: u32) -> Option<(Ms, bool)> {
        let at = DeploymentId { stage: self.stage, index };
        let held = &self.schedule.held;
        let place = held.binary_search_by_key(&(at, step), |held| (held.at, held.step)).ok()?;
        Some((held[place].end, held[place].has_failed))
    }
}

/// The steps of one deployment.
struct Walk<'a> {
    times: &'a StepTimes<'a>,
    flow: &'a Flow<'a>,
    /// Index of the deployment; none for a rollback, in which nothing waits for others.
    index: Option<u32>,
    spans: Vec<StepSpan>,
}

impl<'a> Walk<'a> {
    fn new(times: &'a StepTimes<'a>, flow: &'a Flow<'a>, index: Option<u32>) -> Self {
        Self { times, flow, index, spans: Vec::new() }
    }

    fn all(mut self, start: Ms, work: Ms) -> Vec<StepSpan> {
        self.sequence(None, start, work);
        self.spans
    }

    fn sequence(&mut self, around: Option<u32>, start: Ms, work: Ms) -> StepEnd {
        let mut end = StepEnd { time: start, has_failed: false };
        for (step, work) in self.flow.shared(around, work) {
            end = self.step(step, end.time, work);
            if end.has_failed {
                break;
            }
        }
        end
    }

    fn step(&mut self, step: u32, start: Ms, work: Ms) -> StepEnd {
        let flow = self.flow;
        let held = self.index.and_then(|index| self.times.held(index, step));
        let after = |length| StepEnd { time: start + length, has_failed: false };
        let end = match flow.tree[step as usize].kind {
            StepKind::LeftOut => return after(Ms(0)),
            StepKind::Work => after(flow.duration(step, work)),
            StepKind::Wait => match held {
                Some((time, has_failed)) => StepEnd { time, has_failed },
                None => after(flow.wait(step).map_or(Ms(0), |(_, length)| length)),
            },
            StepKind::Group => self.sequence(Some(step), start, work),
            StepKind::SideBySide | StepKind::Loop { .. } => {
                let mut window = Window::new(flow.at_once(step).unwrap_or(1), start);
                for (step, work) in flow.shared(Some(step), work) {
                    let Some(start) = window.next_start() else { break };
                    let end = self.step(step, start, work);
                    window.add(end);
                }
                window.end()
            }
        };
        self.spans.push(StepSpan { step, start, end: end.time });
        end
    }
}

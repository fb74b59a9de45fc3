//! Pipelines that deployments run: each starts with its deployment, which ends when all its stages have ended.
//!
//! ```text
//! regions   |north===============|        starts its child, and ends with it
//!   sail    |deck====|                    knows no failure but those of its own pipeline
//!   moor             |deck=======|
//! ```

use std::ops::Range;

use super::Simulation;
use super::child_state::{ChildState, Progress};
use crate::schedule::end::End;
use crate::schedule::failure::Outcome;
use crate::schedule::gates::Release;
use crate::schedule::{
    ChildRun, Halt, HaltKind, PartKind, Run, RunParts, Schedule, StageRun, Status, WaitsFor,
    rollback,
};
use crate::{ChildPlan, DeploymentId, Failure, FailureAction, Ms, Pipeline, Plan};

impl<'a> Simulation<'a> {
    /// Index of the child that a deployment runs.
    #[inline]
    pub(super) fn child_at(&self, at: DeploymentId) -> Option<usize> {
        if self.children.is_empty() {
            return None;
        }
        self.plan.children.binary_search_by_key(&at, |child| child.of).ok()
    }

    /// Index of the child that a stage belongs to.
    #[inline]
    pub(super) fn child_of(&self, stage: usize) -> Option<usize> {
        if self.children.is_empty() || stage < self.plan.own_stage_count() {
            return None;
        }
        let children = &self.plan.children;
        Some(children.partition_point(|child| child.stages.end as usize <= stage))
    }

    /// The stages of the pipeline that a stage belongs to.
    pub(super) fn stages_beside(&self, stage: usize) -> Range<usize> {
        match self.child_of(stage) {
            None => 0..self.plan.own_stage_count(),
            Some(child) => stages_of(&self.plan.children[child]),
        }
    }

    /// The end that stopped the pipeline that a stage belongs to.
    #[inline]
    pub(super) fn halt_of(&self, stage: usize) -> Option<Halt> {
        match self.child_of(stage) {
            None => self.halt,
            Some(child) => self.children[child].halt,
        }
    }

    pub(super) fn halt_of_mut(&mut self, stage: usize) -> &mut Option<Halt> {
        match self.child_of(stage) {
            None => &mut self.halt,
            Some(child) => &mut self.children[child].halt,
        }
    }

    /// Starts a child with its deployment, whose end is not known by now.
    #[cold]
    pub(super) fn start_child(&mut self, child: usize, time: Ms, waits_for: Option<WaitsFor>) {
        let ChildPlan { of, .. } = self.plan.children[child];
        let run = &mut self.stages[of.stage as usize].runs[of.index as usize];
        let (end, status) = (Ms(u64::MAX), Status::Succeeded);
        *run = Run { start: time, end, lane: run.lane, status, waits_for };
        self.started_children.push(child);
        self.start_stages_of(child, Release { time, waits_for, ..Release::default() });
    }

    /// Goes through the children of a stage that keeps its result of the run before: their stages keep theirs.
    pub(super) fn keep_children(&mut self, stage: usize, time: Ms) {
        let children = &self.plan.children;
        let start = children.partition_point(|child| (child.of.stage as usize) < stage);
        let end = children.partition_point(|child| child.of.stage as usize <= stage);
        for child in start..end {
            self.start_stages_of(child, Release { time, ..Release::default() });
        }
    }

    fn start_stages_of(&mut self, child: usize, first: Release) {
        let state = &mut self.children[child];
        (state.start, state.progress) = (first.time, Progress::Running);
        let stages = stages_of(&self.plan.children[child]);
        let plan = self.plan;
        let starts = stages.filter(|stage| plan.pipeline.stages[*stage].after.is_empty());
        self.add_ready(starts.map(|stage| (stage, first)));
    }

    #[cold]
    pub(super) fn stage_of_child_ended(&mut self, child: usize) {
        let state = &mut self.children[child];
        state.unfinished -= 1;
        if state.unfinished == 0 {
            self.child_ended(child);
        }
    }

    /// Ends the deployment that runs a child: at the last end in it, or later where its failure asks for more.
    pub(super) fn child_ended(&mut self, child: usize) {
        let plan = self.plan;
        let (of, stages) = (plan.children[child].of, stages_of(&plan.children[child]));
        self.children[child].progress = Progress::Ended;
        let run = self.stages[of.stage as usize].runs[of.index as usize];
        // Its end is known where it was cancelled.
        if run.end != Ms(u64::MAX) {
            return;
        }
        let ran = self.stages[stages.clone()].iter().flat_map(|stage| &stage.runs);
        let ran = ran.filter(|run| run.status != Status::Skipped);
        let work = ran.map(|run| run.end).max().unwrap_or(run.start) - run.start;
        let takes_back = self.rollback_of(child);
        let own = Failure::default();
        let strategies = &plan.pipeline.stages[of.stage as usize].failure;
        let failed = self.stages[stages].iter().any(|stage| has_failed(stage.status));
        let failure: Option<(&Failure, &FailureAction)> =
            self.failure(of).or_else(|| failed.then(|| (&own, strategies.action(None, own.error))));
        let whole = work + takes_back;
        let outcome = match failure {
            Some((failure, action)) => {
                Outcome::new(action, failure, whole, self.assumptions.rollback)
            }
            None => Outcome { status: Status::Succeeded, parts: vec![(PartKind::Work, whole)] },
        };
        let mut parts = vec![(PartKind::Work, work)];
        parts.extend((takes_back > Ms(0)).then_some((PartKind::Rollback, takes_back)));
        parts.extend_from_slice(&outcome.parts[1..]);
        self.add_parts(of, run.start, &parts);
        let end = run.start + outcome.length();
        let run = &mut self.stages[of.stage as usize].runs[of.index as usize];
        (run.end, run.status) = (end, outcome.status);
        self.ends.push(std::cmp::Reverse(End::new(end, of)));
    }

    /// Stops the child of a deployment that was cancelled, with all that runs in it.
    pub(super) fn cancel_child(&mut self, at: DeploymentId, time: Ms) {
        let Some(child) = self.child_at(at).filter(|child| self.children[*child].is_running())
        else {
            return;
        };
        let halt = Halt { by: at, time, kind: HaltKind::Abort };
        self.children[child].halt = Some(halt);
        let stages = stages_of(&self.plan.children[child]);
        self.stop_stages(stages.clone(), halt);
        for stage in stages {
            self.cancel_running(stage, time);
            let state = &mut self.stages[stage];
            if state.runs.iter().any(|run| run.status == Status::Cancelled) {
                state.status = Status::Aborted;
            }
        }
    }

    /// Length of the rollback of a whole child; 0 where it is not rolled back.
    fn rollback_of(&self, child: usize) -> Ms {
        let halt = self.children[child].halt.filter(|halt| halt.kind != HaltKind::Abort);
        halt.map_or(Ms(0), |halt| self.length_of_rollback(child, halt))
    }

    #[cold]
    fn length_of_rollback(&self, child: usize, halt: Halt) -> Ms {
        let of_child = &self.plan.children[child];
        let stages = stages_of(of_child);
        let start = of_child.stages.start;
        let own = |at: DeploymentId| DeploymentId { stage: at.stage - start, index: at.index };
        let pipeline = Pipeline {
            stages: self.plan.pipeline.stages[stages.clone()].to_vec(),
            dag: of_child.pipeline.dag,
            ..Pipeline::default()
        };
        let of_stages = self.plan.stages[stages.clone()].to_vec();
        let mut plan = Plan { pipeline, stages: of_stages, ..Plan::default() };
        let runs = self.stages[stages.clone()].iter().map(|state| StageRun {
            start: state.start,
            end: state.start,
            status: state.status,
            so_far: Status::Succeeded,
            max_concurrency: state.limit,
            kept: state.kept.clone(),
            runs: state.runs.clone(),
        });
        let parts = self.parts.iter().filter(|parts| stages.contains(&(parts.at.stage as usize)));
        let mut parts: Vec<RunParts> =
            parts.map(|it| RunParts { at: own(it.at), parts: it.parts.clone() }).collect();
        deployline_map::sort_by(&mut parts, |a, b| a.at.cmp(&b.at));
        let ends = self.stages[stages].iter().flat_map(|stage| &stage.runs).map(|run| run.end);
        let end = ends.max().unwrap_or_default();
        let halt = Some(Halt { by: own(halt.by), ..halt });
        let mut schedule =
            Schedule { end, stages: runs.collect(), parts, halt, ..Schedule::default() };
        rollback::add(&mut plan, &mut schedule, self.assumptions);
        schedule.end - end
    }

    pub(super) fn runs_of_children(&self) -> Vec<ChildRun> {
        let children = self.plan.children.iter().zip(&self.children);
        let run = |(child, state): (&ChildPlan, &ChildState)| ChildRun {
            of: child.of,
            stages: child.stages.clone(),
            halt: state.halt,
        };
        children.map(run).collect()
    }

    /// Puts stages of children that never started where their deployment was skipped, or has started.
    pub(super) fn place_unstarted(&mut self) {
        for (child, state) in self.plan.children.iter().zip(&self.children) {
            let of = self.stages[child.of.stage as usize].runs[child.of.index as usize];
            let time = match state.progress {
                Progress::Waiting => of.start,
                Progress::Running | Progress::Ended => state.start,
            };
            for stage in &mut self.stages[stages_of(child)] {
                if stage.unfinished == 0 {
                    continue;
                }
                stage.start = time;
                for run in stage.runs.iter_mut().filter(|run| run.status == Status::Skipped) {
                    (run.start, run.end) = (time, time);
                }
            }
        }
    }
}

fn has_failed(status: Status) -> bool {
    matches!(status, Status::Failed | Status::Aborted)
}

fn stages_of(child: &ChildPlan) -> Range<usize> {
    child.stages.start as usize..child.stages.end as usize
}

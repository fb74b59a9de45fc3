//! The rollback of a whole pipeline: one more stage behind all others, which takes back what has run.
//!
//! Follows `docs/semantics.md`, "When a deployment fails".
//!
//! ```text
//! entry 0   |a=====|b=====|
//! entry 1                 |c=====|     c fails with PipelineRollback
//! rollback                       |c==|a==|b==|
//! ```

mod entry;

use std::collections::BinaryHeap;
use std::sync::Arc;

use deployline_map::Map;
use entry::{EntryRun, ToTakeBack};

use super::{
    HaltKind, ROLLBACK_STAGE_TYPE, Reason, Run, Schedule, StageRun, Status, WaitsFor, failure,
    index_u32,
};
use crate::{
    Assumptions, Axis, Deploy, Deployment, DeploymentId, Failure, FailureStrategies, Listed, Ms,
    OnFailure, PipelineStatus, Plan, Reference, Service, Stage, StagePlan, Steps, Target, Work,
    expand::ambiguous_targets,
};

/// Adds the stage that takes back what has run, where the run ends with that, and its run.
pub(crate) fn add(plan: &mut Plan, schedule: &mut Schedule, assumptions: &Assumptions) {
    let Some(halt) = schedule.halt.filter(|halt| halt.kind != HaltKind::Abort) else { return };
    let to_roll_back = in_reverse(plan, schedule, assumptions);
    let (stage, stage_plan) = stage_of(plan, &to_roll_back, halt.by);
    plan.pipeline.stages.push(stage);
    plan.stages.push(stage_plan);
    plan.rolls_back = Some(to_roll_back);
    run(plan, schedule, assumptions);
}

/// Adds the run of the last stage of a plan that has such a stage: of another run than the one it was
/// made for, what has not run is skipped.
pub(super) fn run(plan: &Plan, schedule: &mut Schedule, assumptions: &Assumptions) {
    let Some(places) = &plan.rolls_back else { return };
    let is_wanted = schedule.halt.is_some_and(|halt| halt.kind != HaltKind::Abort);
    let last = last_end(schedule, plan.own_stage_count());
    let begin = last.map_or(schedule.end, |(time, _)| time);
    let mut rollback = Rollback {
        stage: index_u32(schedule.stages.len()),
        time: begin,
        waits_for: last.map(|(_, at)| waits_for(at)),
        runs: Vec::with_capacity(places.len().max(1)),
    };
    let mut rest = &places[..];
    while let Some(first) = rest.first() {
        let entry = |at: &DeploymentId| plan.pipeline.stages[at.stage as usize].entry;
        let count = rest.iter().take_while(|at| entry(at) == entry(first)).count();
        let (of_entry, others) = rest.split_at(count);
        rollback.add_entry(of_entry, schedule, assumptions, is_wanted);
        rest = others;
    }
    if places.is_empty() {
        rollback.runs.push(Run {
            start: begin,
            end: begin,
            lane: 0,
            status: if is_wanted { Status::Succeeded } else { Status::Skipped },
            waits_for: rollback.waits_for.filter(|_| is_wanted),
        });
    }
    let end = rollback.runs.iter().map(|run| run.end).max().unwrap_or(begin);
    let status = if is_wanted { Status::Succeeded } else { Status::Skipped };
    let max_concurrency = rollback.runs.iter().map(|run| run.lane + 1).max().unwrap_or(1);
    schedule.end = schedule.end.max(end);
    let runs = rollback.runs;
    let so_far = if is_wanted { Status::Failed } else { Status::Succeeded };
    let kept = Vec::new();
    let stage = StageRun { start: begin, end, status, so_far, max_concurrency, kept, runs };
    schedule.stages.push(stage);
}

/// Deployments to take back: entries in reverse order, in a DAG stages in the reverse order of their starts, and
/// each in the order of its list.
fn in_reverse(plan: &Plan, schedule: &Schedule, assumptions: &Assumptions) -> Vec<DeploymentId> {
    // Other pipelines take back their own deployments.
    let own = plan.pipeline.stages.iter().take(plan.own_stage_count());
    let stages = own.zip(&schedule.stages).enumerate();
    let stages = stages.filter(|(_, (stage, _))| matches!(stage.work, Work::Deploy(_)));
    let mut places: Vec<((Ms, u32), DeploymentId)> = Vec::new();
    for (stage_idx, (stage, run)) in stages {
        let all = (0..).zip(&run.runs).filter(|(_, run)| run.status != Status::Skipped);
        let at = all.map(|(index, _)| DeploymentId { stage: index_u32(stage_idx), index });
        let is_there = |at: &DeploymentId| {
            let one = plan.stages[stage_idx].deployments[at.index as usize];
            one.service.is_some()
                && one.target.is_some()
                && !is_rolled_back(stage, run.runs[at.index as usize], at.index, assumptions)
        };
        let start = if plan.pipeline.is_dag() { run.start } else { Ms(0) };
        places.extend(at.filter(is_there).map(|at| ((start, stage.entry), at)));
    }
    deployline_map::sort_by(&mut places, |a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    places.into_iter().map(|(_, at)| at).collect()
}

/// Returns `true` where a failed deployment was rolled back by itself, though that took no time: it has nothing
/// left to take back.
fn is_rolled_back(stage: &Stage, run: Run, index: u32, assumptions: &Assumptions) -> bool {
    let failure = || assumptions.failures.get(&(stage.identifier.clone(), index));
    let action = |it: &Failure| stage.failure.action(it.step.as_deref(), it.error);
    run.status == Status::Failed && failure().is_some_and(|it| failure::rolls_back(action(it)))
}

/// The last end of all in the first `count` stages, and the last of the list of those at that instant.
fn last_end(schedule: &Schedule, count: usize) -> Option<(Ms, DeploymentId)> {
    let stages = (0..).zip(schedule.stages.iter().take(count));
    let ends = stages.flat_map(|(stage, of_stage)| {
        let runs = (0..).zip(&of_stage.runs).filter(|(_, run)| run.status != Status::Skipped);
        runs.map(move |(index, run)| (run.end, DeploymentId { stage, index }))
    });
    ends.max()
}

fn waits_for(at: DeploymentId) -> WaitsFor {
    WaitsFor { stage: at.stage, index: at.index, reason: Reason::Stage }
}

/// The run of the rollback, as far as it is made.
struct Rollback {
    /// Index of its stage.
    stage: u32,
    /// End of the entries that were taken back so far.
    time: Ms,
    waits_for: Option<WaitsFor>,
    runs: Vec<Run>,
}

impl Rollback {
    /// Takes back the deployments of one entry.
    fn add_entry(
        &mut self,
        places: &[DeploymentId],
        schedule: &Schedule,
        assumptions: &Assumptions,
        is_wanted: bool,
    ) {
        let has_run = |at| schedule.run(at).is_some_and(|run| run.status != Status::Skipped);
        let mut ran = Vec::with_capacity(places.len());
        for (index, at) in (index_u32(self.runs.len())..).zip(places) {
            if is_wanted && has_run(*at) {
                let length = assumptions.rollback.unwrap_or(Ms(schedule.work(*at).0 / 2));
                ran.push(ToTakeBack { index, stage: at.stage, length });
            }
        }
        self.runs.extend(places.iter().map(|_| skipped(self.time)));
        let mut entry = EntryRun {
            stage: self.stage,
            runs: &mut self.runs,
            queues: ran.chunk_by(|a, b| a.stage == b.stage).collect(),
            ends: BinaryHeap::new(),
            free_lanes: BinaryHeap::new(),
            lane_count: 0,
            last: None,
        };
        let limit = |stage: u32| schedule.stages[stage as usize].max_concurrency;
        entry.run(self.time, self.waits_for, &limit);
        if let Some(last) = entry.last {
            self.time = last.time();
            let at = DeploymentId { stage: self.stage, index: last.at().index };
            self.waits_for = Some(waits_for(at));
        }
    }
}

fn skipped(at: Ms) -> Run {
    Run { start: at, end: at, lane: 0, status: Status::Skipped, waits_for: None }
}

/// The stage that takes these deployments back; `by` is the one that asked for it.
fn stage_of(plan: &Plan, places: &[DeploymentId], by: DeploymentId) -> (Stage, StagePlan) {
    let stages = &plan.pipeline.stages[..plan.own_stage_count()];
    let mut axes = Axes::default();
    let deployments = places.iter().map(|at| axes.deployment(plan, *at));
    let deployments: Vec<Deployment> = deployments.collect();
    let pairs = deployments.iter().filter_map(|one| Some((one.service?, one.target?))).collect();
    let deploy = Deploy {
        services: Axis { items: axes.services, parallel: None, flag: None },
        targets: Axis { items: axes.targets, parallel: None, flag: None },
        listed: Some(Listed { pairs, limit: None }),
        max_concurrency: None,
        is_gitops: false,
        on_failure: OnFailure::RunAll,
    };
    let stage = Stage {
        identifier: "pipeline_rollback".to_owned(),
        name: "Pipeline Rollback".to_owned(),
        stage_type: ROLLBACK_STAGE_TYPE.to_owned(),
        entry: stages.iter().map(|stage| stage.entry).max().unwrap_or_default() + 1,
        after: Arc::from([by.stage]),
        span: stages.get(by.stage as usize).map(|stage| stage.span).unwrap_or_default(),
        pipeline_status: PipelineStatus::All,
        conditions: Vec::new(),
        work: if places.is_empty() { Work::Other } else { Work::Deploy(Box::new(deploy)) },
        looping: None,
        steps: Steps::default(),
        failure: FailureStrategies::default(),
        timeout: None,
        manual: None,
        absence: None,
        chained: None,
        path_len: 0,
    };
    let nothing = Deployment { service: None, target: None, is_placeholder: false };
    let deployments = if places.is_empty() { vec![nothing] } else { deployments };
    let max_concurrency = index_u32(deployments.len());
    let ambiguous_targets = ambiguous_targets(&stage);
    (stage, StagePlan { deployments, max_concurrency, ambiguous_targets })
}

/// Services and targets of several stages, each once.
#[derive(Default)]
struct Axes {
    services: Vec<Service>,
    targets: Vec<Target>,
    service_indexes: Map<Reference, u32>,
    target_indexes: Map<TargetName, u32>,
}

/// Names that tell a target from others.
type TargetName = (Option<Reference>, Option<Reference>, Option<String>);

impl Axes {
    fn deployment(&mut self, plan: &Plan, at: DeploymentId) -> Deployment {
        let deployment = plan.stages[at.stage as usize].deployments[at.index as usize];
        let Work::Deploy(deploy) = &plan.pipeline.stages[at.stage as usize].work else {
            return deployment;
        };
        let service = deployment
            .service
            .map(|service| self.service(&deploy.services.items[service as usize]));
        let target =
            deployment.target.map(|target| self.target(&deploy.targets.items[target as usize]));
        Deployment { service, target, ..deployment }
    }

    fn service(&mut self, service: &Service) -> u32 {
        let next = index_u32(self.services.len());
        let index = *self.service_indexes.or_insert_with(service.name.clone(), || next);
        if index == next {
            self.services.push(service.clone());
        }
        index
    }

    fn target(&mut self, target: &Target) -> u32 {
        let next = index_u32(self.targets.len());
        let name =
            (target.environment.clone(), target.infrastructure.clone(), target.detail.clone());
        let index = *self.target_indexes.or_insert_with(name, || next);
        if index == next {
            self.targets.push(target.clone());
        }
        index
    }
}

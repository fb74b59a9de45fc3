//! Pipelines that stages run in their own place, as more stages of the plan.
//!
//! ```text
//! stages of the pipeline     build | regions: north, south
//! behind them                regions/0/sail | regions/1/sail     each in the bar of its deployment
//! ```
//!
//! So whatever looks at stages and deployments looks at those of children too; [`Plan::shown_order`] has them
//! where they belong.
//!
//! Follows `docs/semantics.md`, "Stages that run other pipelines".

use std::sync::Arc;

use deployline_map::Set;

use crate::plan::{ChildPlan, Plan, STAGE_BUDGET, StagePlan};
use crate::{
    Absence, Ask, Condition, DeploymentId, ParallelGroup, Pipeline, Schema, Stage, WaitKind, Work,
};

impl Plan {
    /// Number of stages of the pipeline itself, without those of pipelines that it runs.
    pub fn own_stage_count(&self) -> usize {
        match self.children.first() {
            Some(first) => first.stages.start as usize,
            None => self.written_stage_count(),
        }
    }

    /// Number of stages of the pipeline itself, and of the rollback of all of it where there is one.
    pub fn top_stage_count(&self) -> usize {
        self.own_stage_count() + usize::from(self.rolls_back.is_some())
    }

    /// Number of deployments of services, without those of stages that the run leaves out.
    pub fn deployment_count(&self) -> usize {
        let stages = self.pipeline.stages.iter().zip(&self.stages);
        let deploy =
            |stage: &Stage| stage.absence.is_none() && matches!(stage.work, Work::Deploy(_));
        let counts = stages.filter(|(stage, _)| deploy(stage)).map(|(_, of)| of.deployments.len());
        counts.sum()
    }

    /// The pipeline as it was before those that it runs were put behind it.
    pub fn own_pipeline(&self) -> Pipeline {
        let own = self.own_stage_count();
        let mut pipeline = self.pipeline.clone();
        pipeline.stages.truncate(own);
        let is_own = |group: &&ParallelGroup| {
            group.members.first().is_none_or(|first| (first.start as usize) < own)
        };
        pipeline.groups = pipeline.groups.iter().filter(is_own).cloned().collect();
        pipeline
    }

    /// The child that a stage belongs to; `None` for one of the pipeline itself.
    pub fn child_of(&self, stage_idx: usize) -> Option<&ChildPlan> {
        let at = self.children.partition_point(|child| child.stages.end as usize <= stage_idx);
        self.children.get(at).filter(|child| child.stages.start as usize <= stage_idx)
    }

    /// The child that a deployment runs.
    pub fn child_at(&self, at: DeploymentId) -> Option<&ChildPlan> {
        let found = self.children.binary_search_by_key(&at, |child| child.of);
        found.ok().map(|index| &self.children[index])
    }

    /// The children that deployments of a stage run, in order.
    pub fn children_of(&self, stage_idx: usize) -> &[ChildPlan] {
        let start = self.children.partition_point(|child| (child.of.stage as usize) < stage_idx);
        let end = self.children.partition_point(|child| child.of.stage as usize <= stage_idx);
        &self.children[start..end]
    }

    /// The schema of the text that a stage stands in.
    pub fn schema_of(&self, stage_idx: usize) -> Schema {
        self.child_of(stage_idx).map_or(self.pipeline.schema, |child| child.pipeline.schema)
    }

    /// Returns `true` for a stage that waits for those it names.
    pub fn is_in_dag(&self, stage_idx: usize) -> bool {
        match self.child_of(stage_idx) {
            Some(child) => child.pipeline.is_dag(),
            None => self.pipeline.is_dag(),
        }
    }

    /// Stages that stand in the text only once, though several deployments run their pipeline: each with its index.
    pub fn distinct_stages(&self) -> impl Iterator<Item = (usize, &Stage)> {
        let repeats = |index: usize| self.child_of(index).is_some_and(|child| child.is_repeat);
        self.pipeline.stages.iter().enumerate().filter(move |(index, _)| !repeats(*index))
    }

    /// Indexes of all stages, those of children behind the stage that runs them.
    pub fn shown_order(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.stages.len());
        let own = self.own_stage_count();
        for stage in 0..own {
            order.push(stage);
            let children = self.children_of(stage).iter();
            order.extend(children.flat_map(|child| child.stages.clone()).map(|it| it as usize));
        }
        order.extend(self.written_stage_count()..self.stages.len());
        order
    }

    /// Number of deployments whose pipeline is known and not drawn, since the plan has as many stages as it may.
    pub fn undrawn_children(&self, stage_idx: usize) -> usize {
        let Some(stage) = self.pipeline.stages.get(stage_idx) else { return 0 };
        let Some(chained) = &stage.chained else { return 0 };
        let known = chained.of_deployments.iter().flatten().count();
        known - self.children_of(stage_idx).len().min(known)
    }
}

/// Puts the stages of all pipelines that deployments run behind those of the pipeline, as many as a plan may hold.
/// `plans` are those of its own stages.
pub(crate) fn unfold(pipeline: &mut Pipeline, plans: &[StagePlan]) -> Vec<ChildPlan> {
    let mut children = Vec::new();
    let mut seen = Set::new();
    let mut groups: Vec<ParallelGroup> = Vec::new();
    for (stage, plan) in plans.iter().enumerate() {
        let Some(chained) = pipeline.stages[stage].chained.clone() else { continue };
        let count = plan.deployments.len();
        if count != pipeline.stages[stage].deployment_count() {
            // One bar stands for more than can be drawn.
            continue;
        }
        for index in 0..count {
            let Some(child) = chained.pipeline(index).filter(|it| !it.stages.is_empty()) else {
                continue;
            };
            if pipeline.stages.len() + child.stages.len() > STAGE_BUDGET {
                continue;
            }
            let start = index_u32(pipeline.stages.len());
            let of = DeploymentId { stage: index_u32(stage), index: index_u32(index) };
            let path = path_of(&pipeline.stages[stage], index);
            let absence = pipeline.stages[stage].absence;
            pipeline.stages.extend(moved_stages(child, start, &path, absence));
            groups.extend(child.groups.iter().map(|group| moved_group(group, start)));
            children.push(ChildPlan {
                of,
                stages: start..index_u32(pipeline.stages.len()),
                pipeline: Arc::clone(child),
                is_repeat: !seen.insert(child.stages[0].span),
            });
        }
    }
    if !groups.is_empty() {
        pipeline.groups = pipeline.groups.iter().cloned().chain(groups).collect();
    }
    children
}

/// The way to a deployment, in the identifiers of the stages inside it.
fn path_of(stage: &Stage, index: usize) -> String {
    match stage.looping {
        Some(_) => format!("{}/{index}/", stage.identifier),
        None => format!("{}/", stage.identifier),
    }
}

/// The stages of a child, as they stand in a plan from `start` on. Where the run leaves out the stage that runs them,
/// it leaves out these for the same reason.
fn moved_stages(
    child: &Pipeline,
    start: u32,
    path: &str,
    absence: Option<Absence>,
) -> impl Iterator<Item = Stage> {
    // Stages that share a list go on sharing it: the last one as it was, and as it is moved.
    let mut last: Option<[Arc<[u32]>; 2]> = None;
    child.stages.iter().map(move |stage| {
        let after = match &last {
            Some([before, moved]) if Arc::ptr_eq(before, &stage.after) => Arc::clone(moved),
            _ => stage.after.iter().map(|index| index + start).collect(),
        };
        last = Some([Arc::clone(&stage.after), Arc::clone(&after)]);
        let conditions = stage.conditions.iter().map(|it| moved_condition(it, start));
        let mut moved = Stage {
            identifier: format!("{path}{}", stage.identifier),
            path_len: path.len(),
            after,
            conditions: conditions.collect(),
            chained: None,
            absence,
            ..stage.clone()
        };
        // A barrier counts the steps of its own pipeline.
        for wait in &mut moved.steps.waits {
            if let WaitKind::Barrier(name) = &mut wait.kind {
                name.insert_str(0, path);
            }
        }
        moved
    })
}

fn moved_condition(condition: &Condition, start: u32) -> Condition {
    let moved = |ask: &Ask| match ask {
        Ask::Stage(stage) => Ask::Stage(stage + start),
        Ask::Child(stage, child) => Ask::Child(stage + start, *child),
        Ask::SoFar => Ask::SoFar,
    };
    Condition { asks: condition.asks.iter().map(moved).collect(), ..condition.clone() }
}

fn moved_group(group: &ParallelGroup, start: u32) -> ParallelGroup {
    let members = group.members.iter().map(|it| it.start + start..it.end + start);
    ParallelGroup { span: group.span, members: members.collect() }
}

fn index_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

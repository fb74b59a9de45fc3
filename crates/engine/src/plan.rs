//! A plan: stages with their deployments in order.

use std::ops::Range;
use std::sync::Arc;

use crate::Pipeline;

/// The most stages of a pipeline that are drawn: some hundred times those of a large one.
pub const STAGE_BUDGET: usize = 10_000;

/// The most deployments a plan may hold.
pub const DEPLOYMENT_BUDGET: usize = 100_000;

/// A pipeline with its deployments in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The pipeline, and behind its own stages those of the pipelines that these run; `stages[i]` below is the plan
    /// of its stage `i`.
    pub pipeline: Pipeline,
    /// One per stage.
    pub stages: Vec<StagePlan>,
    /// Pipelines that deployments run, in the order of these: their stages stand behind those of the pipeline.
    pub children: Vec<ChildPlan>,
    /// Deployments that the last stage rolls back, where it is no stage of the text but the rollback of
    /// the whole pipeline.
    pub rolls_back: Option<Vec<DeploymentId>>,
}

/// One stage's deployments in order, never none: a stage that deploys nothing is one bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagePlan {
    /// In the order of the engine's list.
    pub deployments: Vec<Deployment>,
    /// Number of deployments that run at once, from 1 to all.
    pub max_concurrency: u32,
    /// The targets of several environments that need theirs beside their name, since another target of the
    /// stage has the same name: indexes in ascending order.
    pub ambiguous_targets: Vec<u32>,
}

/// One service on one target: indexes into the axes of its stage. Of a stage with a looping
/// strategy, the deployment at an index is the child at that index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deployment {
    /// Into `services.items`; `None` in a stage that deploys nothing, or no service.
    pub service: Option<u32>,
    /// Into `targets.items`; `None` in a stage that deploys nothing.
    pub target: Option<u32>,
    /// `true` where service or target are not known from the text.
    pub is_placeholder: bool,
}

/// A deployment's place: in its stage's list, in a plan and in its schedule alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeploymentId {
    /// Index of the stage.
    pub stage: u32,
    /// Index of the deployment in the list of its stage.
    pub index: u32,
}

/// A pipeline that a deployment runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChildPlan {
    /// The deployment.
    pub of: DeploymentId,
    /// Its stages in the plan, at least one.
    pub stages: Range<u32>,
    /// The pipeline itself: deployments that run the same one share it.
    pub pipeline: Arc<Pipeline>,
    /// `true` where a child before it has the same stages in the text.
    pub is_repeat: bool,
}

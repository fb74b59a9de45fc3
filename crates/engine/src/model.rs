//! A pipeline as it was written, in the product's own terms.

mod condition;
mod failure;
mod group;
mod limit;
mod looping;
mod name;
mod partial;
mod steps;

use std::sync::Arc;

use deployline_span::Span;

pub use condition::{Ask, Condition, OUTCOMES, Skips, outcome_combinations};
pub use failure::{ErrorType, FailureAction, FailureRule, FailureStrategies, StepRules};
pub use group::ParallelGroup;
pub use limit::{Limit, OnFailure, Timeout};
pub use looping::{Child, LoopValues, Looping, MatrixAxis, NamePart, Value};
pub use name::{NAME_BUDGET, bounded_name, is_cut_name};
pub use partial::{Absence, PartialRun};
pub use steps::{NestedStep, STEP_BUDGET, Step, StepKind, StepWait, Steps, WaitKind};

/// A pipeline before it is multiplied out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pipeline {
    /// Its identifier, where the text has one.
    pub identifier: Option<String>,
    /// Its name, where the text has one.
    pub name: Option<String>,
    /// The generation of the YAML.
    pub schema: Schema,
    /// All stages in the order of the text.
    pub stages: Vec<Stage>,
    /// Parallel groups of stages, those around others before these.
    pub groups: Arc<[ParallelGroup]>,
    /// Timeout of the whole run.
    pub timeout: Option<Timeout>,
    /// `Some(true)` where each stage waits for those that it names, and not for the entry before it; `None` where
    /// nothing in the text suggests that, and nobody chose it.
    pub dag: Option<bool>,
    /// The stages that the run is started for.
    pub partial: PartialRun,
}

impl Pipeline {
    /// Returns `true` where each stage waits for those that it names.
    pub fn is_dag(&self) -> bool {
        self.dag == Some(true)
    }

    /// Returns `true` for a member of a group with a stage that the run does not leave out.
    pub fn takes_part(&self, group: &ParallelGroup, member: usize) -> bool {
        let mut stages = group.members.get(member).cloned().unwrap_or_default();
        let is_there = |stage: u32| self.stages.get(stage as usize).map(|it| it.absence.is_none());
        stages.any(|stage| is_there(stage) == Some(true))
    }

    /// Its name, or else its identifier.
    pub fn title(&self) -> Option<&str> {
        self.name.as_deref().or(self.identifier.as_deref())
    }
}

/// The generation of the pipeline YAML.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Schema {
    /// `stages: [{stage: …}]`
    #[default]
    V0,
    /// The newer, flat one: `stages: [{id: …}]`
    V1,
}

/// The pipelines that the deployments of a stage run: each bar lasts as long as the run of its own.
///
/// They hold no such stages themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chained {
    /// Those that differ, each once.
    pub pipelines: Vec<Arc<Pipeline>>,
    /// By index of the deployment: its place in `pipelines`; `None` for one whose pipeline is not known.
    pub of_deployments: Vec<Option<u32>>,
}

impl Chained {
    /// The pipeline that the deployment at `index` runs.
    pub fn pipeline(&self, index: usize) -> Option<&Arc<Pipeline>> {
        let place = (*self.of_deployments.get(index)?)?;
        self.pipelines.get(place as usize)
    }
}

/// One stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its identifier; made up from its position where the text has none.
    pub identifier: String,
    /// Its name; the identifier where the text has none.
    pub name: String,
    /// `Deployment`, `Approval`, `Custom`, …; empty where unknown.
    pub stage_type: String,
    /// Index of its entry in `pipeline.stages`: those of one `parallel:` share it.
    pub entry: u32,
    /// Stages that must have ended before it starts. Those beside it wait for the same ones and share the list.
    /// In a DAG they may stand behind it in the text, and stages of a cycle never start.
    pub after: Arc<[u32]>,
    /// The stage's mapping in the text.
    pub span: Span,
    /// Condition on the outcome of earlier stages.
    pub pipeline_status: PipelineStatus,
    /// Other conditions, that of the loop before that of the stage.
    pub conditions: Vec<Condition>,
    /// Its work.
    pub work: Work,
    /// Its runs, where a strategy makes several.
    pub looping: Option<Looping>,
    /// Steps that each of its deployments goes through.
    pub steps: Steps,
    /// Rules for a failure in it.
    pub failure: FailureStrategies,
    /// Timeout of each of its runs.
    pub timeout: Option<Timeout>,
    /// A person starts it (`runMode`); `None` where it starts by itself.
    pub manual: Option<ManualStart>,
    /// Reason why the run leaves it out; `None` for a stage that takes part.
    pub absence: Option<Absence>,
    /// Pipelines that it runs.
    pub chained: Option<Arc<Chained>>,
    /// Length of the way in `identifier` to the deployment that runs the pipeline of this stage: 8 of `smoke/0/`
    /// in `smoke/0/ask`, where `smoke` loops. 0 for a stage of the pipeline itself.
    pub path_len: usize,
}

/// A stage that waits for a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ManualStart {
    /// The longest that it waits; it fails then.
    pub timeout: Option<Timeout>,
}

impl Stage {
    /// Its identifier as the text of its own pipeline has it.
    pub fn own_identifier(&self) -> &str {
        self.identifier.get(self.path_len..).unwrap_or(&self.identifier)
    }

    /// The limit that its text sets: of its strategy, or else of its lists.
    pub fn written_limit(&self) -> Option<Limit> {
        match (&self.looping, &self.work) {
            (Some(looping), _) => looping.written_limit,
            (None, Work::Deploy(deploy)) => deploy.max_concurrency,
            (None, Work::Other | Work::Unknown) => None,
        }
    }

    /// Identifier that a run gives a child of its loop: `build_2`.
    pub fn identifier_of_child(&self, index: usize) -> Option<String> {
        let looping = self.looping.as_ref()?;
        let child = looping.children.get(index)?;
        Some(format!("{}{}", self.identifier, looping.values.post_fix(child.position, index)))
    }

    /// Number of deployments it makes, or of bars where it deploys nothing: also where these are more
    /// than a plan holds.
    pub fn deployment_count(&self) -> usize {
        match (&self.work, &self.looping) {
            (_, Some(looping)) => looping.children.len(),
            (Work::Deploy(deploy), None) => match &deploy.listed {
                Some(listed) => listed.pairs.len(),
                None => {
                    let services = deploy.services.items.len().max(1);
                    services.saturating_mul(deploy.targets.items.len())
                }
            },
            (Work::Other | Work::Unknown, None) => 1,
        }
    }
}

/// Work of a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// It deploys services to targets.
    Deploy(Box<Deploy>),
    /// It does something else: one bar.
    Other,
    /// Work that can't be known from the text: one bar, marked.
    Unknown,
}

/// Services and targets of a deployment stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deploy {
    /// Services to deploy; none in a Custom stage that has an environment alone.
    pub services: Axis<Service>,
    /// Targets to deploy them to.
    pub targets: Axis<Target>,
    /// The pairs to deploy, where they are not all services times all targets.
    pub listed: Option<Listed>,
    /// `multiDeploymentConfig.maxConcurrency`.
    pub max_concurrency: Option<Limit>,
    /// `true` where environments and clusters are handled inside each deployment.
    pub is_gitops: bool,
    /// Effect of a failure on those that wait.
    pub on_failure: OnFailure,
}

impl Deploy {
    /// Returns the flag of an axis; `None` where the axis is no list.
    pub fn parallel(&self, axis: AxisName) -> Option<Parallel> {
        match axis {
            AxisName::Services => self.services.parallel,
            AxisName::Targets => self.targets.parallel,
        }
    }

    /// Returns the place of the flag of an axis, written or not; `None` where other places share it.
    pub fn flag_place(&self, axis: AxisName) -> Option<FlagPlace> {
        match axis {
            AxisName::Services => self.services.flag,
            AxisName::Targets => self.targets.flag,
        }
    }
}

/// Pairs with an order and a limit of their own: what a filter on `<+service.tags>` yields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Indexes of service and target.
    pub pairs: Vec<(u32, u32)>,
    /// Number that run at once; `None` for all.
    pub limit: Option<u32>,
}

/// One of the two axes of a deployment stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AxisName {
    /// `services`
    Services,
    /// `environments` or `environmentGroup`, flattened to infrastructures.
    Targets,
}

/// One axis of a deployment stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis<T> {
    /// Never empty but for services of a Custom stage: a placeholder stands for items that are not known.
    pub items: Vec<T>,
    /// Flag of a list; `None` for one service or one environment.
    pub parallel: Option<Parallel>,
    /// Place of the flag, written or not; `None` where other places share it.
    pub flag: Option<FlagPlace>,
}

/// Place where the flag of an axis is written, or would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlagPlace {
    /// The mapping that holds the list.
    pub list: Span,
    /// The keys from there to the flag.
    pub path: &'static [&'static str],
}

impl FlagPlace {
    /// In `metadata.parallel` of a list of the older schema.
    pub fn in_metadata(list: Span) -> Self {
        Self { list, path: &["metadata", "parallel"] }
    }

    /// In `parallel` of a list of the newer schema.
    pub fn beside_items(list: Span) -> Self {
        Self { list, path: &["parallel"] }
    }
}

/// Flag of an axis, and what decides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parallel {
    /// `true` for parallel, as drawn.
    pub value: bool,
    /// Place or rule that decides it.
    pub source: ParallelSource,
}

/// Place or rule that decides the flag of an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParallelSource {
    /// `metadata.parallel`, here.
    Written(Span),
    /// Nothing is written; this is the default.
    Default,
    /// An environment group beside a list of services is always parallel.
    AlwaysForGroup,
    /// An expression, known at run time; what is drawn is the viewer's choice.
    Expression(Span),
    /// `services.metadata` without `parallel`: the product rejects it.
    Rejected(Span),
}

/// A name in the text, or a placeholder where the name is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    /// The identifier, or what to show instead.
    pub text: String,
    /// `true` where `text` is the identifier.
    pub is_known: bool,
}

impl Reference {
    /// An identifier; a long one as [`bounded_name`] cuts it.
    pub fn known(text: impl AsRef<str>) -> Self {
        Self { text: bounded_name(text.as_ref()), is_known: true }
    }

    /// Text to show where the identifier is not known, cut as well.
    pub fn unknown(text: impl AsRef<str>) -> Self {
        Self { text: bounded_name(text.as_ref()), is_known: false }
    }
}

/// Reference without its scope `account.` or `org.`: the documents of one text don't say where they
/// are kept, so that `account.x`, `org.x` and `x` mean one entity.
pub fn unscoped(reference: &str) -> &str {
    ["account.", "org."].iter().find_map(|scope| reference.strip_prefix(scope)).unwrap_or(reference)
}

/// A service to deploy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Service {
    /// Its identifier.
    pub name: Reference,
    /// Span of its item in the list.
    pub span: Span,
}

impl Service {
    /// Stands for a service that the text can't name.
    pub fn placeholder(text: impl AsRef<str>, span: Span) -> Self {
        Self { name: Reference::unknown(text), span }
    }
}

/// A place to deploy to: an environment and one of its infrastructures.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// `None` where the stage names none (GitOps with several environments).
    pub environment: Option<Reference>,
    /// `None` where there is nothing to name (inline definitions, GitOps).
    pub infrastructure: Option<Reference>,
    /// Details that tell an unnamed infrastructure from others: its type, namespace, clusters.
    pub detail: Option<String>,
    /// `true` where several deployments of one service may run here at a time.
    pub allows_simultaneous: bool,
    /// Values of the infrastructure by which the resource constraint knows it; `None` where only its name
    /// does.
    pub constraint_values: Option<String>,
    /// Span of its item in the list.
    pub span: Span,
}

impl Target {
    /// The infrastructure, or what stands for it.
    pub fn short_name(&self) -> &str {
        let infrastructure = self.infrastructure.as_ref().map(|name| name.text.as_str());
        let environment = || self.environment.as_ref().map(|name| name.text.as_str());
        infrastructure.or(self.detail.as_deref()).or_else(environment).unwrap_or_default()
    }

    /// Stands for a target of which not even the environment is known, or not the infrastructure.
    pub fn placeholder(text: impl AsRef<str>, environment: Option<Reference>, span: Span) -> Self {
        let unknown = Some(Reference::unknown(text));
        let (environment, infrastructure) = match environment {
            Some(environment) => (Some(environment), unknown),
            None => (unknown, None),
        };
        Self {
            environment,
            infrastructure,
            detail: None,
            allows_simultaneous: true,
            constraint_values: None,
            span,
        }
    }

    /// Returns `true` where its environment or its infrastructure is not known from the text.
    pub fn is_placeholder(&self) -> bool {
        [&self.environment, &self.infrastructure]
            .into_iter()
            .any(|name| name.as_ref().is_some_and(|name| !name.is_known))
    }
}

/// The state of the pipeline in which a stage runs (`when.pipelineStatus`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PipelineStatus {
    /// Nothing has failed.
    #[default]
    Success,
    /// Something has failed.
    Failure,
    /// Either.
    All,
}

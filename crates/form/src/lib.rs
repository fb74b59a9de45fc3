//! The pipeline as a form, and its operations as edits of the text.
//!
//! - [`read`] gives the form of a text as it is written, with a [`Lock`] (reason and place) on what can't
//!   be changed;
//! - [`operation::edit`] gives the bytes to change for one [`Operation`](operation::Operation).
//!
//! Nothing is resolved here: no input is filled in, no template followed. What a value stands for
//! is the planner's to say; [`StageForm::index`] leads to it. This crate knows Harness' keys and no pixel,
//! DOM, clock or I/O.
//!
//! ```
//! let text = "stages:\n- stage: {name: Build, identifier: b, type: Custom}\n";
//! let parsed = deployline_yaml::parse(text);
//! let form = deployline_form::read(text, &parsed.documents);
//! let stage = form.stages().next().expect("it is there");
//! assert_eq!(stage.name.text.as_deref(), Some("Build"));
//! assert_eq!(stage.address.0, [0]);
//! ```

mod deploy;
mod fields;
mod lists;
mod locks;
mod looping;
pub mod operation;
mod read;
mod stage_source;
mod strategy;

use deployline_engine::Schema;
use deployline_span::Span;

pub use deploy::{EnvironmentForm, Environments, EnvironmentsMode, Services, ServicesMode};
pub use fields::{Field, Item, Lock};
use read::form_of;
pub use read::read;
pub use strategy::{AxisForm, ExcludeRow, StrategyForm, StrategyKind};

/// Address of a stage or group: an index into the list of stages, then one into each group on the way.
///
/// `[2]` is the third entry, `[2, 0]` the first member of the group there.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(pub Vec<usize>);

/// The pipeline as a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Schema that it is written in. [`Schema::V1`] has fewer controls that can be changed.
    pub schema: Schema,
    /// The strip, from left to right. Empty where there is no pipeline.
    pub entries: Vec<Entry>,
    /// True where a stage has `dependsOn`, as in a DAG.
    pub is_dag: bool,
    /// Lock of adding, moving and removing stages: a part without a list of stages, a template, an
    /// expression.
    pub lock: Option<Lock>,
}

/// One place of the strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A stage by itself.
    Stage(Box<StageForm>),
    /// Several, in parallel or one after the other.
    Group(GroupForm),
}

/// Stages that share a place in the strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupForm {
    /// Its address.
    pub address: Address,
    /// True where its members run side by side. Only the newer schema has groups that don't.
    pub is_parallel: bool,
    /// Its members, stacked. Only those of the newer schema hold groups.
    pub members: Vec<Entry>,
    /// The group's text.
    pub span: Span,
    /// Lock of adding, moving and removing members.
    pub lock: Option<Lock>,
}

/// A stage as a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageForm {
    /// Its address.
    pub address: Address,
    /// Its index in the planner's `pipeline.stages`; past their end where a pipeline template hides
    /// them.
    pub index: usize,
    /// `identifier`, or `id` of the newer schema. Given once, when the stage is made.
    pub identifier: Field,
    /// `name`.
    pub name: Field,
    /// `type`; of the newer schema, `Deployment` where it has a service or environment.
    pub stage_type: String,
    /// The stage's text.
    pub span: Span,
    /// Lock of moving, duplicating and removing it.
    pub lock: Option<Lock>,
    /// Its services and environments; `None` where it deploys nothing, or a template says it.
    pub deploy: Option<DeployForm>,
    /// The reason why there is no more to see of it, where `template` says what it does.
    pub template: Option<Lock>,
    /// Its looping strategy.
    pub strategy: StrategyForm,
    /// `when.pipelineStatus`.
    pub pipeline_status: Field,
    /// `when.condition`.
    pub condition: Field,
}

/// Services, environments and limits of a deployment stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeployForm {
    /// Its services.
    pub services: Services,
    /// Its environments.
    pub environments: Environments,
    /// `multiDeploymentConfig.maxConcurrency`.
    pub max_concurrency: Field,
    /// `multiDeploymentConfig.onFailure`.
    pub on_failure: Field,
}

impl Form {
    /// All stages in the order of the planner's.
    pub fn stages(&self) -> impl Iterator<Item = &StageForm> {
        let mut all = Vec::new();
        collect(&self.entries, &mut all);
        all.into_iter()
    }

    /// The stage at `address`.
    pub fn stage(&self, address: &Address) -> Option<&StageForm> {
        match self.entry(address)? {
            Entry::Stage(stage) => Some(stage),
            Entry::Group(_) => None,
        }
    }

    /// The stage or group at `address`.
    pub fn entry(&self, address: &Address) -> Option<&Entry> {
        let (first, rest) = address.0.split_first()?;
        rest.iter().try_fold(self.entries.get(*first)?, |entry, index| match entry {
            Entry::Group(group) => group.members.get(*index),
            Entry::Stage(_) => None,
        })
    }
}

fn collect<'a>(entries: &'a [Entry], all: &mut Vec<&'a StageForm>) {
    for entry in entries {
        match entry {
            Entry::Stage(stage) => all.push(stage),
            Entry::Group(group) => collect(&group.members, all),
        }
    }
}

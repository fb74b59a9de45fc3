//! The kinds of mappings, and the keys of each.

use crate::key::{docs, keys, usages};
use crate::{
    Key, Takes, Usage, document, entities, failure, older, spec, stage, steps, strategy, v1,
};

/// Makes the enum and the table of its keys from one list.
macro_rules! mapping_kinds {
    ($($(#[$doc:meta])* $kind:ident => $rows:path,)*) => {
        /// A kind of mapping.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum MappingKind {
            $($(#[$doc])* $kind,)*
        }

        impl MappingKind {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// The keys that a mapping of this kind may have, what decides most first.
            pub fn keys(self) -> &'static [Key] {
                match self {
                    $(Self::$kind => const { &keys::<{ $rows.len() }>($rows) },)*
                }
            }

            /// The meanings of [`keys`](Self::keys), in the same order. They stand apart, so that a
            /// program that shows none of them has none in it.
            fn docs(self) -> &'static [&'static str] {
                match self {
                    $(Self::$kind => const { &docs::<{ $rows.len() }>($rows) },)*
                }
            }

            /// The parts in the plan of [`keys`](Self::keys), in the same order; apart as well.
            fn usages(self) -> &'static [Usage] {
                match self {
                    $(Self::$kind => const { &usages::<{ $rows.len() }>($rows) },)*
                }
            }
        }
    };
}

mapping_kinds! {
    /// A whole document.
    Document => entities::DOCUMENT,
    /// `pipeline`
    Pipeline => stage::PIPELINE,
    /// An item of `stages`.
    Entry => stage::ENTRY,
    /// `stage`
    Stage => stage::STAGE,
    /// `spec` of a deployment stage.
    Spec => spec::SPEC,
    /// `spec` of a Custom stage.
    CustomSpec => spec::CUSTOM_SPEC,
    /// `spec` of a Pipeline stage, which stands for another pipeline.
    ChainedSpec => steps::CHAINED_SPEC,
    /// `spec` of a Dynamic stage, which stands for a pipeline that is made in the run.
    DynamicSpec => steps::DYNAMIC_SPEC,
    /// `runMode` of a stage.
    RunMode => stage::RUN_MODE,
    /// `flowControl`
    FlowControl => stage::FLOW_CONTROL,
    /// An item of `flowControl.barriers`.
    Barrier => stage::BARRIER,
    /// `execution`
    Execution => steps::EXECUTION,
    /// An item of `steps`.
    StepEntry => steps::ENTRY,
    /// `step`
    Step => steps::STEP,
    /// `stepGroup`
    StepGroup => steps::GROUP,
    /// `when` of a step.
    StepWhen => steps::STEP_WHEN,
    /// `spec` of a step that waits for a time.
    WaitSpec => steps::WAIT_SPEC,
    /// `spec` of a step that waits at a barrier.
    BarrierSpec => steps::BARRIER_SPEC,
    /// `spec` of a step that waits in a queue.
    QueueSpec => steps::QUEUE_SPEC,
    /// `services`
    Services => spec::SERVICES,
    /// `service`, and an item of `services.values`.
    Service => spec::SERVICE,
    /// `environments`
    Environments => spec::ENVIRONMENTS,
    /// `environment`, and an item of `environments.values`.
    Environment => spec::ENVIRONMENT,
    /// `environmentGroup`
    Group => spec::GROUP,
    /// An item of `infrastructureDefinitions`.
    Infrastructure => spec::INFRASTRUCTURE,
    /// An item of `gitOpsClusters`.
    Cluster => spec::CLUSTER,
    /// `metadata` of a list.
    Metadata => spec::METADATA,
    /// `multiDeploymentConfig`
    Limits => spec::LIMITS,
    /// `useFromStage`
    UseFromStage => spec::USE_FROM_STAGE,
    /// An item of `filters`.
    Filter => spec::FILTER,
    /// `spec` of a filter.
    FilterSpec => spec::FILTER_SPEC,
    /// `serviceConfig` of the older model.
    OlderService => older::SERVICE,
    /// `infrastructure` of the older model.
    OlderInfrastructure => older::INFRASTRUCTURE,
    /// `service` or `environment` of the older model.
    OlderEntity => older::ENTITY,
    /// `template` of a stage or a pipeline.
    TemplateUse => stage::TEMPLATE_USE,
    /// `when`
    When => stage::WHEN,
    /// An item of `failureStrategies`.
    FailureRule => failure::RULE,
    /// `onFailure` of a failure strategy.
    OnFailure => failure::ON_FAILURE,
    /// `action` of a failure strategy.
    FailureAction => failure::ACTION,
    /// `spec` of such an action.
    FailureActionSpec => failure::ACTION_SPEC,
    /// What follows such an action.
    NextAction => failure::NEXT_ACTION,
    /// `strategy`
    Strategy => strategy::STRATEGY,
    /// `matrix`: its other keys are axes.
    Matrix => strategy::MATRIX,
    /// `repeat`
    Repeat => strategy::REPEAT,
    /// `service` of its own document.
    ServiceEntity => entities::SERVICE,
    /// `environment` of its own document.
    EnvironmentEntity => entities::ENVIRONMENT,
    /// `infrastructureDefinition` of its own document.
    InfrastructureEntity => entities::INFRASTRUCTURE,
    /// `environmentGroup` of its own document.
    GroupEntity => entities::GROUP,
    /// `template` of its own document.
    TemplateEntity => entities::TEMPLATE,
    /// `inputSet`
    InputSet => entities::INPUT_SET,
    /// `overlayInputSet`
    Overlay => entities::OVERLAY,
    /// A whole document of the newer schema.
    V1Document => v1::DOCUMENT,
    /// `pipeline` of the newer schema.
    V1Pipeline => v1::PIPELINE,
    /// A stage of the newer schema, or a group of them.
    V1Stage => v1::STAGE,
    /// `parallel` of the newer schema.
    V1Parallel => v1::PARALLEL,
    /// `group` of the newer schema.
    V1Group => v1::STAGE_GROUP,
    /// `chain`, `template` and others of the newer schema, which use something.
    V1Uses => v1::USES,
    /// `chain` of the newer schema.
    V1Chain => v1::CHAIN,
    /// `chain.with` of the newer schema.
    V1ChainWith => v1::CHAIN_WITH,
    /// A step of the newer schema.
    V1Step => v1::STEP,
    /// `parallel` of steps of the newer schema.
    V1StepsSideBySide => v1::STEPS_SIDE_BY_SIDE,
    /// `group` of steps of the newer schema.
    V1StepGroup => v1::STEP_GROUP,
    /// `wait` of the newer schema.
    V1Wait => v1::WAIT,
    /// `barrier` of the newer schema.
    V1Barrier => v1::BARRIER,
    /// `queue` of the newer schema.
    V1Queue => v1::QUEUE,
    /// `service` of the newer schema, as a list with a flag.
    V1Services => v1::SERVICES,
    /// An item of `service` of the newer schema.
    V1Service => v1::SERVICE,
    /// `environment` of the newer schema.
    V1Environments => v1::ENVIRONMENTS,
    /// An item of `environment.items` of the newer schema.
    V1Environment => v1::ENVIRONMENT,
    /// An item of `deploy-to` of the newer schema.
    V1Infrastructure => v1::INFRASTRUCTURE,
    /// `environment.group` of the newer schema.
    V1EnvironmentGroup => v1::GROUP,
    /// An item of `filters` of the newer schema.
    V1Filter => v1::FILTER,
    /// What a filter of the newer schema keeps, by two lists of conditions.
    V1FilterSides => v1::FILTER_SIDES,
    /// A condition of a filter of the newer schema.
    V1FilterCondition => v1::FILTER_CONDITION,
    /// `tags` of such a condition.
    V1FilterTags => v1::FILTER_TAGS,
    /// A rule of `on-failure` of the newer schema.
    V1FailureRule => v1::RULE,
    /// `action` of such a rule, with settings.
    V1FailureAction => v1::ACTION,
    /// `retry` of the newer schema.
    V1Retry => v1::RETRY,
    /// `retry-step-group` of the newer schema.
    V1RetryStepGroup => v1::RETRY_GROUP,
    /// `manual-intervention` of the newer schema.
    V1ManualIntervention => v1::MANUAL,
    /// `pipeline-rollback` of the newer schema.
    V1PipelineRollback => v1::PIPELINE_ROLLBACK,
    /// `strategy` of the newer schema.
    V1Strategy => v1::STRATEGY,
    /// `matrix` of the newer schema: its other keys are axes.
    V1Matrix => v1::MATRIX,
    /// `for` of the newer schema.
    V1For => v1::FOR,
    /// `while` of the newer schema.
    V1While => v1::WHILE,
    /// `repeat` of the newer schema.
    V1Repeat => v1::REPEAT,
}

impl MappingKind {
    /// The key of this name that may stand here.
    pub fn key(self, name: &str) -> Option<&'static Key> {
        self.keys().iter().find(|key| key.name == name)
    }

    /// The keys with their meanings, and what they do to the order: one or two sentences each.
    pub fn documented_keys(self) -> impl Iterator<Item = (&'static Key, &'static str)> {
        self.keys().iter().zip(self.docs().iter().copied())
    }

    /// Meaning of the key of this name, as in [`documented_keys`](Self::documented_keys).
    pub fn doc(self, name: &str) -> Option<&'static str> {
        self.documented_keys().find(|(key, _)| key.name == name).map(|(_, doc)| doc)
    }

    /// Part in the plan of the key of this name.
    pub fn usage(self, name: &str) -> Option<Usage> {
        let index = self.keys().iter().position(|key| key.name == name)?;
        self.usages().get(index).copied()
    }

    /// True where keys of any name may stand here.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Matrix | Self::V1Matrix)
    }

    /// The key that the mapping needs most, which completion writes first.
    pub fn first_key(self) -> Option<&'static str> {
        Some(match self {
            Self::Pipeline | Self::Stage => "name",
            Self::Entry => "stage",
            Self::Services | Self::Environments => "values",
            Self::Service => "serviceRef",
            Self::Environment => "environmentRef",
            Self::Group => "envGroupRef",
            Self::Infrastructure | Self::Cluster | Self::OlderEntity => "identifier",
            Self::Metadata => "parallel",
            Self::Limits => "maxConcurrency",
            Self::UseFromStage => "stage",
            Self::Filter => "identifier",
            Self::FilterSpec => "tags",
            Self::OlderService => "serviceRef",
            Self::OlderInfrastructure => "environmentRef",
            Self::TemplateUse => "templateRef",
            Self::When => "pipelineStatus",
            Self::Execution => "steps",
            Self::StepEntry => "step",
            Self::Step | Self::StepGroup => "name",
            Self::StepWhen => "stageStatus",
            Self::ChainedSpec => "pipeline",
            Self::RunMode => "type",
            Self::FlowControl => "barriers",
            Self::Barrier => "identifier",
            Self::WaitSpec => "duration",
            Self::BarrierSpec => "barrierRef",
            Self::QueueSpec => "key",
            Self::FailureRule => "onFailure",
            Self::OnFailure => "errors",
            Self::FailureAction => "type",
            Self::NextAction => "action",
            Self::V1Parallel | Self::V1Group => "stages",
            Self::V1StepsSideBySide | Self::V1StepGroup => "steps",
            Self::V1Services => "items",
            Self::V1Pipeline
            | Self::V1Stage
            | Self::V1Service
            | Self::V1Environments
            | Self::V1Environment
            | Self::V1Infrastructure
            | Self::V1EnvironmentGroup => "id",
            Self::V1Uses | Self::V1Chain => "uses",
            Self::V1Wait => "duration",
            Self::V1Barrier => "name",
            Self::V1Queue => "key",
            Self::V1FilterCondition => "tags",
            Self::V1FailureRule => "errors",
            Self::V1Retry | Self::V1RetryStepGroup => "attempts",
            Self::V1ManualIntervention => "timeout",
            Self::V1For | Self::V1While => "iterations",
            Self::ServiceEntity
            | Self::EnvironmentEntity
            | Self::InfrastructureEntity
            | Self::GroupEntity
            | Self::TemplateEntity
            | Self::InputSet
            | Self::Overlay => "identifier",
            Self::Document
            | Self::V1Document
            | Self::Spec
            | Self::CustomSpec
            | Self::DynamicSpec
            | Self::FailureActionSpec
            | Self::Strategy
            | Self::Matrix
            | Self::Repeat
            | Self::V1ChainWith
            | Self::V1Step
            | Self::V1Filter
            | Self::V1FilterSides
            | Self::V1FilterTags
            | Self::V1FailureAction
            | Self::V1PipelineRollback
            | Self::V1Strategy
            | Self::V1Repeat
            | Self::V1Matrix => return None,
        })
    }

    /// Of each of these groups, a mapping has one key at most.
    pub fn one_of(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Document | Self::V1Document => &[document::ROOTS],
            Self::Entry => &[&["stage", "parallel", "group", "insert"]],
            Self::StepEntry => &[&["step", "parallel", "stepGroup", "insert"]],
            Self::DynamicSpec => &[&["source", "sourceConfig"]],
            Self::Spec => &[
                &["service", "services", "serviceConfig"],
                &["environment", "environments", "environmentGroup", "infrastructure"],
            ],
            Self::Services => &[&["values", "useFromStage"]],
            Self::Service => &[&["serviceRef", "useFromStage"]],
            Self::Environment => &[&["environmentRef", "useFromStage"]],
            Self::Strategy => &[&["matrix", "repeat", "parallelism"]],
            Self::Repeat => &[&["times", "items"]],
            Self::V1Stage => &[V1_STAGE_KINDS],
            Self::V1Step => &[v1::STEP_KINDS],
            Self::V1FilterTags => &[&["in", "all"]],
            Self::V1FailureAction => &[V1_ACTIONS],
            Self::V1Strategy => &[&["matrix", "for", "while", "repeat"]],
            Self::V1Repeat => &[&["iterations", "items"]],
            Self::V1Environments => &[&["items", "id", "group", "filters"]],
            _ => &[],
        }
    }

    /// The kind of mapping below `key`, if the planner reads it: as a list, of its items. `kind` is the text
    /// of `type` beside the key.
    pub fn below(self, key: &str, is_list: bool, kind: Option<&str>) -> Option<MappingKind> {
        match (self, key, kind) {
            (Self::Stage, "spec", Some("Custom")) => return Some(Self::CustomSpec),
            (Self::Stage, "spec", Some("Pipeline")) => return Some(Self::ChainedSpec),
            (Self::Stage, "spec", Some("Dynamic")) => return Some(Self::DynamicSpec),
            (Self::Stage, "spec", Some(kind)) if kind != "Deployment" => return None,
            (Self::Step, "spec", Some("Wait")) => return Some(Self::WaitSpec),
            (Self::Step, "spec", Some("Barrier")) => return Some(Self::BarrierSpec),
            (Self::Step, "spec", Some("Queue")) => return Some(Self::QueueSpec),
            (Self::TemplateEntity, "spec", Some("Pipeline")) => return Some(Self::Pipeline),
            (Self::TemplateEntity, "spec", Some(kind)) if kind != "Stage" => return None,
            _ => {}
        }
        self.key(key)?.takes.iter().find_map(|takes| match takes {
            Takes::Mapping(place) if !is_list => Some(*place),
            Takes::List(place) if is_list => Some(*place),
            _ => None,
        })
    }
}

/// Keys that say what a stage of the newer schema is.
const V1_STAGE_KINDS: &[&str] = &[
    "steps", "parallel", "group", "chain", "dynamic", "template", "approval", "action", "deploy",
    "build", "test", "chaos", "idp", "iacm", "sto",
];
/// Keys that say what an action of the newer schema is.
const V1_ACTIONS: &[&str] = &[
    "retry",
    "manual-intervention",
    "retry-step-group",
    "stage-rollback",
    "pipeline-rollback",
    "fail",
    "ignore",
    "success",
    "abort",
    "proceed-with-default",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_is_there_once() {
        for kind in MappingKind::ALL {
            let mut names: Vec<&str> = kind.keys().iter().map(|key| key.name).collect();
            for key in kind.keys() {
                assert!(!key.takes.is_empty(), "{} of {kind:?}", key.name);
            }
            let named = kind.first_key().into_iter();
            for name in named.chain(kind.one_of().iter().copied().flatten().copied()) {
                assert!(names.contains(&name), "{name} of {kind:?}");
            }
            names.sort_unstable();
            let count = names.len();
            names.dedup();
            assert_eq!(names.len(), count, "{kind:?}");
        }
    }

    #[test]
    fn each_key_says_what_it_means() {
        for kind in MappingKind::ALL {
            for (Key { name, .. }, doc) in kind.documented_keys() {
                assert!(doc.ends_with('.') && doc.len() > 12, "{name} of {kind:?}");
                assert!(doc.len() < 280, "{name} of {kind:?} is explained at length");
            }
        }
    }
}

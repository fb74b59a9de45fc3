//! Which keys stand where, what each means and does to the order, and what it takes: one table for
//! the check of misspelt keys, for completion and for the notes on hover.
//!
//! Of the mappings that the planner reads, and no deeper. The words follow `docs/semantics.md`.

mod entities;
mod spec;
mod stage;
mod strategy;
mod v1;

use deployline_yaml::{Node, NodeKind};

/// A key of a mapping.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What may stand behind it; the usual first.
    pub takes: &'static [Takes],
}

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Any text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Count,
    /// One of these words, the default first.
    Words(&'static [&'static str]),
    /// The identifier of something.
    Reference(Refers),
    /// A list of identifiers.
    References(Refers),
    /// Keys and values of this kind.
    Mapping(Place),
    /// A list, each item with keys and values of this kind.
    List(Place),
    /// A list of texts.
    Texts,
    /// What has no part in the order, and is not looked into.
    Anything,
}

/// What an identifier names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refers {
    /// A service.
    Service,
    /// An earlier deployment stage of the pipeline.
    Stage,
    /// An environment.
    Environment,
    /// An infrastructure of the environment it stands below.
    Infrastructure,
    /// An environment group.
    Group,
    /// A template.
    Template,
}

/// A kind of mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A whole document.
    Document,
    /// `pipeline`
    Pipeline,
    /// An item of `stages`.
    Entry,
    /// `stage`
    Stage,
    /// `spec` of a deployment stage.
    Spec,
    /// `services`
    Services,
    /// `service`, and an item of `services.values`.
    Service,
    /// `environments`
    Environments,
    /// `environment`, and an item of `environments.values`.
    Environment,
    /// `environmentGroup`
    Group,
    /// An item of `infrastructureDefinitions`.
    Infrastructure,
    /// An item of `gitOpsClusters`.
    Cluster,
    /// `metadata` of a list.
    Metadata,
    /// `multiDeploymentConfig`
    Limits,
    /// `useFromStage`
    UseFromStage,
    /// An item of `filters`.
    Filter,
    /// `spec` of a filter.
    FilterSpec,
    /// `serviceConfig` of the older model.
    OlderService,
    /// `infrastructure` of the older model.
    OlderInfrastructure,
    /// `service` or `environment` of the older model.
    OlderEntity,
    /// `template` of a stage or a pipeline.
    TemplateUse,
    /// `when`
    When,
    /// `strategy`
    Strategy,
    /// `matrix`: its other keys are axes.
    Matrix,
    /// `repeat`
    Repeat,
    /// `service` of its own document.
    ServiceEntity,
    /// `environment` of its own document.
    EnvironmentEntity,
    /// `infrastructureDefinition` of its own document.
    InfrastructureEntity,
    /// `environmentGroup` of its own document.
    GroupEntity,
    /// `template` of its own document.
    TemplateEntity,
    /// `inputSet`
    InputSet,
    /// A whole document of the newer schema.
    V1Document,
    /// `pipeline` of the newer schema.
    V1Pipeline,
    /// A stage of the newer schema, or a group of them.
    V1Stage,
    /// `group` or `parallel` of the newer schema.
    V1Stages,
    /// `service` of the newer schema, as a list with a flag.
    V1Services,
    /// An item of `service` of the newer schema.
    V1Service,
    /// `environment` of the newer schema.
    V1Environments,
    /// An item of `environment.items` of the newer schema.
    V1Environment,
    /// `strategy` of the newer schema.
    V1Strategy,
    /// `matrix` of the newer schema: its other keys are axes.
    V1Matrix,
    /// `for` of the newer schema.
    V1For,
}

impl Place {
    /// What is known of a key that may stand here.
    pub fn key(self, name: &str) -> Option<&'static Key> {
        self.keys().iter().find(|key| key.name == name)
    }

    /// What a key means that may stand here, and what it does to the order: one or two sentences.
    #[cfg(feature = "meanings")]
    pub fn meaning(self, name: &str) -> Option<&'static str> {
        let place = self.keys().iter().position(|key| key.name == name)?;
        Some(self.meanings()[place])
    }

    /// Whether keys of any name may stand here.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Matrix | Self::V1Matrix)
    }

    /// The key without which the mapping says nothing.
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
            Self::V1Stages => "stages",
            Self::V1Services => "items",
            Self::V1Pipeline | Self::V1Stage | Self::V1Service => "id",
            Self::V1Environments | Self::V1Environment => "id",
            Self::V1For => "iterations",
            Self::ServiceEntity
            | Self::EnvironmentEntity
            | Self::InfrastructureEntity
            | Self::GroupEntity
            | Self::TemplateEntity
            | Self::InputSet => "identifier",
            Self::Document
            | Self::V1Document
            | Self::Spec
            | Self::Strategy
            | Self::Matrix
            | Self::Repeat
            | Self::V1Strategy
            | Self::V1Matrix => return None,
        })
    }

    /// Of each of these groups, a mapping has one key at most.
    pub fn one_of(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Document | Self::V1Document => &[entities::KINDS],
            Self::Entry => &[&["stage", "parallel", "group"]],
            Self::Spec => &[
                &["service", "services", "serviceConfig"],
                &["environment", "environments", "environmentGroup", "infrastructure"],
            ],
            Self::Services => &[&["values", "useFromStage"]],
            Self::Environments => &[&["values", "useFromStage"]],
            Self::Service => &[&["serviceRef", "useFromStage"]],
            Self::Environment => &[&["environmentRef", "useFromStage"]],
            Self::Strategy => &[&["matrix", "repeat", "parallelism"]],
            Self::Repeat => &[&["times", "items"]],
            Self::V1Strategy => &[&["matrix", "for", "repeat"]],
            Self::V1Environments => &[&["items", "id", "group", "filters"]],
            _ => &[],
        }
    }

    /// What stands below `key`, if the planner reads it: as a list, of its items. `kind` is the text
    /// of `type` beside the key.
    pub fn below(self, key: &str, is_list: bool, kind: Option<&str>) -> Option<Place> {
        match (self, key, kind) {
            (Self::Stage, "spec", Some(kind)) if kind != "Deployment" => return None,
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

    /// What a whole document is: `has` tells whether something stands at a path of keys from its
    /// root, `is_v1` whether it is written in the newer schema.
    pub fn of_document(has: &dyn Fn(&[&str]) -> bool, is_v1: bool) -> Self {
        let is_entity = crate::resolve::entity_kind(has).is_some();
        if is_entity || has(&["pipeline"]) {
            return if is_v1 && !is_entity { Self::V1Document } else { Self::Document };
        }
        if is_v1 {
            return if has(&["stages"]) { Self::V1Pipeline } else { Self::V1Document };
        }
        let part = [("stages", Self::Pipeline), ("stage", Self::Entry), ("spec", Self::Stage)];
        let part = part.into_iter().find(|(key, _)| has(&[*key])).map(|(_, place)| place);
        let is_spec = Self::Spec.one_of().iter().copied().flatten().any(|key| has(&[*key]));
        part.or(is_spec.then_some(Self::Spec)).unwrap_or(Self::Document)
    }
}

/// A key, and what is told of it.
struct Told {
    key: Key,
    #[cfg(feature = "meanings")]
    meaning: &'static str,
}

const fn key(name: &'static str, takes: &'static [Takes], meaning: &'static str) -> Told {
    #[cfg(not(feature = "meanings"))]
    let _ = meaning;
    Told {
        key: Key { name, takes },
        #[cfg(feature = "meanings")]
        meaning,
    }
}

/// Keys and meanings in lists of their own: the check of misspelt keys has nothing to do with sentences,
/// and the page loads them when someone asks what a key means.
macro_rules! lists {
    ($($place:ident: $told:expr,)*) => {
        impl Place {
            /// The keys that a mapping of this kind may have, what decides most first.
            pub fn keys(self) -> &'static [Key] {
                match self {
                    $(Self::$place => {
                        static KEYS: [Key; $told.len()] = keys($told);
                        &KEYS
                    })*
                }
            }

            /// What they mean, in the same order.
            #[cfg(feature = "meanings")]
            fn meanings(self) -> &'static [&'static str] {
                match self {
                    $(Self::$place => {
                        static MEANINGS: [&str; $told.len()] = meanings($told);
                        &MEANINGS
                    })*
                }
            }
        }
    };
}

lists! {
    Document: entities::DOCUMENT,
    Pipeline: stage::PIPELINE,
    Entry: stage::ENTRY,
    Stage: stage::STAGE,
    When: stage::WHEN,
    TemplateUse: stage::TEMPLATE_USE,
    Spec: spec::SPEC,
    Services: spec::SERVICES,
    Service: spec::SERVICE,
    Environments: spec::ENVIRONMENTS,
    Environment: spec::ENVIRONMENT,
    Group: spec::GROUP,
    Infrastructure: spec::INFRASTRUCTURE,
    Cluster: spec::CLUSTER,
    Metadata: spec::METADATA,
    Limits: spec::LIMITS,
    UseFromStage: spec::USE_FROM_STAGE,
    Filter: spec::FILTER,
    FilterSpec: spec::FILTER_SPEC,
    OlderService: spec::OLDER_SERVICE,
    OlderInfrastructure: spec::OLDER_INFRASTRUCTURE,
    OlderEntity: spec::OLDER_ENTITY,
    Strategy: strategy::STRATEGY,
    Matrix: strategy::MATRIX,
    Repeat: strategy::REPEAT,
    ServiceEntity: entities::SERVICE,
    EnvironmentEntity: entities::ENVIRONMENT,
    InfrastructureEntity: entities::INFRASTRUCTURE,
    GroupEntity: entities::GROUP,
    TemplateEntity: entities::TEMPLATE,
    InputSet: entities::INPUT_SET,
    V1Document: v1::DOCUMENT,
    V1Pipeline: v1::PIPELINE,
    V1Stage: v1::STAGE,
    V1Stages: v1::STAGES,
    V1Services: v1::SERVICES,
    V1Service: v1::SERVICE,
    V1Environments: v1::ENVIRONMENTS,
    V1Environment: v1::ENVIRONMENT,
    V1Strategy: v1::STRATEGY,
    V1Matrix: v1::MATRIX,
    V1For: v1::FOR,
}

const fn keys<const N: usize>(told: &[Told]) -> [Key; N] {
    let mut keys = [told[0].key; N];
    let mut at = 1;
    while at < N {
        keys[at] = told[at].key;
        at += 1;
    }
    keys
}

#[cfg(feature = "meanings")]
const fn meanings<const N: usize>(told: &[Told]) -> [&'static str; N] {
    let mut meanings = [told[0].meaning; N];
    let mut at = 1;
    while at < N {
        meanings[at] = told[at].meaning;
        at += 1;
    }
    meanings
}

const TEXT: &[Takes] = &[Takes::Text];
const FLAG: &[Takes] = &[Takes::Flag];
const COUNT: &[Takes] = &[Takes::Count];
const ANYTHING: &[Takes] = &[Takes::Anything];
const ON_FAILURE: &[Takes] = &[Takes::Words(&["RunAll", "SkipQueued"])];
const ON_FAILURE_MEANING: &str = "What a failed deployment does to those of its stage that still wait. `RunAll`, the default: \
     nothing. `SkipQueued`: they never start; those running go on.";
const PARALLEL_STRATEGY: &str = "How many of its runs go at once; missing or 0 means all.";

/// The mappings of a document to look through, and the kind of each.
pub(crate) fn roots(root: Node<'_>) -> Vec<(Node<'_>, Place)> {
    let is_v1 = crate::resolve::is_v1(root);
    if root.kind() == NodeKind::Sequence {
        let place = if is_v1 { Place::V1Stage } else { Place::Entry };
        return root.items().map(|item| (item, place)).collect();
    }
    vec![(root, Place::of_document(&|path| root.at(path).is_some(), is_v1))]
}

/// What is below a key of the mapping `holder`, each with its kind.
pub(crate) fn below<'a>(
    place: Place,
    holder: Node<'a>,
    (key, value): (Node<'a>, Node<'a>),
) -> Vec<(Node<'a>, Place)> {
    let is_list = value.kind() == NodeKind::Sequence;
    let kind = || holder.get("type").and_then(Node::as_str);
    match key.as_str().and_then(|key| place.below(key, is_list, kind())) {
        None => Vec::new(),
        Some(place) if is_list => value.items().map(|item| (item, place)).collect(),
        Some(place) => vec![(value, place)],
    }
}

/// The lists of stages in a document, of either schema.
pub(crate) fn stage_lists(root: Node<'_>) -> Vec<Node<'_>> {
    if root.kind() == NodeKind::Sequence {
        return vec![root];
    }
    let pipeline = root.get("pipeline").unwrap_or(root);
    let list = pipeline.get("stages").or_else(|| pipeline.at(&["spec", "stages"]));
    list.filter(|_| !crate::resolve::is_entity(root)).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACES: [Place; 42] = [
        Place::Document,
        Place::Pipeline,
        Place::Entry,
        Place::Stage,
        Place::Spec,
        Place::Services,
        Place::Service,
        Place::Environments,
        Place::Environment,
        Place::Group,
        Place::Infrastructure,
        Place::Cluster,
        Place::Metadata,
        Place::Limits,
        Place::UseFromStage,
        Place::Filter,
        Place::FilterSpec,
        Place::OlderService,
        Place::OlderInfrastructure,
        Place::OlderEntity,
        Place::TemplateUse,
        Place::When,
        Place::Strategy,
        Place::Matrix,
        Place::Repeat,
        Place::ServiceEntity,
        Place::EnvironmentEntity,
        Place::InfrastructureEntity,
        Place::GroupEntity,
        Place::TemplateEntity,
        Place::InputSet,
        Place::V1Document,
        Place::V1Pipeline,
        Place::V1Stage,
        Place::V1Stages,
        Place::V1Services,
        Place::V1Service,
        Place::V1Environments,
        Place::V1Environment,
        Place::V1Strategy,
        Place::V1Matrix,
        Place::V1For,
    ];

    #[test]
    fn each_key_is_there_once() {
        for place in PLACES {
            let mut names: Vec<&str> = place.keys().iter().map(|key| key.name).collect();
            for key in place.keys() {
                let at = format!("{} of {place:?}", key.name);
                assert!(!key.takes.is_empty(), "{at}");
            }
            let named = place.first_key().into_iter();
            for name in named.chain(place.one_of().iter().copied().flatten().copied()) {
                assert!(names.contains(&name), "{name} of {place:?}");
            }
            names.sort_unstable();
            let count = names.len();
            names.dedup();
            assert_eq!(names.len(), count, "{place:?}");
        }
    }

    #[test]
    #[cfg(feature = "meanings")]
    fn each_key_says_what_it_means() {
        for place in PLACES {
            for key in place.keys() {
                let at = format!("{} of {place:?}", key.name);
                let meaning = place.meaning(key.name).expect("it is a key of this place");
                assert!(meaning.ends_with('.') && meaning.len() > 12, "{at}");
                assert!(meaning.len() < 280, "{at} is told at length");
            }
        }
    }

    #[test]
    fn a_document_is_known_by_its_keys() {
        for (text, expected) in [
            ("pipeline: {stages: []}", Place::Document),
            ("version: 1\npipeline: {stages: []}", Place::V1Document),
            ("stages: [{stage: {}}]", Place::Pipeline),
            ("stages: [{id: a}]", Place::V1Pipeline),
            ("stage: {}", Place::Entry),
            ("type: Deployment\nspec: {services: {}}", Place::Stage),
            ("services: {}", Place::Spec),
            ("service: {serviceRef: a}", Place::Spec),
            ("service: {identifier: a}", Place::Document),
            ("pipline: {}", Place::Document),
        ] {
            let parsed = deployline_yaml::parse(text);
            let found: Vec<Place> =
                roots(parsed.documents[0].root()).into_iter().map(|(_, place)| place).collect();
            assert_eq!(found, [expected], "{text}");
        }
    }
}

//! Reads the form.

use deployline_engine::{STAGE_BUDGET, Schema};
use deployline_yaml::{Document, Node, NodeKind};

use super::lists::{self, List};
use super::locks::{AliasedSpans, lock, start_of};
use super::stage_source::{self, EntryKind, StageLocation, StageSource};
use super::{
    Address, DeployForm, Entry, EnvironmentForm, Environments, EnvironmentsMode, Field, Form,
    GroupForm, Item, Lock, Services, ServicesMode, StageForm, looping,
};

/// The form of what `documents`, those of `text`, hold.
pub fn read(text: &str, documents: &[Document]) -> Form {
    debug_assert!(documents.iter().all(|it| it.root().span().range().end <= text.len()));
    stage_source::find(documents).map_or_else(Form::default, |source| form_of(&source))
}

pub(crate) fn form_of(source: &StageSource<'_>) -> Form {
    let shared = AliasedSpans::of(source.document);
    let mut reader = Reader { schema: source.schema, shared: &shared, next: 0, is_dag: false };
    let address = Address(vec![0]);
    let (entries, lock) = match &source.location {
        StageLocation::Elsewhere(lock) => (Vec::new(), Some(lock.clone())),
        StageLocation::List(_, list) => (reader.entries(*list, &[]), shared.list_lock(Some(*list))),
        StageLocation::Stage(_, stage) => {
            let alone = lock("Only one stage is in this text, no list of stages.", *stage);
            (vec![Entry::Stage(Box::new(reader.stage(*stage, address)))], Some(alone))
        }
        StageLocation::Spec(spec) => {
            let alone = lock("Only a stage's `spec` is in this text, no list of stages.", *spec);
            (vec![Entry::Stage(Box::new(reader.spec_alone(*spec, address, &alone)))], Some(alone))
        }
    };
    Form { schema: source.schema, entries, is_dag: reader.is_dag, lock }
}

struct Reader<'s> {
    schema: Schema,
    shared: &'s AliasedSpans,
    /// The index of the next stage among the planner's.
    next: usize,
    /// A stage says what it waits for.
    is_dag: bool,
}

impl Reader<'_> {
    fn entries(&mut self, list: Node<'_>, group: &[usize]) -> Vec<Entry> {
        let mut entries = Vec::new();
        for (index, item) in list.items().enumerate() {
            // As many as the planner reads.
            if self.next >= STAGE_BUDGET {
                break;
            }
            let address = Address([group, &[index]].concat());
            entries.push(self.entry(item, address));
        }
        entries
    }

    fn entry(&mut self, item: Node<'_>, address: Address) -> Entry {
        let depth = address.0.len() - 1;
        if let EntryKind::Group { list, is_parallel, .. } =
            stage_source::entry_kind(item, self.schema, depth)
        {
            let lock = self.shared.lock(item).or_else(|| self.shared.list_lock(Some(list)));
            let members = self.entries(list, &address.0);
            return Entry::Group(GroupForm {
                address,
                is_parallel,
                members,
                span: item.span(),
                lock,
            });
        }
        let stage = match (self.schema, item.get("stage")) {
            (Schema::V1, _) => self.stage(item, address),
            (Schema::V0, Some(stage)) => {
                let mut form = self.stage(stage, address);
                form.lock = form.lock.or_else(|| self.shared.lock(item));
                form
            }
            (Schema::V0, None) => {
                let mut form = self.stage(item, address);
                form.deploy = None;
                form
            }
        };
        Entry::Stage(Box::new(stage))
    }

    fn stage(&mut self, stage: Node<'_>, address: Address) -> StageForm {
        let lock = self.shared.map_lock(Some(stage));
        let outer = lock.as_ref();
        let field = |key: &str| self.shared.field(stage, &[key], outer);
        let template = stage.get("template").filter(|template| !template.is_null());
        let template =
            template.map(|it| super::locks::lock("A template says what this stage does.", it));
        let spec = match self.schema {
            Schema::V0 => stage.get("spec"),
            Schema::V1 => Some(stage),
        };
        let written_type = stage.get("type").and_then(Node::as_str);
        let deploys = match self.schema {
            Schema::V1 => stage.get("service").is_some() || stage.get("environment").is_some(),
            Schema::V0 => {
                let has_spec = spec.is_some_and(|spec| spec.kind() == NodeKind::Mapping);
                written_type == Some("Deployment")
                    || (written_type.unwrap_or_default().is_empty() && has_spec)
            }
        };
        let id = if self.schema == Schema::V1 { "id" } else { "identifier" };
        let form = StageForm {
            address,
            index: self.next,
            identifier: field(id),
            name: field("name"),
            stage_type: if deploys { "Deployment" } else { written_type.unwrap_or_default() }
                .to_owned(),
            span: stage.span(),
            deploy: (deploys && template.is_none())
                .then(|| self.deploy(spec.unwrap_or(stage), spec.is_none(), outer)),
            template,
            strategy: looping::read(stage, self.schema, self.shared, outer),
            pipeline_status: self.pipeline_status(stage, outer),
            condition: self.shared.expression_field(stage, condition_path(self.schema), outer),
            lock,
        };
        self.next += 1;
        self.is_dag |= self.schema == Schema::V0 && stage.get(DEPENDS_ON).is_some();
        form
    }

    fn pipeline_status(&self, stage: Node<'_>, outer: Option<&Lock>) -> Field {
        let field = self.shared.field(stage, &["when", "pipelineStatus"], outer);
        match self.schema {
            Schema::V0 => field,
            Schema::V1 => Field { lock: Some(lock(STATUS_IN_CONDITION, stage)), ..field },
        }
    }

    fn spec_alone(&mut self, spec: Node<'_>, address: Address, alone: &Lock) -> StageForm {
        let missing = || Field { text: None, span: start_of(spec), lock: Some(alone.clone()) };
        self.next += 1;
        StageForm {
            address,
            index: 0,
            identifier: missing(),
            name: missing(),
            stage_type: "Deployment".to_owned(),
            span: spec.span(),
            deploy: Some(self.deploy(spec, false, self.shared.map_lock(Some(spec)).as_ref())),
            template: None,
            strategy: super::StrategyForm {
                lock: Some(alone.clone()),
                span: start_of(spec),
                ..Default::default()
            },
            pipeline_status: missing(),
            condition: missing(),
            lock: Some(alone.clone()),
        }
    }

    /// `is_missing` where `spec` is the stage, since that has none.
    fn deploy(&self, spec: Node<'_>, is_missing: bool, outer: Option<&Lock>) -> DeployForm {
        let spec_lock = outer.cloned().or_else(|| self.shared.map_lock(Some(spec)));
        let outer = spec_lock.as_ref();
        let field = |key| match (is_missing, self.schema) {
            (true, _) => Field { text: None, span: start_of(spec), lock: outer.cloned() },
            (false, Schema::V0) => self.shared.field(spec, &["multiDeploymentConfig", key], outer),
            (false, Schema::V1) => Field {
                lock: Some(lock(NO_LIMITS, spec)),
                ..self.shared.field(spec, &["multiDeploymentConfig", key], outer)
            },
        };
        DeployForm {
            services: self.services(spec, outer),
            environments: self.environments(spec, outer),
            max_concurrency: field("maxConcurrency"),
            on_failure: field("onFailure"),
        }
    }

    fn services(&self, spec: Node<'_>, outer: Option<&Lock>) -> Services {
        let (mode, list) = lists::services(spec, self.schema);
        let holder = list.steps.first().and_then(|key| spec.get(key));
        let lock = outer.cloned().or_else(|| self.list_lock(&list, holder));
        let lock = lock.or_else(|| match (mode, holder) {
            (ServicesMode::Older, Some(holder)) => Some(super::locks::lock(OLDER, holder)),
            _ => None,
        });
        Services {
            mode,
            items: self.items(&list, lock.as_ref().or(outer)),
            from_stage: self.taken_from(holder, outer),
            span: holder.map_or(start_of(spec), Node::span),
            lock,
        }
    }

    fn environments(&self, spec: Node<'_>, outer: Option<&Lock>) -> Environments {
        let (mode, list) = lists::environments(spec, self.schema);
        let holder = list.steps.first().and_then(|key| spec.get(key));
        let lock = outer.cloned().or_else(|| self.list_lock(&list, holder));
        let filters = holder.and_then(|holder| holder.get("filters")).filter(|it| !it.is_null());
        let lock = lock.or_else(|| match (mode, holder, filters) {
            (EnvironmentsMode::Older, Some(holder), _) => Some(super::locks::lock(OLDER, holder)),
            (EnvironmentsMode::Many | EnvironmentsMode::Group, _, Some(filters)) => {
                Some(super::locks::lock("Filters choose the environments.", filters))
            }
            _ => None,
        });
        let of_group = |path: &[&str]| match holder.filter(|_| mode == EnvironmentsMode::Group) {
            Some(holder) => self.shared.field(holder, path, outer),
            None => Field { text: None, span: start_of(spec), lock: None },
        };
        let written = holder.filter(|_| mode == EnvironmentsMode::Group).and_then(|holder| {
            let paths: [&[&str]; 3] = [&["envGroupRef"], &["group", "id"], &["group"]];
            let paths = if self.schema == Schema::V0 { &paths[..1] } else { &paths[1..] };
            paths.iter().find_map(|path| holder.at(path))
        });
        let group = match written {
            Some(node) => self.shared.reference(node, outer),
            None => of_group(&["envGroupRef"]),
        };
        let items =
            list.items().map(|node| self.environment(node, self.item(&list, node, lock.as_ref())));
        Environments {
            mode,
            items: items.collect(),
            group,
            group_deploys_to_all: of_group(&["deployToAll"]),
            from_stage: self.taken_from(holder, outer),
            span: holder.map_or(start_of(spec), Node::span),
            lock,
        }
    }

    fn environment(&self, node: Node<'_>, item: Item) -> EnvironmentForm {
        let list = lists::infrastructures(node, self.schema);
        let outer = item.lock.clone();
        let is_keys = node.kind() == NodeKind::Mapping;
        let filters = node.get("filters").filter(|filters| !filters.is_null());
        let infrastructures_lock = outer
            .or_else(|| (!is_keys).then(|| lock(NO_KEYS, node)))
            .or_else(|| self.list_lock(&list, list.node))
            .or_else(|| Some(lock("Filters choose the infrastructures.", filters?)));
        let mut deploys_to_all = match self.schema {
            Schema::V0 => self.shared.field(node, &["deployToAll"], item.lock.as_ref()),
            Schema::V1 => self.shared.field(node, &["deploy-to"], item.lock.as_ref()),
        };
        if self.schema == Schema::V1 {
            let is_all = deploys_to_all.text.as_deref() == Some("all");
            deploys_to_all.text = is_all.then(|| "true".to_owned());
            deploys_to_all.lock = item.lock.clone();
        }
        if !is_keys {
            deploys_to_all.lock = Some(lock(NO_KEYS, node));
        }
        EnvironmentForm {
            deploys_to_all,
            infrastructures: self.items(&list, infrastructures_lock.as_ref()),
            infrastructures_lock,
            item,
        }
    }

    fn items(&self, list: &List<'_>, outer: Option<&Lock>) -> Vec<Item> {
        list.items().map(|item| self.item(list, item, outer)).collect()
    }

    fn item(&self, list: &List<'_>, item: Node<'_>, outer: Option<&Lock>) -> Item {
        let lock = outer.cloned().or_else(|| self.shared.lock(item));
        let name = self.shared.reference(lists::name_of(item, list.name_key), lock.as_ref());
        Item { name, span: item.span(), lock }
    }

    fn list_lock(&self, list: &List<'_>, holder: Option<Node<'_>>) -> Option<Lock> {
        let holder_lock = holder.and_then(|holder| self.shared.lock(holder));
        holder_lock.or_else(|| match (list.node, holder) {
            (Some(node), _) if list.is_one => self.shared.lock(node),
            (Some(node), _) => self.shared.list_lock(Some(node)),
            (None, holder) => self.shared.map_lock(holder),
        })
    }

    fn taken_from(&self, holder: Option<Node<'_>>, outer: Option<&Lock>) -> Field {
        match holder {
            Some(holder) if holder.kind() == NodeKind::Mapping => {
                let lock = outer.cloned().or_else(|| self.shared.lock(holder));
                self.shared.field(holder, &["useFromStage", "stage"], lock.as_ref())
            }
            _ => Field { lock: outer.cloned(), ..Field::default() },
        }
    }
}

/// Key of the stages that one of a DAG waits for.
pub(crate) const DEPENDS_ON: &str = "dependsOn";

/// Path of the condition of a stage.
pub(crate) fn condition_path(schema: Schema) -> &'static [&'static str] {
    match schema {
        Schema::V0 => &["when", "condition"],
        Schema::V1 => &["if"],
    }
}

const STATUS_IN_CONDITION: &str =
    "In this schema the outcome is a part of the condition: `failure()`, `always()`.";
const NO_LIMITS: &str = "This schema has no such setting for lists of services and environments.";
const OLDER: &str = "This is written in the older model, which the form only shows.";
const NO_KEYS: &str = "Only the name is written here; write `key: value` lines in the YAML first.";

//! The document that holds the stages, and where: the same that the planner draws.

use deployline_engine::Schema;
use deployline_planner::{is_beside_pipeline, is_entity, is_stage_list, is_v1_list};
use deployline_yaml::edit::{Path, Step};
use deployline_yaml::{Document, Node, NodeKind};

use super::locks::lock;
use super::{Address, Lock};

/// The document and place where the stages are written.
pub(crate) struct StageSource<'a> {
    pub(crate) document_idx: usize,
    pub(crate) document: &'a Document,
    pub(crate) schema: Schema,
    pub(crate) location: StageLocation<'a>,
}

/// The list of stages, or the part of a stage that stands alone.
#[derive(Clone)]
pub(crate) enum StageLocation<'a> {
    /// A list of entries.
    List(Path, Node<'a>),
    /// The contents of one `stage:`.
    Stage(Path, Node<'a>),
    /// The contents of one `spec:`.
    Spec(Node<'a>),
    /// Not in this text.
    Elsewhere(Lock),
}

/// An entry of a list: a stage, or a group with the list of its members.
pub(crate) enum EntryKind<'a> {
    Stage,
    Group { steps: &'static [&'static str], list: Node<'a>, is_parallel: bool },
}

pub(crate) fn find(documents: &[Document]) -> Option<StageSource<'_>> {
    documents.iter().enumerate().find_map(|(document_idx, document)| {
        let root = document.root();
        if is_entity(root) {
            return None;
        }
        let (schema, location) = location_of(root)?;
        Some(StageSource { document_idx, document, schema, location })
    })
}

fn location_of(root: Node<'_>) -> Option<(Schema, StageLocation<'_>)> {
    let at = |path: &[&str]| path.iter().map(|key| Step::from(*key)).collect::<Path>();
    if let Some(pipeline) = root.get("pipeline").filter(|_| !is_beside_pipeline(root)) {
        let template = pipeline.get("template").filter(|template| !template.is_null());
        if let Some(template) = template {
            let reason = "The stages come from a template.";
            return Some((Schema::V0, StageLocation::Elsewhere(lock(reason, template))));
        }
        let lists: [&[&str]; 2] = [&["pipeline", "stages"], &["pipeline", "spec", "stages"]];
        let found = lists
            .iter()
            .find_map(|path| Some((at(path), root.at(path).filter(|list| !list.is_null())?)));
        let Some((path, list)) = found else {
            let reason = "The pipeline has no list of stages. Write `stages: []` into it first.";
            return Some((Schema::V0, StageLocation::Elsewhere(lock(reason, pipeline))));
        };
        return Some((schema_of(root, list), StageLocation::List(path, list)));
    }
    if root.kind() == NodeKind::Sequence {
        let location = || (schema_of(root, root), StageLocation::List(Path::new(), root));
        return is_stage_list(root).then(location);
    }
    for path in [&["stages"][..], &["spec", "stages"]] {
        if let Some(list) = root.at(path) {
            return Some((schema_of(root, list), StageLocation::List(at(path), list)));
        }
    }
    if let Some(stage) = root.get("stage") {
        return Some((Schema::V0, StageLocation::Stage(at(&["stage"]), stage)));
    }
    if root.get("spec").is_some_and(is_spec) {
        return Some((Schema::V0, StageLocation::Stage(Path::new(), root)));
    }
    is_spec(root).then_some((Schema::V0, StageLocation::Spec(root)))
}

fn schema_of(root: Node<'_>, list: Node<'_>) -> Schema {
    if is_v1_list(root, Some(list)) { Schema::V1 } else { Schema::V0 }
}

fn is_spec(node: Node<'_>) -> bool {
    ["service", "services", "serviceConfig", "environment", "environments", "environmentGroup"]
        .iter()
        .any(|key| node.get(key).is_some())
}

/// Kind of an entry.
pub(crate) fn entry_kind<'a>(item: Node<'a>, schema: Schema, depth: usize) -> EntryKind<'a> {
    let group = |steps: &'static [&'static str], is_parallel| {
        let list = item.at(steps).filter(|list| !list.is_null())?;
        Some(EntryKind::Group { steps, list, is_parallel })
    };
    let found = match schema {
        // A group may be written as in the newer schema.
        Schema::V0 if depth == 0 => {
            group(&["parallel", "stages"], true).or_else(|| group(&["parallel"], true))
        }
        Schema::V0 => None,
        Schema::V1 => {
            group(&["parallel", "stages"], true).or_else(|| group(&["group", "stages"], false))
        }
    };
    found.unwrap_or(EntryKind::Stage)
}

impl<'a> StageSource<'a> {
    /// The list that the addresses below `group` are indexes of; that of all entries for `[]`.
    pub(crate) fn list(&self, group: &[usize]) -> Option<(Path, Node<'a>)> {
        let StageLocation::List(path, list) = &self.location else { return None };
        let (mut path, mut list) = (path.clone(), *list);
        for (depth, index) in group.iter().enumerate() {
            let item = list.items().nth(*index)?;
            let EntryKind::Group { steps, list: members, .. } =
                entry_kind(item, self.schema, depth)
            else {
                return None;
            };
            path.push(Step::Index(*index));
            path.extend(steps.iter().map(|step| Step::from(*step)));
            list = members;
        }
        Some((path, list))
    }

    /// The entry at an address.
    pub(crate) fn entry(&self, address: &Address) -> Option<(Path, Node<'a>)> {
        let (last, group) = address.0.split_last()?;
        let (mut path, list) = self.list(group)?;
        let item = list.items().nth(*last)?;
        path.push(Step::Index(*last));
        Some((path, item))
    }

    /// The mapping of the stage at an address.
    pub(crate) fn stage(&self, address: &Address) -> Option<(Path, Node<'a>)> {
        if let StageLocation::Stage(path, node) = &self.location {
            return (address.0 == [0]).then(|| (path.clone(), *node));
        }
        let (mut path, item) = self.entry(address)?;
        if self.schema == Schema::V1 {
            return Some((path, item));
        }
        path.push(Step::from("stage"));
        Some((path, item.get("stage")?))
    }

    /// The mapping that holds what the stage at an address deploys; the path alone where it is
    /// missing.
    pub(crate) fn spec(&self, address: &Address) -> Option<(Path, Option<Node<'a>>)> {
        if let StageLocation::Spec(node) = &self.location {
            return (address.0 == [0]).then(|| (Path::new(), Some(*node)));
        }
        let (mut path, stage) = self.stage(address)?;
        if self.schema == Schema::V1 {
            return Some((path, Some(stage)));
        }
        path.push(Step::from("spec"));
        Some((path, stage.get("spec")))
    }
}

//! Kind of a document: a pipeline or a part of one, in either schema, or an entity that pipelines
//! refer to.
//!
//! Follows `docs/semantics.md`, "What the YAML alone cannot say" and "Schema v1".

pub use deployline_engine::unscoped;
use deployline_schema::{entity_kind, is_v1_stage};
use deployline_yaml::{Node, NodeKind};

/// Root key of the document of an entity; `None` for a pipeline, a part of one, and anything else.
pub fn document_kind(root: Node<'_>) -> Option<&'static str> {
    entity_kind(&|path| root.at(path).is_some())
}

/// Returns `true` for the document of an entity.
pub fn is_entity(root: Node<'_>) -> bool {
    document_kind(root).is_some()
}

/// The values of an input set of the newer schema, by the names of inputs; `None` for any other document.
pub(crate) fn newer_input_set(root: Node<'_>) -> Option<Node<'_>> {
    let is_set = root.get("kind").and_then(Node::as_str) == Some("input-set");
    root.get("spec").filter(|spec| is_set && spec.kind() == NodeKind::Mapping)
}

/// The input sets that an overlay of the newer schema names; `None` for any other document.
pub(crate) fn newer_overlay(root: Node<'_>) -> Option<Node<'_>> {
    let is_overlay = root.get("kind").and_then(Node::as_str) == Some("overlay-input-set");
    let spec = root.get("spec").filter(|_| is_overlay)?;
    let list = ["input_sets", "input-sets"].into_iter().find_map(|key| spec.get(key))?;
    (list.kind() == NodeKind::Sequence).then_some(list)
}

/// Returns `true` for an input set and for an overlay of the newer schema.
pub(crate) fn is_newer_source(root: Node<'_>) -> bool {
    newer_input_set(root).is_some() || newer_overlay(root).is_some()
}

/// Returns `true` for a pipeline and for a part of one.
///
/// ```
/// let is_pipeline = |text| {
///     deployline_planner::is_pipeline(deployline_yaml::parse(text).documents[0].root())
/// };
/// assert!(is_pipeline("stages: []"));
/// assert!(!is_pipeline("service: {identifier: cart}"));
/// assert!(!is_pipeline("on: push"));
/// ```
pub fn is_pipeline(root: Node<'_>) -> bool {
    !is_entity(root) && PipelinePart::of(root).is_some()
}

/// Returns `true` for a document in the newer, flat schema.
pub(crate) fn is_v1(root: Node<'_>) -> bool {
    if root.kind() == NodeKind::Sequence {
        return is_v1_list(root, Some(root));
    }
    let pipeline = root.get("pipeline").filter(|_| !is_beside_pipeline(root)).unwrap_or(root);
    is_v1_list(root, pipeline.get("stages").or_else(|| pipeline.at(&["spec", "stages"])))
}

/// Returns `true` where the `stages` of the document at `root` are written in the newer schema: it says so, or
/// most of them have its form.
pub fn is_v1_list(root: Node<'_>, stages: Option<Node<'_>>) -> bool {
    if root.get("version").and_then(Node::as_str) == Some("1") {
        return true;
    }
    // Those of the newer form above those of the older one.
    let mut lead = 0_i64;
    let mut lists: Vec<Node<'_>> = stages.into_iter().collect();
    while let Some(list) = lists.pop() {
        // One without keys tells nothing, and a text may have a million of these.
        for item in list.items().filter(|item| item.entries().next().is_some()) {
            match is_v1_stage(&|key| item.get(key).is_some()) {
                Some(true) => lead += 1,
                Some(false) => lead -= 1,
                None => lists.extend(group_list(item)),
            }
        }
    }
    lead > 0
}

/// The list of a group of stages, in the form of either schema.
fn group_list(item: Node<'_>) -> Option<Node<'_>> {
    let group = item.get("parallel").or_else(|| item.get("group"))?;
    group.get("stages").or(Some(group))
}

/// The part of a pipeline that a document holds: people paste a list of stages, one stage, a `spec`.
pub(crate) enum PipelinePart<'a> {
    /// All of it: the value of `pipeline:`.
    Pipeline(Node<'a>),
    /// A list of stages.
    Stages { list: Node<'a>, is_v1: bool },
    /// The contents of one `stage:`.
    Stage(Node<'a>),
    /// The contents of a stage's `spec:`.
    Spec(Node<'a>),
}

impl<'a> PipelinePart<'a> {
    /// The part that a document holds; `None` where it is no pipeline.
    pub(crate) fn of(root: Node<'a>) -> Option<Self> {
        if newer_input_set(root).is_some() {
            return None;
        }
        if let Some(pipeline) = root.get("pipeline") {
            return Some(Self::Pipeline(if is_beside_pipeline(root) { root } else { pipeline }));
        }
        if root.kind() == NodeKind::Sequence {
            return is_stage_list(root).then(|| Self::Stages { list: root, is_v1: is_v1(root) });
        }
        if let Some(list) = root.get("stages").or_else(|| root.at(&["spec", "stages"])) {
            return Some(Self::Stages { list, is_v1: is_v1_list(root, Some(list)) });
        }
        if let Some(stage) = root.get("stage") {
            return Some(Self::Stage(stage));
        }
        if root.get("spec").is_some_and(is_spec) {
            return Some(Self::Stage(root));
        }
        is_spec(root).then_some(Self::Spec(root))
    }
}

/// Returns `true` where what belongs below `pipeline:` stands beside it, indented too little.
pub fn is_beside_pipeline(root: Node<'_>) -> bool {
    root.get("pipeline").is_some_and(Node::is_null) && root.get("stages").is_some()
}

/// Returns `true` for a list of which an item can only be an entry of `stages`.
pub fn is_stage_list(list: Node<'_>) -> bool {
    list.items().any(is_entry)
}

fn is_entry(item: Node<'_>) -> bool {
    ["stage", "parallel", "id"].iter().any(|key| item.get(key).is_some())
        || item.at(&["group", "stages"]).is_some()
}

fn is_spec(node: Node<'_>) -> bool {
    ["service", "services", "serviceConfig", "environment", "environments", "environmentGroup"]
        .iter()
        .any(|key| node.get(key).is_some())
}

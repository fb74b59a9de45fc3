//! Which document is the pipeline. People paste parts: a list of stages, one stage, a lone `spec`.

use deployline_yaml::{Document, Node, NodeKind};

use super::{Context, start_of, value};

/// Where the stages are.
pub(super) struct Found<'a> {
    /// The pipeline's mapping; `None` for a part.
    pub(super) pipeline: Option<Node<'a>>,
    /// The stages.
    pub(super) stages: StageSource<'a>,
    /// Whether they are written in the newer, flat schema.
    pub(super) is_v1: bool,
}

/// In which shape the stages were given.
pub(super) enum StageSource<'a> {
    /// A list of entries.
    List(Node<'a>),
    /// The contents of one `stage:`.
    Stage(Node<'a>),
    /// The contents of one `spec:`.
    Spec(Node<'a>),
    /// There are none.
    None,
}

/// Roots that other kinds of documents have.
const ENTITY_KINDS: [&str; 7] = [
    "service",
    "environment",
    "infrastructureDefinition",
    "environmentGroup",
    "template",
    "inputSet",
    "overlayInputSet",
];

/// Finds the pipeline, or the part of one, and says what else is there.
pub(super) fn pipeline<'a>(documents: &'a [Document], cx: &mut Context<'_>) -> Option<Found<'a>> {
    let mut found: Option<Found<'a>> = None;
    for document in documents {
        let root = document.root();
        match (part_of_pipeline(root, cx), &found) {
            (Some(part), None) => found = Some(part),
            (Some(_), Some(_)) => cx.warning(
                "second-pipeline",
                start_of(root),
                "Only the first pipeline of a text is drawn; this is another one. Open it by itself.",
            ),
            (None, _) if entity_kind(root).is_some() => cx.info(
                "document-not-used",
                start_of(root),
                "This document takes no part in the plan.",
            ),
            (None, _) => {}
        }
    }
    if found.is_none()
        && let Some(document) = documents.first()
    {
        no_pipeline(document.root(), cx);
    }
    found
}

fn no_pipeline(root: Node<'_>, cx: &mut Context<'_>) {
    let expected =
        "Expected `pipeline:`, or a part of one: `stages:`, `stage:` or a stage's `spec:`.";
    let message = match entity_kind(root) {
        Some(kind) => {
            format!("Here is a document of the kind `{kind}`, but no pipeline. {expected}")
        }
        None => format!("There is no pipeline here. {expected}"),
    };
    cx.error("no-pipeline", start_of(root), message);
}

fn entity_kind(root: Node<'_>) -> Option<&'static str> {
    let kind = ENTITY_KINDS.into_iter().find(|kind| root.get(kind).is_some())?;
    // `service: {serviceRef: …}` is a part of a stage; an entity has an identifier.
    let entity = root.get(kind)?;
    let is_part = ["serviceRef", "environmentRef", "useFromStage", "envGroupRef"]
        .iter()
        .any(|key| entity.get(key).is_some());
    (!is_part || entity.get("identifier").is_some()).then_some(kind)
}

fn part_of_pipeline<'a>(root: Node<'a>, cx: &mut Context<'_>) -> Option<Found<'a>> {
    if let Some(pipeline) = root.get("pipeline") {
        return Some(whole(root, pipeline, cx));
    }
    let part = |stages, is_v1| Some(Found { pipeline: None, stages, is_v1 });
    if root.kind() == NodeKind::Sequence {
        let is_list = root.items().any(|item| is_entry(item));
        return is_list.then_some(()).and_then(|()| part(StageSource::List(root), false));
    }
    if let Some(stages) = root.get("stages") {
        return part(StageSource::List(stages), looks_v1(root, Some(stages)));
    }
    if let Some(stages) = root.at(&["spec", "stages"]) {
        return part(StageSource::List(stages), looks_v1(root, Some(stages)));
    }
    if let Some(stage) = root.get("stage") {
        return part(StageSource::Stage(stage), false);
    }
    if root.get("spec").is_some_and(is_spec) {
        return part(StageSource::Stage(root), false);
    }
    if is_spec(root) && entity_kind(root).is_none() {
        return part(StageSource::Spec(root), false);
    }
    None
}

fn whole<'a>(root: Node<'a>, pipeline: Node<'a>, cx: &mut Context<'_>) -> Found<'a> {
    let stages = value(pipeline, "stages").or_else(|| pipeline.at(&["spec", "stages"]));
    let is_v1 = looks_v1(root, stages);
    let stages = match stages {
        Some(list) => StageSource::List(list),
        None => {
            no_stages(root, pipeline, cx);
            StageSource::None
        }
    };
    Found { pipeline: Some(pipeline), stages, is_v1 }
}

fn no_stages(root: Node<'_>, pipeline: Node<'_>, cx: &mut Context<'_>) {
    let key = root.entry("pipeline").map_or(pipeline, |(key, _)| key);
    match pipeline.get("template") {
        Some(template) => cx.warning(
            "pipeline-template",
            template,
            "The pipeline comes from a template that is not in this text: its stages are not known.",
        ),
        None => cx.error(
            "no-stages",
            key,
            "The pipeline has no stages. Expected `stages:` with a list below it.",
        ),
    }
}

/// An entry of the older schema wraps its stage in `stage:` or `parallel:`.
fn is_entry(item: Node<'_>) -> bool {
    item.get("stage").is_some() || item.get("parallel").is_some()
}

fn looks_v1(root: Node<'_>, stages: Option<Node<'_>>) -> bool {
    if root.get("version").and_then(Node::as_str) == Some("1") {
        return true;
    }
    stages.is_some_and(|stages| {
        stages.items().any(|item| item.get("id").is_some() || item.get("group").is_some())
    })
}

fn is_spec(node: Node<'_>) -> bool {
    ["service", "services", "serviceConfig", "environment", "environments", "environmentGroup"]
        .iter()
        .any(|key| node.get(key).is_some())
}

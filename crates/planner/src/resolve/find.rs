//! Which document is the pipeline. People paste parts: a list of stages, one stage, a lone `spec`.

use deployline_yaml::{Document, Node, NodeKind};

use super::view::View;
use super::{Context, entities, start_of, template};
use crate::rules;

/// Where the stages are.
pub(super) struct Found<'a> {
    /// The pipeline's mapping; `None` for a part.
    pub(super) pipeline: Option<View<'a>>,
    /// The stages.
    pub(super) stages: StageSource<'a>,
    /// Whether they are written in the newer, flat schema.
    pub(super) is_v1: bool,
    /// The keys from the `pipeline:` of an input set to what fills the list of stages.
    pub(super) fill_path: &'static [&'static str],
}

/// In which shape the stages were given.
pub(super) enum StageSource<'a> {
    /// A list of entries.
    List(View<'a>),
    /// The contents of one `stage:`.
    Stage(View<'a>),
    /// The contents of one `spec:`.
    Spec(View<'a>),
    /// There are none.
    None,
}

/// Finds the pipeline, or the part of one, and says what else is there.
pub(super) fn pipeline<'a>(documents: &'a [Document], cx: &mut Context<'a>) -> Option<Found<'a>> {
    let mut found: Option<Found<'a>> = None;
    for document in documents {
        let root = document.root();
        if entities::kind(root).is_some() {
            continue;
        }
        match (part_of_pipeline(root, found.is_none(), cx), &found) {
            (Some(part), None) => found = Some(part),
            (Some(_), Some(_)) => cx.report(
                &rules::SECOND_PIPELINE,
                start_of(&root.into()),
                "Only the first pipeline is drawn; this is another one. Open it by itself.",
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
    let message = match entities::kind(root) {
        Some(kind) => {
            format!("Here is a document of the kind `{kind}`, but no pipeline. {expected}")
        }
        None => format!("There is no pipeline here. {expected}"),
    };
    cx.report(&rules::NO_PIPELINE, start_of(&root.into()), message);
}

/// Whether a document is a pipeline, or a part of one.
pub(super) fn is_pipeline(root: Node<'_>) -> bool {
    entities::kind(root).is_none() && shape(root).is_some()
}

/// What a document holds of a pipeline.
enum Shape<'a> {
    /// All of it.
    Pipeline(Node<'a>),
    /// A list of stages, and whether they are written in the newer schema.
    List(Node<'a>, bool),
    /// One stage.
    Stage(Node<'a>),
    /// A stage's `spec`.
    Spec(Node<'a>),
}

fn shape(root: Node<'_>) -> Option<Shape<'_>> {
    if let Some(pipeline) = root.get("pipeline") {
        return Some(Shape::Pipeline(pipeline));
    }
    if root.kind() == NodeKind::Sequence {
        let is_v1 = root.items().any(|item| is_v1_entry(item));
        let is_list = is_v1 || root.items().any(is_entry);
        return is_list.then_some(Shape::List(root, is_v1));
    }
    if let Some(stages) = root.get("stages").or_else(|| root.at(&["spec", "stages"])) {
        return Some(Shape::List(stages, looks_v1(root, Some(stages))));
    }
    if let Some(stage) = root.get("stage") {
        return Some(Shape::Stage(stage));
    }
    if root.get("spec").is_some_and(is_spec) {
        return Some(Shape::Stage(root));
    }
    is_spec(root).then_some(Shape::Spec(root))
}

fn part_of_pipeline<'a>(root: Node<'a>, is_first: bool, cx: &mut Context<'a>) -> Option<Found<'a>> {
    let (stages, is_v1) = match shape(root)? {
        Shape::Pipeline(pipeline) if is_first => return Some(whole(root, pipeline, cx)),
        Shape::Pipeline(_) => (StageSource::None, false),
        Shape::List(list, is_v1) => (list_alone(list, cx), is_v1),
        Shape::Stage(stage) => (StageSource::Stage(stage_alone(stage, &[], cx)), false),
        Shape::Spec(spec) => (StageSource::Spec(stage_alone(spec, &["spec"], cx)), false),
    };
    Some(Found { pipeline: None, stages, is_v1, fill_path: &["stages"] })
}

/// A list of stages without the pipeline around it: an input set fills it all the same.
fn list_alone<'a>(list: Node<'a>, cx: &Context<'a>) -> StageSource<'a> {
    let fills = cx.entities.input_set_pipelines().filter_map(|set| set.get("stages"));
    let mut fills: Vec<View<'a>> = fills.map(View::from).collect();
    fills.reverse();
    StageSource::List(View::from(list).filled_by(fills))
}

/// One stage, or what is at `path` in it. An input set fills it by its name, or by its first stage.
fn stage_alone<'a>(node: Node<'a>, path: &[&str], cx: &Context<'a>) -> View<'a> {
    let name = ["identifier", "name"].iter().find_map(|key| node.get(key)?.as_str());
    let of_set = |set: Node<'a>| {
        let mut stages = set.get("stages")?.items().filter_map(|item| item.get("stage"));
        let first = stages.clone().next();
        let of_name = |stage: &Node<'a>| stage.get("identifier").and_then(Node::as_str) == name;
        stages.find(of_name).or(first)?.at(path)
    };
    let fills = cx.entities.input_set_pipelines().filter_map(of_set);
    let mut fills: Vec<View<'a>> = fills.map(View::from).collect();
    fills.reverse();
    View::from(node).filled_by(fills)
}

fn whole<'a>(root: Node<'a>, pipeline: Node<'a>, cx: &mut Context<'a>) -> Found<'a> {
    let mut view = View::from(pipeline).filled_by(input_sets(pipeline, cx));
    let body = template::pipeline(&view, cx);
    let has_body = body.is_some();
    view = body.unwrap_or(view);
    let own_list = view.value("stages");
    let fill_path: &[&str] = match (has_body, own_list.is_some()) {
        (false, true) => &["stages"],
        (false, false) => &["spec", "stages"],
        (true, true) => &["template", "templateInputs", "stages"],
        (true, false) => &["template", "templateInputs", "spec", "stages"],
    };
    let stages = own_list.or_else(|| view.at(&["spec", "stages"]));
    let is_v1 = looks_v1(root, stages.as_ref().map(View::node));
    let stages = match stages {
        Some(list) => StageSource::List(list),
        None => {
            no_stages(root, pipeline, cx);
            StageSource::None
        }
    };
    Found { pipeline: Some(view), stages, is_v1, fill_path }
}

/// All input sets for a pipeline, the last one first: it wins.
fn input_sets<'a>(pipeline: Node<'a>, cx: &mut Context<'a>) -> Vec<View<'a>> {
    let identifier = |node: Node<'a>| node.get("identifier").and_then(Node::as_str);
    let mut all = Vec::new();
    let sets: Vec<Node<'a>> = cx.entities.input_set_pipelines().collect();
    for set in sets {
        let (of, own) = (identifier(set), identifier(pipeline));
        if let (Some(of), Some(own)) = (of, own)
            && of != own
        {
            let place = set.get("identifier").unwrap_or(set);
            cx.report(
                &rules::INPUT_SET_OTHER_PIPELINE,
                place.span(),
                format!("This input set is for the pipeline `{of}`, and here is `{own}`: it is not used."),
            );
            continue;
        }
        all.insert(0, set.into());
    }
    all
}

fn no_stages(root: Node<'_>, pipeline: Node<'_>, cx: &mut Context<'_>) {
    // A template that isn't there has been named already.
    if pipeline.get("template").is_none() {
        let key = root.entry("pipeline").map_or(pipeline, |(key, _)| key);
        cx.report(
            &rules::NO_STAGES,
            key.span(),
            "The pipeline has no stages. Expected `stages:` with a list below it.",
        );
    }
}

/// Whether a document is written in the newer, flat schema.
pub(super) fn is_v1(root: Node<'_>) -> bool {
    if root.kind() == NodeKind::Sequence {
        return root.items().any(is_v1_entry);
    }
    let pipeline = root.get("pipeline").unwrap_or(root);
    looks_v1(root, pipeline.get("stages").or_else(|| pipeline.at(&["spec", "stages"])))
}

/// An entry of the older schema wraps its stage in `stage:` or `parallel:`.
fn is_entry(item: Node<'_>) -> bool {
    item.get("stage").is_some() || item.get("parallel").is_some()
}

/// An entry of the newer schema is the stage, or wraps a list of them with `stages:`.
fn is_v1_entry(item: Node<'_>) -> bool {
    item.get("id").is_some()
        || item.at(&["group", "stages"]).is_some()
        || item.at(&["parallel", "stages"]).is_some()
}

fn looks_v1(root: Node<'_>, stages: Option<Node<'_>>) -> bool {
    let version = root.get("version").and_then(Node::as_str);
    let mut entries = stages.into_iter().flat_map(Node::items);
    version == Some("1") || entries.any(is_v1_entry)
}

fn is_spec(node: Node<'_>) -> bool {
    ["service", "services", "serviceConfig", "environment", "environments", "environmentGroup"]
        .iter()
        .any(|key| node.get(key).is_some())
}

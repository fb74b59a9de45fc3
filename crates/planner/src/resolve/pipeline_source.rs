//! The document that is the pipeline, or the part of one that was pasted: a list of stages, one
//! stage, a lone `spec`.

use deployline_yaml::Node;

use super::context::{Context, Reader};
use super::documents::Documents;
use super::named_inputs::NamedInputs;
use super::template;
use super::unused_inputs;
use super::view::View;
use crate::document_kind::{PipelinePart, is_beside_pipeline, is_newer_source, is_v1_list};
use crate::rules;

/// A pipeline whose stages are still to be read.
pub(super) struct PipelineSource<'a> {
    /// The pipeline's mapping, or the body of its template; `None` for a part.
    pub(super) pipeline: Option<View<'a>>,
    /// The pipeline's mapping as it is written, where its name stands.
    pub(super) written: Option<View<'a>>,
    /// The template that is drawn in the place of a pipeline, for its name.
    pub(super) template: Option<Node<'a>>,
    pub(super) stages: StageSource<'a>,
    /// `true` where the stages are written in the newer, flat schema.
    pub(super) is_v1: bool,
    /// The keys from the `pipeline:` of an input set to what fills the list of stages.
    pub(super) fill_path: Vec<&'static str>,
}

/// The stages as they are written.
pub(super) enum StageSource<'a> {
    /// A list of entries.
    List(View<'a>),
    /// The contents of one `stage:`.
    Stage(View<'a>),
    /// The contents of a stage, as its template has them.
    Template { template: Node<'a>, body: View<'a> },
    /// The contents of one `spec:`.
    Spec(View<'a>),
    /// There are none.
    None,
}

/// Finds the pipeline, or the part of one, and reports documents that are not used.
pub(super) fn find<'a>(
    documents: Documents<'a>,
    reader: &mut Reader<'_, 'a>,
) -> Option<PipelineSource<'a>> {
    let mut pipelines = documents.pipelines.into_iter();
    let found = match pipelines.next() {
        Some((root, part)) => {
            reader.cx.chained.begin(root);
            Some(read_part(root, part, reader))
        }
        None if documents.others.is_empty() => template_alone(&documents.entities, reader),
        None => None,
    };
    reader.cx.chained.others.extend(pipelines.map(|(root, _)| root));
    match &found {
        Some(found) => report_unused(&documents.others, found.is_v1, reader),
        None => report_no_pipeline(&documents.entities, &documents.others, reader),
    }
    found
}

/// Reports documents that are no pipeline and no entities, beside a pipeline that they don't fill.
fn report_unused(others: &[Node<'_>], is_v1: bool, reader: &mut Reader<'_, '_>) {
    let fills = |root: Node<'_>| is_v1 && is_newer_source(root);
    for root in others.iter().filter(|root| !root.is_null() && !fills(**root)) {
        let kind = if is_v1 { root.get("kind").and_then(Node::as_str) } else { None };
        let message = match kind {
            Some("overlay-input-set") => {
                "This overlay is not used: it has no `input_sets` below `spec` with a list of names of input sets."
            }
            Some("input-set") => {
                "This input set is not used: it has no `spec` with values by the names of inputs."
            }
            _ => "This document is no pipeline and nothing that decides one, so it is not used.",
        };
        reader.report(&rules::UNUSED_DOCUMENT, View::from(*root).first_key_span(), message);
    }
}

/// The template that stands in a text of entities alone: the first of a pipeline, else the first of a stage.
fn template_alone<'a>(
    entities: &[(&str, Node<'a>)],
    reader: &mut Reader<'_, 'a>,
) -> Option<PipelineSource<'a>> {
    let mut roots = entities.iter().map(|(_, root)| *root);
    let of_kind = |root: Node<'a>, kind| {
        let template = root.get("template")?;
        let is_meant = template.get("type").and_then(Node::as_str) == Some(kind);
        Some((template, template.get("spec").filter(|_| is_meant)?))
    };
    let kinds = ["Pipeline", "Stage"];
    let (kind, (template, spec)) = kinds
        .into_iter()
        .find_map(|kind| Some((kind, roots.clone().find_map(|root| of_kind(root, kind))?)))?;
    for (other, _) in roots.by_ref().filter_map(|root| of_kind(root, kind)) {
        let message = match other.span() == template.span() {
            true => {
                "There is no pipeline here: this template is drawn, with placeholders for its inputs."
            }
            false => "Only the first template is drawn. Open this one by itself.",
        };
        reader.report(&rules::TEMPLATE_ALONE, View::from(other).first_key_span(), message);
    }
    let source = match kind {
        "Pipeline" => whole(spec, spec, reader),
        _ => PipelineSource {
            pipeline: None,
            written: None,
            template: None,
            stages: StageSource::Template { template, body: stage_alone(spec, &[], reader.cx) },
            is_v1: false,
            fill_path: vec!["stages"],
        },
    };
    Some(PipelineSource { template: Some(template), ..source })
}

/// Reports that there is no pipeline: an entity belongs to one, anything else is a mistake.
fn report_no_pipeline(
    entities: &[(&str, Node<'_>)],
    others: &[Node<'_>],
    reader: &mut Reader<'_, '_>,
) {
    const EXPECTED: &str =
        "`pipeline:`, or a part of one: `stages:`, `stage:` or a stage's `spec:`";
    if let Some(other) = others.first() {
        let what = match other.get("jobs") {
            Some(_) => "`jobs` is a workflow in the form of another product, which is not read",
            None => "There is no pipeline here",
        };
        let message = format!("{what}. Expected {EXPECTED}.");
        return reader.report(&rules::NO_PIPELINE, View::from(*other).first_key_span(), message);
    }
    let Some((kind, first)) = entities.first() else { return };
    let message = format!(
        "There is a document of the kind `{kind}` here, but no pipeline that it belongs to. To draw one, \
         add {EXPECTED}."
    );
    reader.report(&rules::ENTITIES_ALONE, View::from(*first).first_key_span(), message);
}

fn read_part<'a>(
    root: Node<'a>,
    part: PipelinePart<'a>,
    reader: &mut Reader<'_, 'a>,
) -> PipelineSource<'a> {
    let (stages, is_v1) = match part {
        PipelinePart::Pipeline(pipeline) => return whole(root, pipeline, reader),
        PipelinePart::Stages { list, is_v1 } => (list_alone(list, reader.cx), is_v1),
        PipelinePart::Stage(stage) => {
            (StageSource::Stage(stage_alone(stage, &[], reader.cx)), false)
        }
        PipelinePart::Spec(spec) => {
            (StageSource::Spec(stage_alone(spec, &["spec"], reader.cx)), false)
        }
    };
    PipelineSource {
        pipeline: None,
        written: None,
        template: None,
        stages,
        is_v1,
        fill_path: vec!["stages"],
    }
}

/// A list of stages without the pipeline around it: an input set fills it all the same.
fn list_alone<'a>(list: Node<'a>, cx: &Context<'a>) -> StageSource<'a> {
    let fills = cx.entities.input_sets.pipelines().filter_map(|set| set.get("stages"));
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
    let fills = cx.entities.input_sets.pipelines().filter_map(of_set);
    let mut fills: Vec<View<'a>> = fills.map(View::from).collect();
    fills.reverse();
    View::from(node).filled_by(fills)
}

pub(super) fn whole<'a>(
    root: Node<'a>,
    pipeline: Node<'a>,
    reader: &mut Reader<'_, 'a>,
) -> PipelineSource<'a> {
    report_beside_pipeline(root, reader);
    let written = View::from(pipeline).filled_by(input_sets(pipeline, reader));
    let (view, depth) = match template::pipeline(&written, reader) {
        Some(body) => (body.view, body.depth),
        None => (written.clone(), 0),
    };
    let tags_of = |view: &View<'a>| view.value("tags").map(|tags| tags.node());
    let own_tags = tags_of(&written).filter(|tags| tags.entries().len() > 0);
    reader.cx.pipeline_tags = own_tags.or_else(|| tags_of(&view));
    let stages_of = |view: &View<'a>| view.value("stages").or_else(|| view.at(&["spec", "stages"]));
    let fill_path = fill_path(depth, view.value("stages").is_some());
    let is_v1 = is_v1_list(root, stages_of(&view).as_ref().map(View::node));
    let inputs = view.value("inputs").filter(|_| is_v1);
    let given = &reader.cx.entities.newer_inputs;
    let named = inputs.and_then(|inputs| NamedInputs::new(inputs.node(), given));
    let view = view.with_inputs(named);
    let stages = stages_of(&view);
    let stages = match stages {
        Some(list) => StageSource::List(list),
        None => {
            report_no_stages(root, pipeline, reader);
            StageSource::None
        }
    };
    PipelineSource {
        pipeline: Some(view),
        written: Some(written),
        template: None,
        stages,
        is_v1,
        fill_path,
    }
}

/// The keys to the list of stages of a pipeline whose body is `depth` templates deep.
fn fill_path(depth: usize, has_own_list: bool) -> Vec<&'static str> {
    let mut path = ["template", "templateInputs"].repeat(depth);
    path.extend_from_slice(if has_own_list { &["stages"] } else { &["spec", "stages"] });
    path
}

/// All input sets for a pipeline, the last one first: it wins.
fn input_sets<'a>(pipeline: Node<'a>, reader: &mut Reader<'_, 'a>) -> Vec<View<'a>> {
    let identifier = |node: Node<'a>| node.get("identifier").and_then(Node::as_str);
    let mut all = Vec::new();
    let sets: Vec<Node<'a>> = reader.cx.entities.input_sets.pipelines().collect();
    for set in sets {
        let (of, own) = (identifier(set), identifier(pipeline));
        if let (Some(of), Some(own)) = (of, own)
            && of != own
        {
            let place = set.get("identifier").unwrap_or(set);
            if !reader.cx.entities.pipelines(of).is_empty() {
                reader.cx.chained.other_sets.push((place.span(), set));
                continue;
            }
            let message = format!(
                "This input set is for the pipeline `{of}`, but the pipeline here is `{own}`, so the \
                 input set is not used. Make the two identifiers the same."
            );
            reader.report(&rules::INPUT_SET_OTHER_PIPELINE, place.span(), message);
            continue;
        }
        if !all.iter().any(|laid: &View<'_>| laid.span() == set.span()) {
            unused_inputs::check(pipeline, set, "The pipeline", reader);
        }
        all.push(View::from(set));
    }
    all.reverse();
    all
}

fn report_beside_pipeline(root: Node<'_>, reader: &mut Reader<'_, '_>) {
    let entries = root.entry("pipeline").zip(root.entry("stages"));
    let Some(((pipeline, _), (stages, _))) = entries.filter(|_| is_beside_pipeline(root)) else {
        return;
    };
    let message = "`stages` stands beside `pipeline`, not below it, so the pipeline is empty. Indent what \
                   belongs to the pipeline. It is drawn as if it were.";
    let found = rules::NO_STAGES.at(stages.span(), message);
    reader.add(found.with_related(pipeline.span(), "`pipeline:` has nothing below it"));
}

fn report_no_stages(root: Node<'_>, pipeline: Node<'_>, reader: &mut Reader<'_, '_>) {
    // A template that isn't there has been named already.
    if pipeline.get("template").is_none() {
        let key = root.entry("pipeline").map_or(pipeline, |(key, _)| key);
        reader.report(
            &rules::NO_STAGES,
            key.span(),
            "The pipeline has no stages. Expected `stages:` with a list below it.",
        );
    }
}

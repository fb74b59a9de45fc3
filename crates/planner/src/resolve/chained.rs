//! The pipelines that stages run, each read as one by itself where its document is there.
//!
//! Follows `docs/semantics.md`, "Stages that run other pipelines".

mod inputs;

use std::rc::Rc;
use std::sync::Arc;

use deployline_engine::{Chained, Pipeline, Work};
use deployline_yaml::{Diagnostics, Document, Node};

use super::chain::report_loop;
use super::chained_state::{Chain, Pending, ReadKey, Wanted};
use super::context::{Context, Reader};
use super::entities::{Entities, PipelineDocument};
use super::input_sets::InputSets;
use super::newer_input_sets::NewerInputSets;
use super::pipeline_source::{self, PipelineSource};
use super::view::View;
use crate::document_kind::is_v1;
use crate::rules;

/// Reads the stages of a pipeline.
pub(super) type ReadPipeline =
    for<'s, 'r, 'a> fn(&'s PipelineSource<'a>, &'s mut Reader<'r, 'a>) -> Pipeline;

/// Reads the pipelines that stages run, and reports further ones that no stage runs.
pub(super) fn read(
    pipeline: &mut Pipeline,
    read_pipeline: ReadPipeline,
    reader: &mut Reader<'_, '_>,
) {
    for pending in std::mem::take(&mut reader.cx.chained.pending) {
        add(pipeline, &pending, read_pipeline, reader);
    }
    report_unused(reader);
}

fn add<'a>(
    pipeline: &mut Pipeline,
    Pending { stage, chain, of_runs, wanted }: &Pending<'a>,
    read_pipeline: ReadPipeline,
    reader: &mut Reader<'_, 'a>,
) {
    let Some(stage) = pipeline.stages.get_mut(*stage) else { return };
    if let Some(itself) = wanted.iter().find(|wanted| is_itself(chain, wanted, reader)) {
        stage.work = Work::Unknown;
        return report_loop(chain, &itself.name, reader);
    }
    let mut pipelines = Vec::new();
    let places = wanted.iter().map(|wanted| {
        pipelines.push(child(chain, wanted, read_pipeline, reader)?);
        Some(pipelines.len() as u32 - 1)
    });
    let places: Vec<Option<u32>> = places.collect();
    let of_deployments = of_runs.iter().map(|wanted| *places.get((*wanted)? as usize)?);
    let of_deployments: Vec<Option<u32>> = of_deployments.collect();
    if of_deployments.iter().any(Option::is_some) {
        stage.chained = Some(Arc::new(Chained { pipelines, of_deployments }));
    }
}

/// The pipeline that a run wants, with its values; `None` where its document is not there, or can't be read.
fn child<'a>(
    chain: &Chain<'a>,
    wanted: &Wanted,
    read_pipeline: ReadPipeline,
    reader: &mut Reader<'_, 'a>,
) -> Option<Arc<Pipeline>> {
    let document = document(chain, &wanted.name, reader)?;
    let given = chain.inputs.as_ref().map(|inputs| inputs::document(inputs, &wanted.values));
    let is_newer = is_v1(document.root);
    let names = &wanted.sets[..];
    let identifier = document.body.get("identifier").and_then(Node::as_str);
    let root = given.as_ref().map(Document::root);
    let of_pipeline = root.filter(|_| !is_newer);
    let (older_names, newer_names) = if is_newer { (&[][..], names) } else { (names, &[][..]) };
    let entities = &reader.cx.entities;
    let sets = InputSets::of_stage(older_names, entities.sets(), identifier, of_pipeline);
    let newer_sets = NewerInputSets::of_stage(newer_names, entities.newer_sets());
    for set in sets.pipelines() {
        reader.cx.chained.used_sets.insert(set.span());
    }
    let key = ReadKey {
        pipeline: document.body.span(),
        sets: sets.spans().chain(newer_sets.in_order.iter().map(|set| set.span())).collect(),
        inputs: chain.inputs.as_ref().map(View::span),
        values: wanted.values.clone(),
    };
    if let Some(read) = reader.cx.chained.read.get(&key) {
        return Some(Arc::clone(read));
    }
    let size = document.root.span().range().len() + given.as_ref().map_or(0, inputs::size);
    if !reader.cx.chained.take(size) {
        report_too_many(chain, reader);
        return None;
    }
    let inputs = root.filter(|_| is_newer).and_then(|root| root.get("pipeline"));
    let entities = reader.cx.entities.with_inputs(sets, newer_sets, inputs);
    let pipeline = Arc::new(read_child(document, entities, read_pipeline, reader));
    reader.cx.chained.read.insert(key, Arc::clone(&pipeline));
    Some(pipeline)
}

/// The document of a pipeline; reports where there is none.
fn document<'a>(
    chain: &Chain<'a>,
    name: &str,
    reader: &mut Reader<'_, 'a>,
) -> Option<PipelineDocument<'a>> {
    match meant(chain, name, reader) {
        None => {
            let is_elsewhere = !reader.cx.entities.pipelines(name).is_empty();
            report_missing(chain, name, is_elsewhere, reader);
            None
        }
        Some(found) => {
            reader.cx.chained.used.insert(found.root.span());
            Some(found)
        }
    }
}

/// The first document with the identifier, as far as organisation and project are written on both sides.
fn meant<'a>(
    chain: &Chain<'a>,
    name: &str,
    reader: &Reader<'_, 'a>,
) -> Option<PipelineDocument<'a>> {
    let is_meant = |it: &&PipelineDocument<'a>| {
        let is_of = |key: &str, wanted: Option<&str>| {
            let written = it.body.get(key).and_then(Node::as_str);
            written.is_none() || wanted.is_none() || written == wanted
        };
        is_of("orgIdentifier", chain.org) && is_of("projectIdentifier", chain.project)
    };
    reader.cx.entities.pipelines(name).iter().find(is_meant).copied()
}

fn is_itself<'a>(chain: &Chain<'a>, wanted: &Wanted, reader: &Reader<'_, 'a>) -> bool {
    let found = meant(chain, &wanted.name, reader);
    found.is_some_and(|found| reader.cx.chained.is_main(found.root))
}

fn report_missing(chain: &Chain<'_>, name: &str, is_elsewhere: bool, reader: &mut Reader<'_, '_>) {
    const DRAWN: &str = "one bar stands for its stages, as long as is assumed";
    let message = match is_elsewhere {
        true => format!(
            "The pipeline `{name}` in the texts is of another organisation or project, so {DRAWN}. Make \
             `orgIdentifier` and `projectIdentifier` there those of this stage."
        ),
        false => format!(
            "The texts do not contain the pipeline `{name}`, so {DRAWN}. Add its document (`pipeline:` with \
             `identifier: {name}`) after `---`, or as a further file."
        ),
    };
    reader.report(&rules::CHAINED_PIPELINE_MISSING, chain.place(), message);
}

fn report_too_many(chain: &Chain<'_>, reader: &mut Reader<'_, '_>) {
    let message = "The runs of this stage differ in what they give their pipeline, and together these are more than \
                   is read: one bar stands for each of the others, as long as is assumed. Make the pipeline or the \
                   loop smaller.";
    reader.report(&rules::CHAINED_PIPELINES_TOO_LARGE, chain.place(), message);
}

/// Reads a pipeline by itself. What its text has to say to each stage that runs it is kept once.
fn read_child<'b, 'a: 'b>(
    document: PipelineDocument<'a>,
    entities: Entities<'b>,
    read_pipeline: ReadPipeline,
    reader: &mut Reader<'_, 'a>,
) -> Pipeline {
    let inputs = reader.cx.chained.inputs(reader.cx.inputs);
    let mut cx: Context<'_> = Context::new(&inputs, entities);
    std::mem::swap(&mut cx.budget, &mut reader.cx.budget);
    cx.chained.begin_child(&reader.cx.chained, document.root);
    let mut of_child = Reader::new(&mut cx);
    let of_sets = of_child.cx.entities.input_sets.take_findings();
    of_child.add_diagnostics(of_sets);
    let source = pipeline_source::whole(document.root, document.body, &mut of_child);
    let pipeline = read_pipeline(&source, &mut of_child);
    let found: Diagnostics = of_child.into_findings().diagnostics;
    std::mem::swap(&mut cx.budget, &mut reader.cx.budget);
    reader.cx.chained.take(cx.template_bytes);
    add_new(found, reader);
    pipeline
}

fn add_new(mut found: Diagnostics, reader: &mut Reader<'_, '_>) {
    let reported = Rc::clone(&reader.cx.chained.reported);
    let mut reported = reported.borrow_mut();
    found.retain(|found| reported.insert((found.span, found.code)));
    reader.add_diagnostics(found);
}

/// Reports further pipelines that no stage runs, and input sets for others that no stage names.
fn report_unused(reader: &mut Reader<'_, '_>) {
    let state = std::mem::take(&mut reader.cx.chained);
    for root in state.others.iter().filter(|root| !state.used.contains(&root.span())) {
        reader.report(
            &rules::SECOND_PIPELINE,
            View::from(*root).first_key_span(),
            "Only the first pipeline is drawn; this is another one, and no stage of it runs this. Open it by itself.",
        );
    }
    let other_sets = state.other_sets.iter();
    for (place, _) in other_sets.filter(|(_, set)| !state.used_sets.contains(&set.span())) {
        let message = "This input set is for another pipeline than the one that is drawn, so it is not used. Where a \
                       stage runs that one, name the input set in `inputSetReferences` of the stage.";
        reader.report(&rules::INPUT_SET_OTHER_PIPELINE, *place, message);
    }
}

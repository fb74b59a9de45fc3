//! Documents to a [`Pipeline`], in these steps:
//!
//! 1. [`documents`]: what each is; [`entities`]: what the further ones say; [`input_sets`] in the order in which
//!    they count;
//! 2. [`pipeline_source`]: which document is the pipeline, or which part of one was pasted;
//! 3. [`stages`]: its stages in order, and which wait for which; [`v1`] for the newer schema;
//! 4. [`stage`]: what each does, by its [`template`];
//! 5. [`deploy`]: the axes of a deployment stage, [`services`] and [`targets`], whether they are
//!    [`parallel`], and their [`limits`]; its [`strategy`], and the [`children`] that this makes;
//! 6. [`chain`]: the pipelines that stages run; [`chained`] reads each as one by itself.
//!
//! All of them read a [`view`], which has the inputs filled in, with a reader from [`context`], which
//! has the variables of a child and takes the diagnostics. What the texts can't say becomes a
//! placeholder and a diagnostic that names the line.

mod barriers;
mod budget;
mod chain;
mod chained;
mod chained_state;
mod children;
mod conditions;
mod context;
mod dag;
mod deploy;
mod documents;
mod entities;
mod failure;
mod found;
mod given_list;
mod graph;
mod input_sets;
mod interner;
mod item;
mod keyword;
mod limits;
mod named_inputs;
mod nesting;
mod newer_input_sets;
mod no_effect;
mod parallel;
mod partial;
mod pipeline_source;
mod propagation;
mod refused;
mod runtime_input;
mod scalar;
mod services;
mod stage;
mod stage_names;
mod stage_type;
mod stages;
mod steps;
mod strategy;
mod targets;
mod template;
mod timeout;
mod unknown_variables;
mod unpublished;
mod unused_inputs;
mod v1;
mod values;
mod variables;
mod view;
mod views;
mod written_wait;

use std::slice;

use deployline_engine::{Pipeline, Schema, leave_out};
use deployline_yaml::{Diagnostic, Diagnostics, Document, NodeKind};

use crate::expression::is_expression;
use crate::{Inputs, rules};
use context::{Context, Reader};
use documents::Documents;
use entities::Entities;
use pipeline_source::{PipelineSource, StageSource};
use values::Values;

pub use input_sets::input_set_identifiers;
pub use runtime_input::RuntimeInput;
pub use scalar::flag;
pub use view::{Identity, View, identity_of};
pub use views::{Settled, StageView, Views};

/// Most documents of a step: some milliseconds.
const DOCUMENTS_OF_A_STEP: usize = 1_000;

/// Reads the pipeline that `documents` hold.
pub fn resolve(documents: &[Document], inputs: &Inputs) -> (Pipeline, Vec<Diagnostic>) {
    let mut resolution = Resolution::new(documents, inputs);
    while resolution.step() {}
    resolution.end()
}

/// Documents while [`resolve`] reads them, in steps, for who has other things to do between them.
pub struct Resolution<'a> {
    rest: slice::Iter<'a, Document>,
    documents: Documents<'a>,
    inputs: &'a Inputs,
}

impl<'a> Resolution<'a> {
    /// Begins to read them.
    pub fn new(documents: &'a [Document], inputs: &'a Inputs) -> Self {
        Self { rest: documents.iter(), documents: Documents::default(), inputs }
    }

    /// Looks at documents for some milliseconds; `false` where all are known.
    pub fn step(&mut self) -> bool {
        let some = self.rest.by_ref().take(DOCUMENTS_OF_A_STEP);
        some.for_each(|document| self.documents.add(document));
        self.rest.len() > 0
    }

    /// Reads the pipeline that they hold.
    pub fn end(self) -> (Pipeline, Vec<Diagnostic>) {
        let mut cx = Context::new(self.inputs, Entities::new(&self.documents, self.inputs));
        let (pipeline, diagnostics) = read_documents(self.documents, &mut cx, |_| None);
        (pipeline, diagnostics.into_vec())
    }
}

/// Reads the pipeline that `documents` hold, and keeps what is read.
pub fn views<'a>(documents: &'a [Document], inputs: &'a Inputs) -> Views<'a> {
    let documents = Documents::of(documents);
    let mut cx = Context::new(inputs, Entities::new(&documents, inputs));
    let (pipeline, _) = read_documents(documents, &mut cx, |source| Some(views_of(source)));
    let given = std::mem::take(&mut cx.entities.newer_inputs);
    Views { pipeline, given, ..cx.into_views() }
}

/// Views of a pipeline whose stages are still to be read.
fn views_of<'a>(source: &PipelineSource<'a>) -> Views<'a> {
    let list = match &source.stages {
        StageSource::List(list) => Some(list.clone()),
        StageSource::Stage(_)
        | StageSource::Template { .. }
        | StageSource::Spec(_)
        | StageSource::None => None,
    };
    let root = source.pipeline.clone();
    Views { root, list, fill_path: source.fill_path.clone(), ..Views::default() }
}

/// Reads the pipeline. What a template has to say to each stage that uses it is kept once.
fn read_documents<'a>(
    documents: Documents<'a>,
    cx: &mut Context<'a>,
    views: impl FnOnce(&PipelineSource<'a>) -> Option<Views<'a>>,
) -> (Pipeline, Diagnostics) {
    let mut reader = Reader::new(cx);
    let of_input_sets = reader.cx.entities.input_sets.take_findings();
    reader.add_diagnostics(of_input_sets);
    let pipeline = match pipeline_source::find(documents, &mut reader) {
        None => Pipeline::default(),
        Some(source) => {
            if let Some(views) = views(&source) {
                reader.cx.keep_views(views);
            }
            let mut pipeline = read_pipeline(&source, &mut reader);
            chained::read(&mut pipeline, read_pipeline, &mut reader);
            pipeline
        }
    };
    (pipeline, reader.into_findings().diagnostics)
}

fn read_pipeline<'a>(source: &PipelineSource<'a>, reader: &mut Reader<'_, 'a>) -> Pipeline {
    let of_template = |key| source.template.and_then(|node| node.get(key)?.as_str());
    let of_view = |view: &Option<View<'a>>, key| view.as_ref().and_then(|view| view.str_of(key));
    let of_pipeline =
        |key| of_view(&source.written, key).or_else(|| of_view(&source.pipeline, key));
    let text_of = |key| of_pipeline(key).or_else(|| of_template(key));
    let identifier = text_of("identifier").or_else(|| text_of("id")).map(str::to_owned);
    let name = text_of("name").map(str::to_owned);
    let list = match &source.stages {
        StageSource::List(list) => Some(list.clone()),
        _ => None,
    };
    let written = source.written.clone().zip(source.pipeline.clone());
    reader.cx.values = Values::of_pipeline(written, list);
    reader.cx.values.read.chosen = reader.cx.inputs.partial.chosen.as_ref();
    if let Some(pipeline) = &source.pipeline {
        partial::report_setting(pipeline, source.is_v1, reader);
    }
    let (schema, stages) = match source.is_v1 {
        true => (Schema::V1, v1::stages(source.pipeline.as_ref(), &source.stages, reader)),
        false => (Schema::V0, stages::read(&source.stages, reader)),
    };
    if let (StageSource::List(list), true) = (&source.stages, stages.is_empty())
        && list.kind() == NodeKind::Sequence
    {
        let message =
            "The list of stages is empty. Add a stage: an item that starts with `- stage:`.";
        reader.report(&rules::NO_STAGES, list.span(), message);
    }
    if source.pipeline.is_some() {
        failure::report_missing(reader);
    }
    if let Some(written) = &source.written {
        let (own, added) = (written.span().range().len(), reader.cx.template_bytes);
        let found = rules::pipeline_too_large::check(written.first_key_span(), own, added);
        found.into_iter().for_each(|found| reader.add(found));
    }
    let name = name.map(|name| if is_expression(&name) { reader.substitute(&name) } else { name });
    let timeout = source.pipeline.as_ref().and_then(|node| timeout::read(node, reader));
    if let Some(node) = &source.pipeline {
        barriers::check(node, &stages, reader);
    }
    let groups = std::mem::take(&mut reader.cx.groups).into();
    let dag = reader.cx.dag_choice;
    let partial = reader.cx.inputs.partial.clone();
    let mut pipeline = Pipeline { identifier, name, schema, stages, groups, timeout, dag, partial };
    leave_out(&mut pipeline);
    pipeline
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Diagnostics of a text, and the number of inspected items.
    fn found(text: &str) -> (Diagnostics, usize) {
        let parsed = deployline_yaml::parse(text);
        let inputs = Inputs::default();
        let documents = Documents::of(&parsed.documents);
        let mut cx = Context::new(&inputs, Entities::new(&documents, &inputs));
        let (_, diagnostics) = read_documents(documents, &mut cx, |_| None);
        (diagnostics, cx.budget.inspected())
    }

    #[test]
    fn each_fault_is_found_once() {
        for docs in rules::chapters().iter().flat_map(|chapter| chapter.rules) {
            let (diagnostics, _) = found(&docs.bad.text());
            assert_eq!(diagnostics.repeats(), 0, "{}", docs.rule.code);
        }
    }

    #[test]
    fn each_list_is_read_once() {
        const LISTS: &str = "services: {values: [a, b, c]}, environments: {values: [{environmentRef: e, \
                             infrastructureDefinitions: [{identifier: x}, {identifier: y}]}]}";
        const ONE: &str = "service: {serviceRef: <+matrix.s>}, environment: {environmentRef: e, \
                           infrastructureDefinitions: [{identifier: <+matrix.i>}]}";
        const MATRIX: &str = "strategy: {matrix: {s: [a, b, c], i: [x, y]}}";
        for (stage, expected) in [
            // Services, environments, and the infrastructures but one.
            (format!("spec: {{{LISTS}}}"), 3 + 1 + 1),
            // The strategy beside the lists is not read.
            (format!("spec: {{{LISTS}}}, {MATRIX}"), 3 + 1 + 1),
            // Axes, their values, and two values for each child.
            (format!("spec: {{{ONE}}}, {MATRIX}"), 2 + 5 + 2 * 6),
        ] {
            let text = format!("stage: {{type: Deployment, {stage}}}");
            assert_eq!(found(&text).1, expected, "{text}");
        }
    }
}

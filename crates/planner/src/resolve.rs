//! Documents to a [`Pipeline`], in these steps:
//!
//! 1. [`entities`]: which further documents there are, and what they tell;
//! 2. [`find`]: which document is the pipeline, or which part of one was pasted;
//! 3. [`stages`]: its stages in order, and which wait for which; [`v1`] for the newer schema;
//! 4. [`stage`]: what each does: its [`template`], its [`strategy`] and the [`children`] that makes,
//!    its axes;
//! 5. [`services`], [`targets`], [`parallel`], [`limits`]: the axes of a deployment stage.
//!
//! All of them read a [`view`], which has the inputs filled in. What the texts can't say becomes a
//! placeholder and a diagnostic that names the line.

mod children;
mod entities;
mod find;
mod interner;
mod limits;
mod parallel;
mod propagation;
mod repeated;
mod room;
mod runtime_input;
mod services;
mod stage;
mod stages;
mod steps;
mod strategy;
mod targets;
mod template;
mod text;
mod v1;
mod view;
mod views;
mod word;

use deployline_engine::{DEPLOYMENT_BUDGET, Pipeline, Schema, Steps};
use deployline_map::Map;
use deployline_span::Span;
use deployline_yaml::{Diagnostic, Document, Fix, Node, Rule};

use crate::Inputs;
use entities::Entities;
use propagation::Earlier;
use repeated::Use;
use room::Room;

pub use entities::{kind as document_kind, unscoped};
pub use runtime_input::RuntimeInput;
pub use text::{flag, is_expression};
pub use view::{Identity, View, identity_of};
pub use views::{StageView, Views, views};

/// Reads the pipeline that `documents` hold.
pub fn resolve(documents: &[Document], inputs: &Inputs) -> (Pipeline, Vec<Diagnostic>) {
    let (pipeline, _, diagnostics) = read_documents(documents, inputs, false);
    (pipeline, diagnostics)
}

fn read_documents<'a>(
    documents: &'a [Document],
    inputs: &'a Inputs,
    keeps_views: bool,
) -> (Pipeline, Views<'a>, Vec<Diagnostic>) {
    let mut cx = Context {
        inputs,
        entities: Entities::new(documents),
        earlier: Map::new(),
        children_left: DEPLOYMENT_BUDGET,
        steps: Map::new(),
        uses: Map::new(),
        room: Room::new(),
        views: None,
        diagnostics: Vec::new(),
    };
    let pipeline = match find::pipeline(documents, &mut cx) {
        None => Pipeline::default(),
        Some(found) => {
            cx.views = keeps_views.then(|| Views::of(&found));
            read(&found, &mut cx)
        }
    };
    Diagnostic::sort(&mut cx.diagnostics);
    cx.diagnostics.dedup();
    (pipeline, cx.views.unwrap_or_default(), cx.diagnostics)
}

fn read<'a>(found: &find::Found<'a>, cx: &mut Context<'a>) -> Pipeline {
    let text_of = |key| found.pipeline.as_ref().and_then(|node| node.str_of(key));
    let identifier = text_of("identifier").or_else(|| text_of("id")).map(str::to_owned);
    let name = text_of("name").map(str::to_owned);
    let (schema, stages) = if found.is_v1 {
        (Schema::V1, v1::stages(&found.stages, cx))
    } else {
        (Schema::V0, stages::read(&found.stages, cx))
    };
    Pipeline { identifier, name, schema, stages }
}

/// What all steps share.
struct Context<'a> {
    inputs: &'a Inputs,
    entities: Entities<'a>,
    /// The stages by identifier, for those that take something from them.
    earlier: Map<&'a str, Earlier<'a>>,
    /// How many children the strategies of stages to come may make.
    children_left: usize,
    /// What is known of the steps below a node: a template's are those of many stages.
    steps: Map<Span, Steps>,
    /// The variables of strategies that the stage being read uses and nothing gives.
    uses: Map<Span, Use>,
    room: Room,
    /// What is read, where someone asks for it.
    views: Option<Views<'a>>,
    diagnostics: Vec<Diagnostic>,
}

impl Context<'_> {
    fn report(&mut self, rule: &Rule, span: Span, message: impl Into<String>) {
        self.diagnostics.push(rule.at(span, message));
    }

    fn report_with(&mut self, rule: &Rule, span: Span, message: String, fix: Option<Fix>) {
        self.diagnostics.push(Diagnostic { fix, ..rule.at(span, message) });
    }
}

/// Whether a document is none of a pipeline, but of something a pipeline refers to.
pub fn is_entity(root: Node<'_>) -> bool {
    entities::kind(root).is_some()
}

/// Whether a document is a pipeline, or a part of one.
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
    find::is_pipeline(root)
}

/// Whether a document is written in the newer, flat schema.
pub(crate) fn is_v1(root: Node<'_>) -> bool {
    find::is_v1(root)
}

/// A short place to point at for something missing in a mapping: its first key.
fn start_of(view: &View<'_>) -> Span {
    view.node().entries().next().map_or(view.span(), |(key, _)| key.span())
}

/// The place of a key, or of the mapping that should have it.
fn key_span(view: &View<'_>, key: &str) -> Span {
    view.entry(key).map_or(view.span(), |(key, _)| key.span())
}

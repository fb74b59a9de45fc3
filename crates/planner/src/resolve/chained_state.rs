//! What is kept about stages that run pipelines while the pipeline around them is read.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use deployline_engine::{PartialRun, Pipeline};
use deployline_map::{Map, Set};
use deployline_span::Span;
use deployline_yaml::{Node, NodeKind};

use super::view::View;
use crate::{Inputs, unscoped};

/// What a stage says about the pipeline that it runs.
pub(super) struct Chain<'a> {
    pub(super) pipeline: Option<View<'a>>,
    pub(super) org: Option<&'a str>,
    pub(super) project: Option<&'a str>,
    pub(super) inputs: Option<View<'a>>,
    pub(super) input_sets: Option<View<'a>>,
    /// Place of all of it.
    pub(super) span: Span,
}

impl<'a> Chain<'a> {
    /// `spec` of a stage of the type `Pipeline`.
    pub(super) fn older(spec: &View<'a>) -> Self {
        Self {
            pipeline: spec.value("pipeline"),
            org: spec.str_of("org"),
            project: spec.str_of("project"),
            inputs: spec.value("inputs"),
            input_sets: spec.value("inputSetReferences"),
            span: spec.span(),
        }
    }

    /// `chain` of the newer schema, or the name of the pipeline alone.
    pub(super) fn newer(chain: &View<'a>) -> Self {
        let with = chain.value("with");
        let of_with = |key| with.as_ref().and_then(|with| with.value(key));
        let is_name = chain.kind() == NodeKind::Scalar;
        Self {
            pipeline: if is_name { Some(chain.clone()) } else { chain.value("uses") },
            org: None,
            project: None,
            inputs: of_with("inputs"),
            input_sets: of_with("input-sets"),
            span: chain.span(),
        }
    }

    /// Place of the name of the pipeline.
    pub(super) fn place(&self) -> Span {
        self.pipeline.as_ref().map_or(self.span, View::span)
    }
}

/// The pipeline that a run of the stage wants, and the values for it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wanted {
    pub(super) name: String,
    /// Values of the expressions in the inputs, in order; `None` for one that has none.
    pub(super) values: Vec<Option<String>>,
    /// Names and places of the input sets for it, in order.
    pub(super) sets: Vec<(String, Span)>,
}

/// A stage that runs pipelines, which are read when all of its own pipeline is.
pub(super) struct Pending<'a> {
    /// Index of the stage.
    pub(super) stage: usize,
    pub(super) chain: Chain<'a>,
    /// By run of the stage: the place in `wanted` of what it wants.
    pub(super) of_runs: Vec<Option<u32>>,
    /// All that differ.
    pub(super) wanted: Vec<Wanted>,
}

/// The most bytes that pipelines which stages run have together, each counted as often as it is read.
const MAX_BYTES: usize = 1 << 25;

/// The pipelines that stages run, as far as they are read.
pub(super) struct ChainedState<'a> {
    /// `true` in a pipeline that a stage runs.
    pub(super) is_child: bool,
    /// The document that is read, and in one that a stage runs that of the stage too.
    around: Vec<Node<'a>>,
    /// Further pipelines of the texts.
    pub(super) others: Vec<Node<'a>>,
    /// Input sets for these, each with the place of its pipeline.
    pub(super) other_sets: Vec<(Span, Node<'a>)>,
    /// Stages that run pipelines, in the order in which they were read.
    pub(super) pending: Vec<Pending<'a>>,
    /// Places of the pipelines that some stage runs.
    pub(super) used: Set<Span>,
    /// Places of the input sets that some stage names.
    pub(super) used_sets: Set<Span>,
    /// Those that were read, by what they were read from.
    pub(super) read: Map<ReadKey, Arc<Pipeline>>,
    /// Places and codes of what was found in them: most have the same to say, which counts once.
    pub(super) reported: Rc<RefCell<Set<(Span, &'static str)>>>,
    bytes_left: usize,
}

/// What a pipeline is read from.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ReadKey {
    pub(super) pipeline: Span,
    pub(super) sets: Vec<Span>,
    pub(super) inputs: Option<Span>,
    pub(super) values: Vec<Option<String>>,
}

impl Default for ChainedState<'_> {
    fn default() -> Self {
        Self {
            is_child: false,
            around: Vec::new(),
            others: Vec::new(),
            other_sets: Vec::new(),
            pending: Vec::new(),
            used: Set::new(),
            used_sets: Set::new(),
            read: Map::new(),
            reported: Rc::default(),
            bytes_left: MAX_BYTES,
        }
    }
}

impl<'a> ChainedState<'a> {
    /// Begins the pipeline of the texts.
    pub(super) fn begin(&mut self, root: Node<'a>) {
        self.around.push(root);
    }

    /// Begins a pipeline that a stage runs.
    pub(super) fn begin_child<'b>(&mut self, around: &ChainedState<'b>, root: Node<'a>)
    where
        'b: 'a,
    {
        self.is_child = true;
        self.around.clear();
        self.around.extend_from_slice(&around.around);
        self.around.push(root);
    }

    /// Returns `true` for the pipeline that is read.
    pub(super) fn is_main(&self, root: Node<'_>) -> bool {
        self.around.iter().any(|around| around.span() == root.span())
    }

    /// Returns `true` for the identifier of the pipeline that is read, or of one whose stage runs it.
    pub(super) fn is_around(&self, name: &str) -> bool {
        self.around.iter().any(|root| identifier(*root).is_some_and(|it| it == unscoped(name)))
    }

    /// Takes so many bytes; `false` where there are not so many left.
    pub(super) fn take(&mut self, bytes: usize) -> bool {
        let left = self.bytes_left.checked_sub(bytes);
        self.bytes_left = left.unwrap_or_default();
        left.is_some()
    }

    /// The viewer's choices for a pipeline that a stage runs: those that make the pipeline around it a DAG, or run
    /// a part of it, say nothing about others.
    pub(super) fn inputs(&self, of_main: &Inputs) -> Inputs {
        let dag = of_main.dag.filter(|dag| !dag);
        Inputs { dag, partial: PartialRun::default(), ..of_main.clone() }
    }
}

fn identifier<'a>(root: Node<'a>) -> Option<&'a str> {
    let body = root.get("pipeline").unwrap_or(root);
    let name = ["identifier", "id"].into_iter().find_map(|key| body.get(key)?.as_str());
    name.map(unscoped)
}

//! Which input sets are laid over the pipeline, and in which order.
//!
//! An overlay names input sets in an order of its own, and stands for them in its place; an input set that
//! an overlay names is not laid by itself. Where the viewer chooses some, those are laid in the order chosen,
//! and behind them the viewer's answers.
//!
//! Follows `docs/semantics.md`, "Details": "Input sets" and "Overlays".

use deployline_map::{Map, Set};
use deployline_span::Span;
use deployline_yaml::{Diagnostics, Document, Node, TextEdit};

use super::documents::Documents;
use super::newer_input_sets;
use crate::ANSWERS;
use crate::document_kind::document_kind;
use crate::rules::{self, too_many_input_sets};
use crate::spelling::closest_word;
use too_many_input_sets::INPUT_SET_BUDGET;

/// The input sets of a text in the order in which they are laid: the last one wins.
#[derive(Default)]
pub(super) struct InputSets<'a> {
    in_order: Vec<Node<'a>>,
    /// What is wrong with them, as a whole.
    findings: Diagnostics,
}

/// The documents that bring input sets.
#[derive(Default)]
pub(super) struct SetDocuments<'a> {
    in_order: Vec<Brings<'a>>,
    /// Input sets alone.
    sets: Map<&'a str, Node<'a>>,
    by_name: Map<&'a str, Brings<'a>>,
}

impl<'a> SetDocuments<'a> {
    pub(super) fn new(documents: &Documents<'a>) -> Self {
        let in_order: Vec<Brings<'a>> =
            documents.entities.iter().copied().filter_map(Brings::of).collect();
        let (mut sets, mut by_name) = (Map::new(), Map::new());
        for document in &in_order {
            let Some(name) = document.identifier() else { continue };
            by_name.or_insert_with(name, || *document);
            if let Brings::Itself(set) = document {
                sets.or_insert_with(name, || *set);
            }
        }
        Self { in_order, sets, by_name }
    }
}

/// A document that brings input sets.
#[derive(Clone, Copy)]
enum Brings<'a> {
    Itself(Node<'a>),
    Those(Node<'a>),
}

impl<'a> Brings<'a> {
    fn of((kind, root): (&str, Node<'a>)) -> Option<Self> {
        match kind {
            "inputSet" => root.get(kind).map(Self::Itself),
            "overlayInputSet" => root.get(kind).map(Self::Those),
            _ => None,
        }
    }

    fn node(self) -> Node<'a> {
        match self {
            Self::Itself(node) | Self::Those(node) => node,
        }
    }

    fn identifier(self) -> Option<&'a str> {
        text(self.node(), "identifier")
    }
}

/// Identifiers of the input sets and overlays of a text, in order: those that [`Inputs::input_sets`] may name.
///
/// [`Inputs::input_sets`]: crate::Inputs::input_sets
pub fn input_set_identifiers(documents: &[Document]) -> Vec<&str> {
    let roots = documents.iter().map(Document::root);
    let entities = roots.filter_map(|root| Some((document_kind(root)?, root)));
    let brings = entities.filter_map(Brings::of);
    brings.filter_map(Brings::identifier).chain(newer_input_sets::identifiers(documents)).collect()
}

impl<'a> InputSets<'a> {
    /// Puts the input sets of all documents in order; with `chosen` identifiers, only those.
    pub(super) fn new(
        documents: &Documents<'a>,
        all: &SetDocuments<'a>,
        chosen: Option<&[String]>,
    ) -> Self {
        let mut sets = Self::default();
        let pipeline = documents.pipeline_identifier;
        match chosen {
            None => sets.put_in_order(&all.in_order, &all.sets, pipeline),
            Some(chosen) => {
                let chosen = chosen.iter().filter_map(|name| all.by_name.get(name.as_str()));
                let answers = all.in_order.iter().filter(|document| is_answer(document));
                for document in chosen.chain(answers) {
                    sets.put(*document, all, pipeline);
                }
            }
        }
        sets.leave_out_first();
        sets
    }

    /// The input sets that a stage names for the pipeline that it runs, by name and place, and last what it gives
    /// itself: the value of `pipeline:` in `given`.
    pub(super) fn of_stage(
        names: &[(String, Span)],
        all: &SetDocuments<'a>,
        pipeline: Option<&str>,
        given: Option<Node<'a>>,
    ) -> Self {
        let mut sets = Self::default();
        for (name, span) in names {
            match all.by_name.get(name.as_str()) {
                Some(document) => sets.put(*document, all, pipeline),
                None => sets.report_unknown(*span, name, &all.sets),
            }
        }
        sets.in_order.extend(given);
        sets.leave_out_first();
        sets
    }

    fn put(&mut self, document: Brings<'a>, all: &SetDocuments<'a>, pipeline: Option<&str>) {
        match document {
            Brings::Itself(set) => self.in_order.push(set),
            Brings::Those(overlay) => self.add(overlay, &all.sets, pipeline),
        }
    }

    /// Places of the input sets, in order.
    pub(super) fn spans(&self) -> impl Iterator<Item = Span> {
        self.in_order.iter().map(|set| set.span())
    }

    fn put_in_order(
        &mut self,
        documents: &[Brings<'a>],
        by_name: &Map<&'a str, Node<'a>>,
        pipeline: Option<&str>,
    ) {
        let overlays = documents.iter().filter_map(|document| match document {
            Brings::Those(overlay) if is_for(*overlay, pipeline) => Some(*overlay),
            Brings::Those(_) | Brings::Itself(_) => None,
        });
        let named: Set<&str> = overlays.flat_map(references).filter_map(Node::as_str).collect();
        for document in documents {
            match document {
                Brings::Itself(set) => {
                    let name = text(*set, "identifier");
                    let is_named = name.is_some_and(|name| named.contains(name));
                    self.in_order.extend(Some(*set).filter(|_| !is_named));
                }
                Brings::Those(overlay) => self.add(*overlay, by_name, pipeline),
            }
        }
    }

    /// Adds the input sets that an overlay for this pipeline names.
    fn add(&mut self, overlay: Node<'a>, by_name: &Map<&'a str, Node<'a>>, pipeline: Option<&str>) {
        if !is_for(overlay, pipeline) {
            return self.report_other_pipeline(overlay);
        }
        for reference in references(overlay) {
            let Some(name) = reference.as_str() else { continue };
            match by_name.get(name) {
                Some(set) => self.in_order.push(*set),
                None => self.report_unknown(reference.span(), name, by_name),
            }
        }
    }

    fn report_unknown(&mut self, place: Span, name: &str, known: &Map<&'a str, Node<'a>>) {
        let message = format!(
            "There is no input set `{name}` in the text, so what it fills stays open. Add its document \
             (`inputSet:`) after `---`."
        );
        let mut found = rules::OVERLAY_INPUT_SET_UNKNOWN.at(place, message);
        if let Some(meant) = closest_word(name, &mut known.iter().map(|(name, _)| *name)) {
            let edit = TextEdit { span: place, insert: meant.to_owned() };
            found = found.with_fix(format!("Change it to `{meant}`"), vec![edit]);
        }
        self.findings.push(found);
    }

    fn report_other_pipeline(&mut self, overlay: Node<'_>) {
        let Some(of) = overlay.get("pipelineIdentifier") else { return };
        let message = format!(
            "This overlay is for the pipeline `{}`, so it is not used. Make its identifier that of the \
             pipeline here.",
            of.as_str().unwrap_or_default()
        );
        self.findings.push(rules::INPUT_SET_OTHER_PIPELINE.at(of.span(), message));
    }

    /// Keeps the last ones, as many as are laid over a pipeline.
    fn leave_out_first(&mut self) {
        let left_out = self.in_order.len().saturating_sub(INPUT_SET_BUDGET);
        if let Some(first) = self.in_order.first().filter(|_| left_out > 0) {
            self.findings.push(too_many_input_sets::at(first.span()));
        }
        self.in_order.drain(..left_out);
    }

    /// The pipelines of the input sets, in order: each is laid over each stage, and the last ones win.
    pub(super) fn pipelines(&self) -> impl Iterator<Item = Node<'a>> {
        self.in_order.iter().filter_map(|set| set.get("pipeline"))
    }

    /// Takes what was found wrong.
    pub(super) fn take_findings(&mut self) -> Diagnostics {
        std::mem::take(&mut self.findings)
    }
}

/// Returns `true` for an input set made of the viewer's answers.
fn is_answer(document: &Brings<'_>) -> bool {
    document.node().span().source == ANSWERS
}

/// Returns `true` where an overlay is for the pipeline, as far as both say so.
fn is_for(overlay: Node<'_>, pipeline: Option<&str>) -> bool {
    let of = text(overlay, "pipelineIdentifier");
    of.is_none() || pipeline.is_none() || of == pipeline
}

fn references(overlay: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    overlay.get("inputSetReferences").into_iter().flat_map(Node::items)
}

fn text<'a>(node: Node<'a>, key: &str) -> Option<&'a str> {
    node.get(key)?.as_str()
}

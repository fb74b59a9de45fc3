//! Which input sets are laid over the pipeline, and in which order.
//!
//! An overlay names input sets in an order of its own, and stands for them in its place; an input set that
//! an overlay names is not laid by itself.
//!
//! Follows `docs/semantics.md`, "Details": "Input sets" and "Overlays".

use deployline_map::{Map, Set};
use deployline_yaml::{Diagnostics, Document, Node, TextEdit};

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

/// A document that brings input sets.
enum Brings<'a> {
    Itself(Node<'a>),
    Those(Node<'a>),
}

impl<'a> InputSets<'a> {
    pub(super) fn new(documents: &'a [Document]) -> Self {
        let mut documents_in_order = Vec::new();
        let mut by_name = Map::new();
        for root in documents.iter().map(Document::root) {
            match document_kind(root) {
                Some(kind @ "inputSet") => {
                    let Some(set) = root.get(kind) else { continue };
                    if let Some(name) = text(set, "identifier") {
                        by_name.or_insert_with(name, || set);
                    }
                    documents_in_order.push(Brings::Itself(set));
                }
                Some(kind @ "overlayInputSet") => {
                    documents_in_order.extend(root.get(kind).map(Brings::Those));
                }
                _ => {}
            }
        }
        let mut sets = Self::default();
        sets.put_in_order(&documents_in_order, &by_name, pipeline_identifier(documents));
        sets.leave_out_first();
        sets
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
                Brings::Those(overlay) if is_for(*overlay, pipeline) => self.add(*overlay, by_name),
                Brings::Those(overlay) => self.report_other_pipeline(*overlay),
            }
        }
    }

    /// Adds the input sets that an overlay names.
    fn add(&mut self, overlay: Node<'a>, by_name: &Map<&'a str, Node<'a>>) {
        for reference in references(overlay) {
            let Some(name) = reference.as_str() else { continue };
            match by_name.get(name) {
                Some(set) => self.in_order.push(*set),
                None => self.report_unknown(reference, name, by_name),
            }
        }
    }

    fn report_unknown(&mut self, place: Node<'_>, name: &str, known: &Map<&'a str, Node<'a>>) {
        let message = format!(
            "There is no input set `{name}` in the text, so what it fills stays open. Add its document \
             (`inputSet:`) after `---`."
        );
        let mut found = rules::OVERLAY_INPUT_SET_UNKNOWN.at(place.span(), message);
        if let Some(meant) = closest_word(name, &mut known.iter().map(|(name, _)| *name)) {
            let edit = TextEdit { span: place.span(), insert: meant.to_owned() };
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

fn pipeline_identifier(documents: &[Document]) -> Option<&str> {
    let mut roots = documents.iter().map(Document::root);
    roots.find_map(|root| root.get("pipeline")?.get("identifier")?.as_str())
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

//! The documents of the texts by what they are. There may be very many of them: each is looked at once.

use deployline_yaml::{Document, Node};

use crate::document_kind::{PipelinePart, document_kind, is_newer_source};

/// The roots of documents by what they are, each list in the order of the texts.
#[derive(Default)]
pub(super) struct Documents<'a> {
    /// Entities, each with the key at its root.
    pub(super) entities: Vec<(&'static str, Node<'a>)>,
    /// Pipelines and parts of one.
    pub(super) pipelines: Vec<(Node<'a>, PipelinePart<'a>)>,
    /// All others.
    pub(super) others: Vec<Node<'a>>,
    /// Input sets and overlays of the newer schema, which are among the others too.
    pub(super) newer_sources: Vec<Node<'a>>,
    /// Identifier of the first pipeline that has one.
    pub(super) pipeline_identifier: Option<&'a str>,
}

impl<'a> Documents<'a> {
    pub(super) fn of(documents: &'a [Document]) -> Self {
        let mut all = Self::default();
        documents.iter().for_each(|document| all.add(document));
        all
    }

    pub(super) fn add(&mut self, document: &'a Document) {
        let root = document.root();
        self.newer_sources.extend(Some(root).filter(|root| is_newer_source(*root)));
        if self.pipeline_identifier.is_none() {
            let identifier = root.get("pipeline").and_then(|pipeline| pipeline.get("identifier"));
            self.pipeline_identifier = identifier.and_then(Node::as_str);
        }
        match document_kind(root) {
            Some(kind) => self.entities.push((kind, root)),
            None => match PipelinePart::of(root) {
                Some(part) => self.pipelines.push((root, part)),
                None => self.others.push(root),
            },
        }
    }
}
